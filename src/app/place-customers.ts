// Customers change their place: by a person's choice, by what the rules say of them, by the rules themselves. One way for all of them:
// what they had entered goes on in the other sequence (rule 11), the rest meets it today (rule 10).
import {
  type EnrolmentRule,
  type Occasion,
  type Placed,
  ruleFor,
  sequenceIdOf,
  typesLetIn,
} from '../core/enrolment-rule.ts';
import { meetAgain, wakeCustomers } from '../db/dunning-case.ts';
import { meetLetIn, readPlaces, readRules, type StoredPlace, writePlaces } from '../db/enrolment-rule.ts';
import { recordEvents } from '../db/event.ts';
import { unclaim } from '../db/reminder.ts';
import type { CompanyWork } from './context.ts';
import { customersChanged, settleEntries } from './plan-customers.ts';

export interface Place extends Placed {
  rule: EnrolmentRule | null;
  /** Where that puts it; null: no reminders. */
  sequenceId: string | null;
}

export interface Move {
  customerId: string;
  from: Place;
  to: Place;
}

/** The rules and the default by which a place is found. */
export interface Placing {
  rules: readonly EnrolmentRule[];
  defaultSequenceId: string | null;
}

export async function readPlacing({ tx, company }: CompanyWork): Promise<Placing> {
  return { rules: await readRules(tx, company.id), defaultSequenceId: company.default_sequence_id };
}

/** Where a customer is, as it is stored. */
export function placeOf({ enrolment, chosenId, facts }: StoredPlace, { rules, defaultSequenceId }: Placing): Place {
  const rule = rules.find((one) => one.id === facts.ruleId) ?? null;
  return { enrolment, chosenId, rule, sequenceId: sequenceIdOf({ enrolment, chosenId }, rule, defaultSequenceId) };
}

/** Where rules put it, were no person's choice to stand before them. */
export function placeByRules({ facts }: StoredPlace, { rules, defaultSequenceId }: Placing, occasion: Occasion): Place {
  const rule = ruleFor(facts, rules, occasion);
  const free = { enrolment: 'default', chosenId: null } as const;
  return { ...free, rule, sequenceId: sequenceIdOf(free, rule, defaultSequenceId) };
}

export const asksForAmounts = (rules: readonly EnrolmentRule[]): boolean =>
  rules.some((rule) => rule.openFromMinor !== null);

/** Whether it changes what is sent, and not only which rule says so. */
export const changesWhatIsSent = ({ from, to }: Move): boolean =>
  from.sequenceId !== to.sequenceId ||
  typesLetIn(from.rule, to.rule).length > 0 ||
  typesLetIn(to.rule, from.rule).length > 0;

/**
 * After something of these customers changed that rules look at: those whom nobody placed by hand go where the rules say. Their rows are
 * locked, or new. `amounts`: only rules that ask for an amount can say something else. Answers who is in another sequence by that.
 */
export async function placeCustomers(
  work: CompanyWork,
  customerIds: readonly string[],
  { amountsOnly = false, tell = true } = {},
): Promise<string[]> {
  const moves = await movesByRules(work, customerIds, { amountsOnly });
  await settleMoves(work, moves);
  await makeMoves(work, moves, { arrivalsStay: true });
  if (tell) await tellMoves(work, moves);
  return moves.filter(isMoved).map((move) => move.customerId);
}

/** Whom of these the rules put elsewhere, as they are known now; nobody whom a person placed. `amountsOnly`: as in placeCustomers. */
export async function movesByRules(
  work: CompanyWork,
  customerIds: readonly string[],
  { amountsOnly = false } = {},
): Promise<Move[]> {
  const placing = await readPlacing(work);
  const withAmounts = asksForAmounts(placing.rules);
  if (placing.rules.length === 0 || (amountsOnly && !withAmounts) || customerIds.length === 0) return [];
  const places = await readPlaces(work.tx, work.company, { customerIds }, withAmounts);
  return places
    .filter(({ enrolment }) => enrolment === 'default')
    .map((place) => ({
      customerId: place.customerId,
      from: placeOf(place, placing),
      to: placeByRules(place, placing, 'facts'),
    }))
    .filter(({ from, to }) => from.rule?.id !== to.rule?.id);
}

