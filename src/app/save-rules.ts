// The rules that put customers in sequences, saved whole and in their order, with the default that comes after them.
import type { EnrolmentRule } from '../core/enrolment-rule.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { deleteRules, lockEveryCustomer, readPlaces, writeRules } from '../db/enrolment-rule.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import { beginOperation } from './begin-operation.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import {
  asksForAmounts,
  changesWhatIsSent,
  isMoved,
  type Move,
  type Placing,
  placeByRules,
  placeOf,
  readPlacing,
  settleMoves,
  tellMoves,
  writeMoves,
} from './place-customers.ts';
import { customersChanged } from './plan-customers.ts';
import { versionOf } from './rules-version.ts';

/** A rule as a person gives it. */
export interface RuleInput extends Omit<EnrolmentRule, 'id'> {
  /** Of a rule that exists already; missing for a new one. */
  id?: string | undefined;
}

export interface RulesInput {
  /** In their order: the first that matches holds. One that is not named any more is removed. */
  rules: readonly RuleInput[];
  /** For whom no rule matches; null: no reminders. */
  defaultSequenceId: string | null;
}

/**
 * Saves them, and moves whom that moves at once: as an enrolment by hand would (rules 10 and 11). Whom a person placed stays.
 * `version`: what the person began with. `operationId`: where many move, the operation that works out what they owe. Faults: 'conflict' (somebody saved others meanwhile), 'not-found' (a sequence).
 */
export function saveRules(
  context: Context,
  acting: Acting,
  input: RulesInput & { version: string },
): Promise<Result<{ moved: number; operationId: string | null }>> {
  return forCompany(context, acting, async (begun) => {
    const work = await lockForRules(begun);
    const former = await readPlacing(work);
    if (versionOf(former) !== input.version) return failed('conflict', { what: 'enrolment-rules' });
    const drafted = await draftedRules(work, input, former);
    if (!drafted.ok) return drafted;
    const { moves, operationId } = await changeRules(context, work, former, drafted.value);
    return done({ moved: moves.filter(isMoved).length, operationId });
  });
}

/** Locks every customer; the default and the language may have been changed since the company was read. */
export async function lockForRules(work: CompanyWork): Promise<CompanyWork> {
  await lockEveryCustomer(work.tx, work.company.id);
  const read = await work.tx
    .selectFrom('company')
    .select(['default_sequence_id', 'language'])
    .where('id', '=', work.company.id)
    .executeTakeFirstOrThrow();
  return { ...work, company: { ...work.company, ...read } };
}

/** The input as rules. Fault: 'not-found' for a sequence that isn't there, or was deleted and not named before. */
export async function draftedRules(
  { tx, company }: CompanyWork,
  { rules, defaultSequenceId }: RulesInput,
  former: Placing,
): Promise<Result<Placing>> {
  const active = await tx
    .selectFrom('sequence')
    .select('id')
    .where('company_id', '=', company.id)
    .where('status', '=', 'active')
    .execute();
  const known = new Set([...active.map(({ id }) => id), former.defaultSequenceId]);
  const missing = [defaultSequenceId, ...rules.map((rule) => rule.sequenceId)].find(
    (id) => id !== null && !known.has(id),
  );
  if (missing) return failed('not-found', { what: 'sequence', id: missing });
  const formerIds = new Set(former.rules.map(({ id }) => id));
  const unknown = rules.find(({ id }) => id !== undefined && !formerIds.has(id));
  if (unknown !== undefined) return failed('not-found', { what: 'enrolment-rule', id: unknown.id! });
  const withId = rules.map((rule) => ({ ...rule, id: rule.id ?? newId() }));
  return done({ rules: withId, defaultSequenceId });
}

/** Of more than so many customers what they owe is worked out in the background. */
const mostAtOnce = 500;

/**
 * After lockForRules. Answers who is at another place: all of them at once, since no customer may be held by a rule that is not there any
 * more. What follows for what they owe takes a second for a thousand: for many it is an operation, which can be watched and left.
 */
