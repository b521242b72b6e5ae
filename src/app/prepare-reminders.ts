// "Relancer…": messages for invoices that a person chose, one for each customer, currency and step. They wait to be read and
// approved like the others: text, recipients and day can still be changed.
import { type ChosenByHand, chooseByHand } from '../core/by-hand.ts';
import type { CustomerFacts, ReceivableFact } from '../core/facts.ts';
import { done, type Result } from '../core/fault.ts';
import { because, type Reason } from '../core/reason.ts';
import { wakeCustomers } from '../db/dunning-case.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { type CompanySnapshot, languageOfTemplate, readCompany, readCustomers } from '../db/facts.ts';
import { newId } from '../db/id.ts';
import { insertItems, insertReminders } from '../db/reminder.ts';
import type { RefusedInvoice } from '../db/tables.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { lockInvoices } from './known-customer.ts';
import { dropOpenItems } from './steer-cases.ts';

export interface Prepared {
  reminderIds: string[];
  /** What may not be reminded of, and why. */
  refused: RefusedInvoice[];
}

export interface ToPrepare {
  invoiceIds: readonly string[];
  level?: number | null | undefined;
}

interface Group {
  customer: CustomerFacts;
  chosen: ChosenByHand;
  receivables: { receivable: ReceivableFact; askedMinor: number }[];
}

/** `level`: the step that each takes; left out, the next of each. A message that waits for one of them is replaced. */
export function prepareReminders(context: Context, acting: Acting, input: ToPrepare): Promise<Result<Prepared>> {
  return forCompany(context, acting, (work) => prepare(work, input));
}

/** The same within a transaction that does more. */
export async function prepare(work: CompanyWork, input: ToPrepare): Promise<Result<Prepared>> {
  const { tx, company, today, scope } = work;
  const locked = await lockInvoices(work, input.invoiceIds);
  if (!locked.ok) return locked;
  const invoices = locked.value;
  const customerIds = [...new Set(invoices.map((one) => one.customer_id))];
  const snapshot = await readCompany(tx, company, today);
  const customers = (await readCustomers(tx, snapshot, customerIds)).map(({ facts }) => facts);
  const groups = new Map<string, Group>();
  const refused: Prepared['refused'] = [];
  for (const { id, number, customer_id } of invoices) {
    const customer = customers.find((one) => one.id === customer_id)!;
    const reasons = addInvoice(groups, snapshot, customer, id, input.level ?? null, today);
    if (reasons !== null) refused.push({ invoiceId: id, invoiceNumber: number, reason: reasons });
  }
  const receivableIds = [...groups.values()].flatMap((group) => group.receivables.map((one) => one.receivable.id));
  await dropOpenItems(work, receivableIds);
  await enterCases(work, receivableIds);
  const reminderIds = await write(work, snapshot, [...groups.values()]);
  await wakeCustomers(tx, company.id, customerIds, today);
  await recordEvents(tx, scope, eventsOf([...groups.values()], reminderIds));
  return done({ reminderIds, refused });
}

/** Adds the invoice's open instalments to the messages that they go in; answers why not, where none may. */
function addInvoice(
  groups: Map<string, Group>,
  snapshot: CompanySnapshot,
  customer: CustomerFacts,
  invoiceId: string,
  level: number | null,
  today: string,
): Reason | null {
  let why: Reason | null = because('settled');
  let added = false;
  for (const receivable of customer.receivables.filter((one) => one.invoiceId === invoiceId)) {
    const chosen = chooseByHand(snapshot.facts, customer, receivable, level, today);
    if ('reason' in chosen) {
      why = chosen.reason;
      continue;
    }
    const { step, addressees, askedMinor } = chosen;
    const key = JSON.stringify([customer.id, receivable.currency, step.id, addressees.to, addressees.cc]);
    const group = groups.get(key) ?? { customer, chosen, receivables: [] };
    group.receivables.push({ receivable, askedMinor });
    groups.set(key, group);
    added = true;
  }
  return added ? null : why;
}

/** Chosen by a person, they are in: what stood outside, or was not due yet, goes on from here. */
async function enterCases({ tx, company }: CompanyWork, receivableIds: readonly string[]): Promise<void> {
  if (receivableIds.length === 0) return;
  await tx
    .updateTable('dunning_case')
    .set({ entry: 'entered' })
    .where('company_id', '=', company.id)
    .where('receivable_id', 'in', [...receivableIds])
    .execute();
}

async function write(work: CompanyWork, snapshot: CompanySnapshot, groups: readonly Group[]): Promise<string[]> {
  const { tx, company, today, scope } = work;
  const ids = groups.map(() => newId());
  await insertReminders(
    tx,
    company.id,
    scope.practice,
    groups.map(({ customer, chosen: { step, addressees }, receivables }, index) => ({
      id: ids[index]!,
      customerId: customer.id,
      sequenceId: customer.sequence?.id ?? null,
      stepId: step.id,
      level: step.level,
      // By hand it is written, whatever the step's channels: who would rather call, calls.
      channel: 'email',
      language: languageOfTemplate(snapshot, step.templateKey, addressees.language),
      currency: receivables[0]!.receivable.currency,
      state: 'to_approve',
      byHand: true,
      plannedOn: today,
      reason: because('by-hand'),
      recipients: { to: addressees.to, cc: addressees.cc },
      askedMinor: receivables.reduce((sum, one) => sum + one.askedMinor, 0),
      askedOthers: [],
      notBefore: null,
    })),
  );
  await insertItems(
    tx,
    company.id,
    groups.flatMap(({ chosen, receivables }, index) =>
      receivables.map(({ receivable, askedMinor }) => ({
        id: newId(),
        reminderId: ids[index]!,
        receivableId: receivable.id,
        stepId: chosen.step.id,
        pass: receivable.pass,
        occurrence: 0,
        state: 'open' as const,
        dueOn: today,
        leftOn: null,
        reason: null,
        askedMinor,
      })),
    ),
  );
  return ids;
}

function eventsOf(groups: readonly Group[], reminderIds: readonly string[]): NewEvent[] {
  return groups.map(({ customer, chosen: { step }, receivables }, index) => ({
    type: 'reminder.planned',
    customerId: customer.id,
    invoiceId: receivables[0]!.receivable.invoiceId,
    reminderId: reminderIds[index],
    payload: {
      level: step.level,
      stepName: step.name,
      askedMinor: receivables.reduce((sum, one) => sum + one.askedMinor, 0),
      currency: receivables[0]!.receivable.currency,
      reason: because('by-hand'),
    },
  }));
}