/**
 * After the company's language changed, which is that of whoever has none of their own. `work`: after lockForRules, with the language
 * as it is now.
 */
export async function placeByCompanyLanguage(work: CompanyWork): Promise<void> {
  const concerned = await work.tx
    .selectFrom('customer')
    .select('id')
    .where('company_id', '=', work.company.id)
    .where('language', 'is', null)
    .where('enrolment', '=', 'default')
    .execute();
  for (const page of pagesOf(concerned.map(({ id }) => id))) await placeCustomers(work, page);
}

export const isMoved = ({ from, to }: Move): boolean => from.sequenceId !== to.sequenceId;

/** Before anything is written: what met its sequence on an earlier day has entered it or not. */
export async function settleMoves(work: CompanyWork, moves: readonly Move[]): Promise<void> {
  for (const page of pagesOf(moves.filter(isMoved).map((move) => move.customerId))) await settleEntries(work, page);
}

/**
 * Writes where they are now, and what follows for what they owe. `work`: with the default as it is now. `arrivalsStay`: what arrived
 * today arrives in the other sequence.
 */
export async function makeMoves(
  work: CompanyWork,
  moves: readonly Move[],
  { arrivalsStay = false } = {},
): Promise<void> {
  for (const page of pagesOf(await writeMoves(work, moves, { arrivalsStay }))) await customersChanged(work, page);
}

/**
 * The same, but what they owe is only woken: answers whose it is, for customersChanged. Until it was called for them, lists say what was
 * true before, and messages that wait wait still; none leaves by that, since what is claimed is given back and delivery looks at each once more.
 */
export async function writeMoves(
  work: CompanyWork,
  moves: readonly Move[],
  { arrivalsStay = false } = {},
): Promise<string[]> {
  if (moves.length === 0) return [];
  const { tx, company, today } = work;
  await writePlaces(
    tx,
    company.id,
    moves.map(({ customerId, to }) => ({ customerId, ...to, ruleId: to.rule?.id ?? null })),
  );
  const moving = moves.filter(isMoved);
  const idsOf = (those: readonly Move[]): string[] => those.map((move) => move.customerId);
  await meetAgain(tx, company.id, idsOf(moving.filter(({ to }) => to.sequenceId !== null)), today, { arrivalsStay });
  await meetAgain(tx, company.id, idsOf(moving.filter(({ to }) => to.sequenceId === null)), today, { leaving: true });
  const staying = moves.filter((move) => !isMoved(move) && typesLetIn(move.from.rule, move.to.rule).length > 0);
  for (const [types, those] of Map.groupBy(staying, ({ from, to }) => typesLetIn(from.rule, to.rule).join()))
    await meetLetIn(tx, company.id, idsOf(those), types.split(',') as ReturnType<typeof typesLetIn>, today);
  // Another name of the rule alone changes the reason of what it leaves out.
  const touched = moves.filter((move) => changesWhatIsSent(move) || (move.to.rule?.excludedTypes.length ?? 0) > 0);
  await wakeCustomers(tx, company.id, idsOf(touched), today);
  await unclaim(tx, company.id, idsOf(touched));
  return idsOf(touched);
}

/** In the history of each customer that is in another sequence: which rule put it there. */
export async function tellMoves({ tx, scope }: CompanyWork, moves: readonly Move[]): Promise<void> {
  await recordEvents(
    tx,
    scope,
    moves.filter(isMoved).map(({ customerId, to }) => ({
      type: 'customer.placed',
      customerId,
      payload: { name: to.rule?.name ?? '', sequenceId: to.sequenceId },
    })),
  );
}

/** So many customers are read at once. */
const pageSize = 500;

function pagesOf(ids: readonly string[]): string[][] {
  const pages: string[][] = [];
  for (let start = 0; start < ids.length; start += pageSize) pages.push(ids.slice(start, start + pageSize));
  return pages;
}
