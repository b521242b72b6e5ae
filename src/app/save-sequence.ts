// Sequences and their steps, the company's default, and who is enrolled in what.
import { done, failed, type Result } from '../core/fault.ts';
import { type SequenceDraft, whatIsWrong } from '../core/sequence.ts';
import { lockCustomers, meetAgain, wakeEverything } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import type { Channel, ContactRole, Row } from '../db/tables.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { customersChanged, settleEntries } from './plan-customers.ts';

export interface StepInput {
  /** Of a step that exists already; missing for a new one. */
  id?: string | undefined;
  level: number;
  name: string;
  offsetDays: number;
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
  formalNotice?: boolean | undefined;
  attachInvoice?: boolean | undefined;
}

export interface SequenceInput {
  id?: string | undefined;
  title: string;
  description?: string | undefined;
  steps: StepInput[];
  /** Makes it the company's default: customers without a choice of their own are then enrolled in it. */
  makeDefault?: boolean | undefined;
}

/** Saves a sequence whole: steps that are not named any more are taken out of it, their history stays. */
export function saveSequence(
  context: Context,
  acting: Acting,
  input: SequenceInput,
): Promise<Result<{ sequenceId: string; stepIds: string[] }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const wrong = await refusal(work, input);
    if (wrong !== null) return wrong;
    const sequenceId = input.id ?? newId();
    const fields = {
      title: input.title,
      ...(input.description === undefined ? {} : { description: input.description }),
    };
    if (input.id === undefined)
      await tx
        .insertInto('sequence')
        .values({ company_id: company.id, id: sequenceId, ...fields, created_on: today })
        .execute();
    else {
      const updated = await tx
        .updateTable('sequence')
        .set(fields)
        .where('company_id', '=', company.id)
        .where('id', '=', sequenceId)
        .where('status', '=', 'active')
        .executeTakeFirst();
      if (updated.numUpdatedRows === 0n) return failed('not-found', { what: 'sequence', id: sequenceId });
    }
    const stepIds = await saveSteps(work, sequenceId, input.steps, input.id === undefined);
    if (input.makeDefault) await makeDefault(work, sequenceId);
    await wakeEverything(tx, company.id, today);
    await recordEvents(tx, scope, [
      {
        type: input.id === undefined ? 'sequence.created' : 'sequence.changed',
        payload: { sequenceId, title: input.title, steps: input.steps.length },
      },
    ]);
    return done({ sequenceId, stepIds });
  });
}

/** The sequence as its checks see it. `present`: the steps that it has, which keep the channels that are not said anew. */
export function draftOf(
  { title, steps }: SequenceInput,
  present: readonly { id: string; channels: readonly Channel[] }[] = [],
): SequenceDraft {
  return {
    title,
    steps: steps.map((step) => ({
      level: step.level,
      name: step.name,
      offsetDays: step.offsetDays,
      channels: step.channels ?? present.find(({ id }) => id === step.id)?.channels ?? ['email'],
      requiresApproval: step.requiresApproval ?? step.formalNotice ?? false,
      formalNotice: step.formalNotice ?? false,
      templateKey: step.templateKey ?? 'friendly',
    })),
  };
}

/** The first of what keeps it from being saved. */
async function refusal({ tx, company }: CompanyWork, input: SequenceInput): Promise<ReturnType<typeof failed> | null> {
  // Kept until this is saved: nobody deletes a template between.
  const templates = await tx
    .selectFrom('template')
    .select('key')
    .where('company_id', '=', company.id)
    .forKeyShare()
    .execute();
  const present = await tx
    .selectFrom('step')
    .select(['id', 'channels'])
    .where('company_id', '=', company.id)
    .where('sequence_id', '=', input.id ?? null)
    .where('deleted_on', 'is', null)
    .execute();
  const [wrong] = whatIsWrong(draftOf(input, present), new Set(templates.map(({ key }) => key)));
  return wrong === undefined ? null : failed('sequence-refused', { problem: wrong.code, ...wrong.with });
}