export async function changeRules(
  context: Context,
  work: CompanyWork,
  former: Placing,
  placing: Placing,
): Promise<{ moves: Move[]; operationId: string | null }> {
  const { tx, company, scope } = work;
  const moves = await movesBetween(work, former, placing);
  await settleMoves(work, moves);
  await writeRules(tx, company.id, placing.rules);
  await tx
    .updateTable('company')
    .set({ default_sequence_id: placing.defaultSequenceId })
    .where('id', '=', company.id)
    .execute();
  const now = { ...work, company: { ...company, default_sequence_id: placing.defaultSequenceId } };
  const touched = await writeMoves(now, moves);
  const isMany = touched.length > mostAtOnce;
  if (!isMany) await customersChanged(now, touched);
  const removed = former.rules.filter(({ id }) => !placing.rules.some((rule) => rule.id === id));
  await deleteRules(
    tx,
    company.id,
    removed.map(({ id }) => id),
  );
  await recordEvents(tx, scope, whatChanged(former, placing));
  await tellMoves(work, moves);
  if (!isMany) return { moves, operationId: null };
  const begun = await beginOperation(context, work, { customerIds: touched }, { kind: 'enrol' });
  if (!begun.ok) throw new Error('A customer is gone that is locked.');
  return { moves, operationId: begun.value.operationId };
}

/** So many customers are looked at in one statement. */
const pageSize = 5_000;

/** Who is at another place by these rules than by the former ones; whom a person placed is not. */
export async function movesBetween({ tx, company }: CompanyWork, former: Placing, placing: Placing): Promise<Move[]> {
  const moves: Move[] = [];
  let after: string | null = null;
  for (;;) {
    const page = await readPlaces(tx, company, { after, limit: pageSize }, asksForAmounts(placing.rules));
    for (const place of page) {
      const { customerId } = place;
      const move = { customerId, from: placeOf(place, former), to: placeByRules(place, placing, 'person') };
      if (move.from.rule?.id !== move.to.rule?.id || changesWhatIsSent(move) || renames(move)) moves.push(move);
    }
    if (page.length < pageSize) return moves;
    after = page.at(-1)!.customerId;
  }
}

/** What is left out for its type says which rule does so, by its name. */
const renames = ({ from, to }: Move): boolean =>
  (to.rule?.excludedTypes.length ?? 0) > 0 && from.rule?.name !== to.rule?.name;

function whatChanged(former: Placing, placing: Placing): NewEvent[] {
  const was = new Map(former.rules.map((rule) => [rule.id, rule]));
  const kept = placing.rules.filter(({ id }) => was.has(id));
  const events: NewEvent[] = [];
  for (const rule of placing.rules) {
    const before = was.get(rule.id);
    const payload = { name: rule.name, rule: { ...rule } };
    if (before === undefined) events.push({ type: 'enrolment-rule.added', payload });
    else if (JSON.stringify(inOrder(before)) !== JSON.stringify(inOrder(rule)))
      events.push({ type: 'enrolment-rule.changed', payload });
  }
  for (const rule of former.rules.filter(({ id }) => !placing.rules.some((one) => one.id === id)))
    events.push({ type: 'enrolment-rule.removed', payload: { name: rule.name } });
  const formerOrder = former.rules.filter(({ id }) => kept.some((rule) => rule.id === id)).map(({ id }) => id);
  if (formerOrder.join() !== kept.map(({ id }) => id).join())
    events.push({ type: 'enrolment-rules.reordered', payload: { order: placing.rules.map(({ name }) => name) } });
  if (former.defaultSequenceId !== placing.defaultSequenceId)
    events.push({ type: 'company.default-sequence-changed', payload: { sequenceId: placing.defaultSequenceId } });
  return events;
}

/** Its fields in one order, so that two of them compare as text. */
const inOrder = (rule: EnrolmentRule): [string, unknown][] => Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1));
