// Sequences and their steps, the company's default, and who is enrolled in what.
import type { Fee } from '../core/charge.ts';
import type { Day } from '../core/day.ts';
import { comesAlike, daysOf, type Ending, nothingAfter } from '../core/ending.ts';
import type { SequenceFact, StepFact } from '../core/facts.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { type SequenceDraft, type Tone, whatIsWrong } from '../core/sequence.ts';
import { inLadderOrder, nominalOffsets, type Timing } from '../core/timing.ts';
import { companyFileSizes, setFilesOfStep } from '../db/company-file.ts';
import { lockCustomers, wakeEverything } from '../db/dunning-case.ts';
import { readPlaces } from '../db/enrolment-rule.ts';
import { recordEvents } from '../db/event.ts';
import { endingOf } from '../db/facts.ts';
import { newId } from '../db/id.ts';
import { unclaimEverything } from '../db/reminder.ts';
import type { Channel, ContactRole } from '../db/tables.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { dropStaleTasks } from './drop-stale-tasks.ts';
import {
  asksForAmounts,
  type Move,
  makeMoves,
  type Place,
  placeByRules,
  placeOf,
  readPlacing,
  settleMoves,
} from './place-customers.ts';
import { changeRules, lockForRules } from './save-rules.ts';

export interface StepInput {
  /** Of a step that exists already; missing for a new one. */
  id?: string | undefined;
  level: number;
  name: string;
  /** Days after the due date; what a timing of another kind says instead is worked out from it. */
  offsetDays?: number | undefined;
  /** Missing: offsetDays after the due date. */
  timing?: Timing | undefined;
  tone?: Tone | undefined;
  templateKey?: string | undefined;
  /** In order of preference. */
  channels?: Channel[] | undefined;
  /** What there is to do where it is a task; null: said in general words. */
  taskText?: string | null | undefined;
  rolesTo?: ContactRole[] | undefined;
  rolesCc?: ContactRole[] | undefined;
  /** Minor units by currency. */
  minimums?: Record<string, number> | undefined;
  requiresApproval?: boolean | undefined;
  /** From that amount on it is approved: minor units by currency. */
  approvalFrom?: Record<string, number> | undefined;
  /** Approved by nobody, it leaves after so many hours; null: at once. */
  leavesAfterHours?: number | null | undefined;
  /** What it adds to each invoice that takes it; null: nothing. */
  fee?: Fee | null | undefined;
  formalNotice?: boolean | undefined;
  attachInvoice?: boolean | undefined;
  /** Files of the company that go with its messages, in this order. */
  fileIds?: string[] | undefined;
  /** In whose name it leaves, and where answers go; null: as the company's. */
  senderName?: string | null | undefined;
  replyTo?: string | null | undefined;
  /** Whoever is in charge is told when it waits and when it leaves. */
  tellsInCharge?: boolean | undefined;
}

export interface SequenceInput {
  id?: string | undefined;
  title: string;
  description?: string | undefined;
  steps: StepInput[];
  /** Missing: as it was; nothing, for a new one. */
  ending?: Ending | undefined;
  /** Makes it the company's default: customers without a choice of their own are then enrolled in it. */
  makeDefault?: boolean | undefined;
}

/** Saves a sequence whole: steps that are not named any more are taken out of it, their history stays. */
export function saveSequence(
  context: Context,
  acting: Acting,
  input: SequenceInput,
): Promise<Result<{ sequenceId: string; stepIds: string[] }>> {
  return forCompany(context, acting, async (begun) => {
    // Before anything else is: in the order in which saving rules and deleting a sequence do.
    const work = input.makeDefault ? await lockForRules(begun) : begun;
    const { tx, company, today, scope } = work;
    if (input.id !== undefined) await unclaimEverything(tx, company.id);
    const present = await readPresent(work, input);
    const wrong = await refusal(work, input, present);
    if (wrong !== null) return wrong;
    const sequenceId = input.id ?? newId();
    const fields = {
      title: input.title,
      ...(input.description === undefined ? {} : { description: input.description }),
    };
    const ending = endingColumns(input, present, today);
    if (input.id === undefined)
      await tx
        .insertInto('sequence')
        .values({
          company_id: company.id,
          id: sequenceId,
          ...fields,
          created_on: today,
          ending_set_on: today,
          ...ending,
        })
        .execute();
    else {
      const updated = await tx
        .updateTable('sequence')
        .set({ ...fields, ...ending })
        .where('company_id', '=', company.id)
        .where('id', '=', sequenceId)
        .where('status', '=', 'active')
        .executeTakeFirst();
      if (updated.numUpdatedRows === 0n) return failed('not-found', { what: 'sequence', id: sequenceId });
    }
    const stepIds = await saveSteps(work, sequenceId, input.steps, present);
    await wakeEverything(tx, company.id, today);
    await dropStaleTasks(work);
    await recordEvents(tx, scope, [
      {
        type: input.id === undefined ? 'sequence.created' : 'sequence.changed',
        payload: { sequenceId, title: input.title, steps: input.steps.length },
      },
    ]);
    if (input.makeDefault) await makeDefault(context, work, sequenceId);
    return done({ sequenceId, stepIds });
  });
}