async function saveSteps(
  { tx, company, today }: CompanyWork,
  sequenceId: string,
  steps: readonly StepInput[],
  isNew: boolean,
): Promise<string[]> {
  const kept = steps.flatMap((step) => step.id ?? []);
  if (!isNew) {
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
  const ids: string[] = [];
  for (const step of steps) {
    const columns = {
      level: step.level,
      name: step.name,
      offset_days: step.offsetDays,
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
      ...(step.attachInvoice === undefined ? {} : { attach_invoice: step.attachInvoice }),
    };
    const id = step.id ?? newId();
    if (step.id === undefined)
      await tx
        .insertInto('step')
        .values({
          company_id: company.id,
          id,
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
        .where('id', '=', id)
        .execute();
    ids.push(id);
  }
  return ids;
}

/** The default covers every customer without a choice of its own: they are enrolled today (rule 10), or moved (rule 11). */
async function makeDefault({ tx, company, today }: CompanyWork, sequenceId: string): Promise<void> {
  if (company.default_sequence_id === sequenceId) return;
  await tx.updateTable('company').set({ default_sequence_id: sequenceId }).where('id', '=', company.id).execute();
  await meetAgain(tx, company.id, 'default', today);
}

/** Deletes a sequence: its receivables end there, their history stays. Answers how many stop (E5). */
export function deleteSequence(
  context: Context,
  acting: Acting,
  input: { sequenceId: string },
): Promise<Result<{ customers: number }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const deleted = await tx
      .updateTable('sequence')
      .set({ status: 'deleted' })
      .where('company_id', '=', company.id)
      .where('id', '=', input.sequenceId)
      .where('status', '=', 'active')
      .executeTakeFirst();
    if (deleted.numUpdatedRows === 0n) return failed('not-found', { what: 'sequence', id: input.sequenceId });
    const chosen = await tx
      .selectFrom('customer')
      .select('id')
      .where('company_id', '=', company.id)
      .where('sequence_id', '=', input.sequenceId)
      .where('enrolment', '=', 'chosen')
      .execute();
    await wakeEverything(tx, company.id, today);
    await recordEvents(tx, scope, [
      { type: 'sequence.deleted', payload: { sequenceId: input.sequenceId, customers: chosen.length } },
    ]);
    return done({ customers: chosen.length });
  });
}

export interface Enrolment {
  customerIds: string[];
  /** 'chosen' with a sequence, 'none' ("aucune relance"), or 'default' (whatever the company's default is). */
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
  const { tx, company, today, scope } = work;
  await lockCustomers(tx, company.id, customerIds);
  const rows = await tx
    .selectFrom('customer')
    .select(['id', 'enrolment', 'sequence_id'])
    .where('company_id', '=', company.id)
    .where('id', 'in', [...customerIds])
    .execute();
  const choosing = rows.filter((row) => row.enrolment !== enrolment || row.sequence_id !== sequenceId);
  if (choosing.length === 0) return [];
  const ids = choosing.map((row) => row.id);
  const changing = thoseWhoMove(choosing, company, enrolment === 'default' ? company.default_sequence_id : sequenceId);
  await settleEntries(work, changing);
  await tx
    .updateTable('customer')
    .set({ enrolment, sequence_id: sequenceId })
    .where('company_id', '=', company.id)
    .where('id', 'in', ids)
    .execute();
  await meetAgain(tx, company.id, changing, today, { leaving: enrolment === 'none' });
  await customersChanged(work, ids);
  await recordEvents(
    tx,
    scope,
    ids.map((customerId) => ({ type: 'customer.enrolled', customerId, payload: { enrolment, sequenceId } })),
  );
  return ids;
}

/** Those of the customers for whom this is another sequence than the one they are in. */
function thoseWhoMove(
  rows: readonly Pick<Row<'customer'>, 'id' | 'enrolment' | 'sequence_id'>[],
  company: Row<'company'>,
  sequenceId: string | null,
): string[] {
  const isIn = {
    default: () => company.default_sequence_id,
    none: () => null,
    chosen: (row: (typeof rows)[number]) => row.sequence_id,
  };
  return rows.filter((row) => isIn[row.enrolment](row) !== sequenceId).map((row) => row.id);
}
