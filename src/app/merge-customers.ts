// "Fusionner avec": a customer that is there twice. All that one has goes to the other, in one transaction; nothing is lost, nothing counts
// twice, and it can't be taken back.
import { done, failed, type Result } from '../core/fault.ts';
import { because } from '../core/reason.ts';
import { waiveForConsumers } from '../db/charge.ts';
import { readPlaces } from '../db/enrolment-rule.ts';
import { recordEvents } from '../db/event.ts';
import {
  type AddedContact,
  type Belongings,
  belongingsOf,
  isBeingWrittenTo,
  isInOperation,
  markMerged,
  moveBelongings,
  moveContacts,
  moveFollowers,
  pauseByInvoice,
} from '../db/merge.ts';
import { forgetChosenRecipients, lockWithPaidFor, type NamedCustomer } from '../db/payer.ts';
import { unclaim } from '../db/reminder.ts';
import type { Row } from '../db/tables.ts';
import { dropAllThanks } from './close-stale-thanks.ts';
import { type Acting, type CompanyWork, type Context, forCompany, tryForCompany } from './context.ts';
import {
  asksForAmounts,
  isMoved,
  type Move,
  placeCustomers,
  placeOf,
  readPlacing,
  settleMoves,
  writeMoves,
} from './place-customers.ts';
import { customersChanged, dropAllWaiting } from './plan-customers.ts';
import { readdressWaiting } from './readdress-waiting.ts';
import { endAskingForCorrected } from './report-undelivered.ts';
import { toConsumer } from './save-customer.ts';

export interface Merge {
  /** The one that is merged, and is in no list any more. */
  fromId: string;
  intoId: string;
}

/** In which what is owed is asked for otherwise: interest and indemnity by kind and country, messages by language. */
export type Difference = 'kind' | 'language' | 'country';

/** Of its own, and not taken over: the other one's hold. */
export type NotTaken =
  | 'delays'
  | 'contract-rate'
  | 'payment-terms'
  | 'payer'
  | 'key-account'
  | 'in-charge'
  | 'salesperson'
  | 'notes';

/** What a merge moves. */
export interface Merged extends Belongings {
  from: NamedCustomer;
  into: NamedCustomer;
  /** Whom the other had not. */
  contacts: AddedContact[];
  /** The sequences that they follow, null for none; null: it is the same one. */
  passage: { from: string | null; to: string | null } | null;
  differs: Difference[];
  notTaken: NotTaken[];
}

/**
 * Faults: 'not-found', 'merge-into-itself', 'customer-merged' (one of them was already), 'merge-makes-chain' (the other has a payer, and the
 * one pays for somebody), 'merge-operation-runs', 'merge-message-leaves'.
 */
export function mergeCustomers(context: Context, acting: Acting, input: Merge): Promise<Result<Merged>> {
  return forCompany(context, acting, (work) => merge(work, input));
}

/** What merging them would move, by doing it in a transaction that is taken back. The same faults. */
export function previewMerge(context: Context, acting: Acting, input: Merge): Promise<Result<Merged>> {
  return tryForCompany(context, acting, (work) => merge(work, input));
}

async function merge(work: CompanyWork, both: Merge): Promise<Result<Merged>> {
  const { tx, company, today, scope } = work;
  const { fromId, intoId } = both;
  if (fromId === intoId) return failed('merge-into-itself');
  const concerned = await lockWithPaidFor(tx, company.id, [fromId, intoId]);
  const customers = await tx
    .selectFrom('customer')
    .selectAll()
    .where('company_id', '=', company.id)
    .where('id', 'in', [fromId, intoId])
    .execute();
  const from = customers.find(({ id }) => id === fromId);
  const into = customers.find(({ id }) => id === intoId);
  if (from === undefined || into === undefined)
    return failed('not-found', { what: 'customer', id: from === undefined ? fromId : intoId });
  const belongings = await belongingsOf(tx, company.id, fromId);
  const wrong = await whyNotMerged(work, from, into, belongings);
  if (wrong !== null) return wrong;

  const move = await moveOf(work, both);
  await settleMoves(work, [move]);
  await unclaim(tx, company.id, concerned);
  const merged = because('customer-merged', { name: into.name });
  await dropAllWaiting(work, fromId, merged);
  await dropAllThanks(work, fromId, merged);
  await writeMoves(work, [move]);
  await pauseByInvoice(tx, company.id, fromId, today);
  await moveBelongings(tx, company.id, both);
  const contacts = await moveContacts(tx, company.id, both);
  const paidFor = await moveFollowers(tx, company.id, both);
  const marks = { on: today, by: scope.actor };
  await markMerged(tx, company.id, both, marks);
  if (into.kind === 'consumer') await waiveForConsumers(tx, company.id, [intoId], toConsumer(work));
  await forgetChosenRecipients(tx, company.id, [...paidFor, ...(into.payer_id === fromId ? [intoId] : [])]);
  await endAskingForCorrected(work, [intoId]);
  const changed = concerned.filter((id) => id !== fromId);
  await customersChanged(work, changed);
  await readdressWaiting(work, changed);
  await placeCustomers(work, [intoId], { amountsOnly: true });
  await tell(work, from, into);
  return done({
    ...belongings,
    from: named(from),
    into: named(into),
    contacts,
    passage: isMoved(move) ? { from: move.from.sequenceId, to: move.to.sequenceId } : null,
    differs: differencesOf(work, from, into),
    notTaken: notTakenOf(from, into),
  });
}