/** Its timing, also where only its days are given. */
function timingOfInput({ timing, offsetDays }: Pick<StepInput, 'timing' | 'offsetDays'>): Timing {
  return timing ?? { kind: 'due', days: offsetDays ?? 0 };
}

export type Placed<T> = T & { timing: Timing; offsetDays: number };

/** The steps in the order in which they are taken, each with its place on the time line. */
export function placed<T extends StepInput>(steps: readonly T[]): Placed<T>[] {
  const ladder = inLadderOrder(steps.map((step) => ({ ...step, timing: timingOfInput(step) })));
  const offsets = nominalOffsets(ladder.map(({ timing }) => timing));
  return ladder.map((step, index) => ({ ...step, offsetDays: offsets[index]! }));
}

/** What a sequence has that stays where the input does not name it; its steps in their order. */
type Present = Pick<SequenceFact, 'ending'> & { steps: readonly Pick<StepFact, 'id' | 'channels'>[] };

const nothingYet: Present = { ending: nothingAfter, steps: [] };

async function readPresent({ tx, company }: CompanyWork, { id }: SequenceInput): Promise<Present> {
  if (id === undefined) return nothingYet;
  const row = await tx
    .selectFrom('sequence')
    .selectAll()
    .where('company_id', '=', company.id)
    .where('id', '=', id)
    .executeTakeFirst();
  const steps = await tx
    .selectFrom('step')
    .select(['id', 'channels'])
    .where('company_id', '=', company.id)
    .where('sequence_id', '=', id)
    .where('deleted_on', 'is', null)
    .orderBy('offset_days')
    .execute();
  return { ending: row === undefined ? nothingAfter : endingOf(row), steps };
}

/**
 * What of the ending is written. It is set anew where it comes otherwise than before, and where it follows another step: what had
 * finished by then stays finished.
 */
function endingColumns({ ending, steps }: SequenceInput, present: Present, today: Day) {
  const comesAsBefore =
    (ending === undefined || comesAlike(present.ending, ending)) &&
    placed(steps).at(-1)?.id === present.steps.at(-1)?.id;
  return {
    ...(ending === undefined
      ? {}
      : {
          ending: ending.kind,
          ending_days: daysOf(ending),
          ending_times: ending.kind === 'repeat' ? ending.times : null,
          ending_text: ending.kind === 'task' ? ending.text : null,
        }),
    ...(comesAsBefore ? {} : { ending_set_on: today }),
  };
}

/** The sequence as its checks see it. `present`: what it has, which stays where the input does not say. */
export function draftOf({ title, steps, ending }: SequenceInput, present: Present = nothingYet): SequenceDraft {
  return {
    title,
    ending: ending ?? present.ending,
    steps: steps.map((step) => ({
      level: step.level,
      name: step.name,
      timing: timingOfInput(step),
      channels: step.channels ?? present.steps.find(({ id }) => id === step.id)?.channels ?? ['email'],
      requiresApproval: step.requiresApproval ?? step.formalNotice ?? false,
      formalNotice: step.formalNotice ?? false,
      templateKey: step.templateKey ?? 'friendly',
      fileIds: step.fileIds ?? [],
    })),
  };
}

/** The first of what keeps it from being saved. */
async function refusal(
  { tx, company }: CompanyWork,
  input: SequenceInput,
  present: Present,
): Promise<ReturnType<typeof failed> | null> {
  // Kept until this is saved: nobody deletes a template or a file between.
  const templates = await tx
    .selectFrom('template')
    .select('key')
    .where('company_id', '=', company.id)
    .forKeyShare()
    .execute();
  const fileSizes = await companyFileSizes(tx, company.id, { kept: true });
  const templateKeys = new Set(templates.map(({ key }) => key));
  const [wrong] = whatIsWrong(draftOf(input, present), { templateKeys, fileSizes });
  return wrong === undefined ? null : failed('sequence-refused', { problem: wrong.code, ...wrong.with });
}

async function saveSteps(
  { tx, company, today }: CompanyWork,
  sequenceId: string,
  steps: readonly StepInput[],
  present: Present,
): Promise<string[]> {
  // A step that is none of its own, of a copied sequence say, is a new one.
  const own = new Set(present.steps.map(({ id }) => id));
  const identified = steps.map((step) =>
    step.id !== undefined && own.has(step.id)
      ? { ...step, id: step.id, isNew: false }
      : { ...step, id: newId(), isNew: true },
  );
  const kept = identified.flatMap(({ id, isNew }) => (isNew ? [] : [id]));
  if (own.size > 0) {
    await tx
      .updateTable('step')
      .set({ deleted_on: today })
      .where('company_id', '=', company.id)
      .where('sequence_id', '=', sequenceId)
      .where('deleted_on', 'is', null)
      .$if(kept.length > 0, (query) => query.where('id', 'not in', kept))
      .execute();
    // Out of each other's way first: two steps that change places pass through one day.
    await tx
      .updateTable('step')
      .set((eb) => ({ offset_days: eb('offset_days', '+', 1_000_000) }))
      .where('company_id', '=', company.id)
      .where('sequence_id', '=', sequenceId)
      .where('deleted_on', 'is', null)
      .execute();
  }
  for (const step of placed(identified)) {
    const columns = {
      level: step.level,
      name: step.name,
      offset_days: step.offsetDays,
      timing: step.timing.kind,
      timing_days: step.timing.kind === 'due' ? null : step.timing.days,
      ...(step.tone === undefined ? {} : { tone: step.tone }),
      ...(step.senderName === undefined ? {} : { sender_name: step.senderName }),
      ...(step.replyTo === undefined ? {} : { reply_to: step.replyTo }),
      ...(step.tellsInCharge === undefined ? {} : { tells_in_charge: step.tellsInCharge }),
      ...(step.templateKey === undefined ? {} : { template_key: step.templateKey }),
      requires_approval: step.requiresApproval ?? step.formalNotice ?? false,
      formal_notice: step.formalNotice ?? false,
      ...(step.channels === undefined ? {} : { channels: step.channels }),
      ...(step.taskText === undefined ? {} : { task_text: step.taskText?.trim() || null }),
      ...(step.rolesTo === undefined ? {} : { roles_to: step.rolesTo }),
      ...(step.rolesCc === undefined ? {} : { roles_cc: step.rolesCc }),
      ...(step.minimums === undefined ? {} : { minimums: JSON.stringify(step.minimums) }),
      ...(step.approvalFrom === undefined ? {} : { approval_from: JSON.stringify(step.approvalFrom) }),
      ...(step.leavesAfterHours === undefined ? {} : { leaves_after_hours: step.leavesAfterHours }),
      ...(step.fee === undefined ? {} : { fee: step.fee === null ? null : JSON.stringify(step.fee) }),
      ...(step.attachInvoice === undefined ? {} : { attach_invoice: step.attachInvoice }),
    };
    if (step.isNew)
      await tx
        .insertInto('step')
        .values({
          company_id: company.id,
          id: step.id,
          sequence_id: sequenceId,
          template_key: 'friendly',
          ...columns,
          added_on: today,
        })
        .execute();
    else
      await tx
        .updateTable('step')
        .set(columns)
        .where('company_id', '=', company.id)
        .where('sequence_id', '=', sequenceId)
        .where('id', '=', step.id)
        .execute();
    // Named twice, it goes once.
    if (step.fileIds !== undefined) await setFilesOfStep(tx, company.id, step.id, [...new Set(step.fileIds)]);
  }
  return identified.map(({ id }) => id);
}

/** The default covers every customer whom neither a person nor a rule placed: they are enrolled today (rule 10), or moved (rule 11). */
async function makeDefault(context: Context, work: CompanyWork, sequenceId: string): Promise<void> {
  const former = await readPlacing(work);
  if (former.defaultSequenceId !== sequenceId)
    await changeRules(context, work, former, { ...former, defaultSequenceId: sequenceId });
}

/**
 * Deletes a sequence: its receivables end there, their history stays. Rules that put customers in it fall away: the next one that
 * matches holds these, or the default. Answers how many customers stop (E5). Faults: 'not-found', 'sequence-is-default'.
 */