const named = ({ id, number, name }: Row<'customer'>): NamedCustomer => ({ id, number, name });

async function whyNotMerged(
  { tx, company }: CompanyWork,
  from: Row<'customer'>,
  into: Row<'customer'>,
  { paysFor }: Belongings,
): Promise<ReturnType<typeof failed> | null> {
  const merged = [from, into].find((one) => one.merged_into_id !== null);
  if (merged !== undefined) return failed('customer-merged', { name: merged.name });
  if (into.payer_id !== null && into.payer_id !== from.id && paysFor > 0)
    return failed('merge-makes-chain', { name: from.name, other: into.name });
  if (await isInOperation(tx, company.id, from.id)) return failed('merge-operation-runs');
  if (await isBeingWrittenTo(tx, company.id, from.id)) return failed('merge-message-leaves', { name: from.name });
  return null;
}

/** From where the one is to where the other is: what it owes goes on there (rule 11). */
async function moveOf(work: CompanyWork, { fromId, intoId }: Merge): Promise<Move> {
  const placing = await readPlacing(work);
  const places = await readPlaces(
    work.tx,
    work.company,
    { customerIds: [fromId, intoId] },
    asksForAmounts(placing.rules),
  );
  const at = (id: string) => placeOf(places.find(({ customerId }) => customerId === id)!, placing);
  return { customerId: fromId, from: at(fromId), to: at(intoId) };
}

function differencesOf({ company }: CompanyWork, from: Row<'customer'>, into: Row<'customer'>): Difference[] {
  const differs: Difference[] = [];
  if (from.kind !== into.kind) differs.push('kind');
  if ((from.language ?? company.language) !== (into.language ?? company.language)) differs.push('language');
  if ((from.country ?? company.country) !== (into.country ?? company.country)) differs.push('country');
  return differs;
}

function notTakenOf(from: Row<'customer'>, into: Row<'customer'>): NotTaken[] {
  const own: [NotTaken, boolean][] = [
    ['delays', from.delays_days !== null && from.delays_days.join() !== into.delays_days?.join()],
    ['contract-rate', from.contract_rate !== null && from.contract_rate !== into.contract_rate],
    [
      'payment-terms',
      from.payment_terms !== null && JSON.stringify(from.payment_terms) !== JSON.stringify(into.payment_terms),
    ],
    ['payer', from.payer_id !== null && from.payer_id !== into.payer_id && from.payer_id !== into.id],
    ['key-account', from.key_account && !into.key_account],
    ['in-charge', from.in_charge_user_id !== null && from.in_charge_user_id !== into.in_charge_user_id],
    ['salesperson', from.salesperson_name !== null && from.salesperson_name !== into.salesperson_name],
    ['notes', from.notes.trim() !== ''],
  ];
  return own.filter(([, is]) => is).map(([what]) => what);
}

/** In the history of both: where the one went, and who came. */
async function tell({ tx, scope }: CompanyWork, from: Row<'customer'>, into: Row<'customer'>): Promise<void> {
  const saying = ({ name, number }: Row<'customer'>): string => `${name} (${number})`;
  await recordEvents(tx, scope, [
    { type: 'customer.merged', customerId: from.id, payload: { intoId: into.id, name: saying(into) } },
    { type: 'customer.merged-in', customerId: into.id, payload: { fromId: from.id, name: saying(from) } },
  ]);
}