export function deleteSequence(
  context: Context,
  acting: Acting,
  input: { sequenceId: string },
): Promise<Result<{ customers: number }>> {
  return forCompany(context, acting, async (begun) => {
    // Nobody makes it the default meanwhile, nor a rule that leads to it.
    const work = await lockForRules(begun);
    const { tx, company, today, scope } = work;
    const found = await tx
      .selectFrom('sequence')
      .select('id')
      .where('company_id', '=', company.id)
      .where('id', '=', input.sequenceId)
      .where('status', '=', 'active')
      .executeTakeFirst();
    if (found === undefined) return failed('not-found', { what: 'sequence', id: input.sequenceId });
    if (company.default_sequence_id === input.sequenceId) return failed('sequence-is-default');
    await withoutItsRules(context, work, input.sequenceId);
    await tx
      .updateTable('sequence')
      .set({ status: 'deleted' })
      .where('company_id', '=', company.id)
      .where('id', '=', input.sequenceId)
      .execute();
    const chosen = await tx
      .selectFrom('customer')
      .select('id')
      .where('company_id', '=', company.id)
      .where('sequence_id', '=', input.sequenceId)
      .where('enrolment', '=', 'chosen')
      .execute();
    await unclaimEverything(tx, company.id);
    await wakeEverything(tx, company.id, today);
    await dropStaleTasks(work);
    await recordEvents(tx, scope, [
      { type: 'sequence.deleted', payload: { sequenceId: input.sequenceId, customers: chosen.length } },
    ]);
    return done({ customers: chosen.length });
  });
}

async function withoutItsRules(context: Context, work: CompanyWork, sequenceId: string): Promise<void> {
  const former = await readPlacing(work);
  const kept = former.rules.filter((rule) => rule.sequenceId !== sequenceId);
  if (kept.length < former.rules.length) await changeRules(context, work, former, { ...former, rules: kept });
}

export interface Enrolment {
  customerIds: string[];
  /** 'chosen' with a sequence, 'none' ("aucune relance"), or 'default' (whatever the rules say, and the company's default after them). */
  enrolment: 'chosen' | 'none' | 'default';
  sequenceId?: string | undefined;
}

/** Enrols customers in a sequence, which takes them out of the one they were in (B4). Those who are in it already stay where they stand. */
export function enrolCustomers(
  context: Context,
  acting: Acting,
  input: Enrolment,
): Promise<Result<{ enrolled: number }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company } = work;
    const into = await sequenceToEnrolIn(work, input);
    if (!into.ok) return into;
    if (input.customerIds.length === 0) return done({ enrolled: 0 });
    const known = await tx
      .selectFrom('customer')
      .select('id')
      .where('company_id', '=', company.id)
      .where('id', 'in', input.customerIds)
      .where('merged_into_id', 'is', null)
      .execute();
    const unknown = input.customerIds.find((id) => !known.some((row) => row.id === id));
    if (unknown !== undefined) return failed('not-found', { what: 'customer', id: unknown });
    const changed = await enrolThese(work, input.customerIds, input.enrolment, into.value);
    return done({ enrolled: changed.length });
  });
}

/** The sequence that is named, null where none is to be. Fault: 'not-found', also where it was deleted. */
export async function sequenceToEnrolIn(
  { tx, company }: CompanyWork,
  { enrolment, sequenceId = null }: { enrolment: Enrolment['enrolment']; sequenceId?: string | null | undefined },
): Promise<Result<string | null>> {
  if (enrolment !== 'chosen') return done(null);
  const found = await tx
    .selectFrom('sequence')
    .select('id')
    .where('company_id', '=', company.id)
    .where('id', '=', sequenceId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  return found === undefined ? failed('not-found', { what: 'sequence', id: sequenceId ?? '' }) : done(found.id);
}

/** Answers those for whom that is another choice than theirs; for the others nothing changes, and nothing is told. */
export async function enrolThese(
  work: CompanyWork,
  customerIds: readonly string[],
  enrolment: Enrolment['enrolment'],
  sequenceId: string | null,
): Promise<string[]> {
  const { tx, company, scope } = work;
  await lockCustomers(tx, company.id, customerIds);
  const moves = await movesOf(work, customerIds, enrolment, sequenceId);
  if (moves.length === 0) return [];
  await settleMoves(work, moves);
  await makeMoves(work, moves);
  await recordEvents(
    tx,
    scope,
    moves.map(({ customerId, to }) => ({
      type: 'customer.enrolled',
      customerId,
      payload: { enrolment, sequenceId, ...(to.rule === null ? {} : { rule: to.rule.name }) },
    })),
  );
  return moves.map((move) => move.customerId);
}

/** The customers for whom that is another choice than theirs. 'default' gives them back to the rules, and to the default after these. */
export async function movesOf(
  work: CompanyWork,
  customerIds: readonly string[],
  enrolment: Enrolment['enrolment'],
  sequenceId: string | null,
): Promise<Move[]> {
  const placing = await readPlacing(work);
  const places = await readPlaces(work.tx, work.company, { customerIds }, asksForAmounts(placing.rules));
  const byHand: Place = { enrolment, chosenId: sequenceId, rule: null, sequenceId };
  return places
    .filter((place) => place.enrolment !== enrolment || place.chosenId !== sequenceId)
    .map((place) => ({
      customerId: place.customerId,
      from: placeOf(place, placing),
      to: enrolment === 'default' ? placeByRules(place, placing, 'person') : byHand,
    }));
}
