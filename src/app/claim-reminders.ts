// One batch out of the outbox, in one transaction: the customers locked, each reminder looked at once more, rendered with
// what is owed now, its bytes stored, and claimed for the worker (or, in practice, captured at once).

import { isBankStale } from '../core/bank.ts';
import { isSendingDay } from '../core/calendar.ts';
import type { ChargeAsked } from '../core/charge.ts';
import type { CustomerFacts, StepFact } from '../core/facts.ts';
import type { Fault } from '../core/fault.ts';
import { because, type Reason } from '../core/reason.ts';
import { addresseesOf, isBlocked } from '../core/recipients.ts';
import { amountsOf } from '../core/reminder.ts';
import { blockedAmong } from '../db/blocked-address.ts';
import {
  type AskedItem,
  type ClaimedReminder,
  captureReminders,
  claimReminders,
  invoicesOf,
  type Leavable,
  markFailed,
  noteAsked,
  type ReminderToRender,
  readRemindersToRender,
  reminderCandidates,
} from '../db/delivery.ts';
import { documentSizes, type NewDocument, readDocuments, storeDocuments } from '../db/document.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { bankOf, type CompanySnapshot, readCalendar } from '../db/facts.ts';
import { newId } from '../db/id.ts';
import type { Recipients } from '../db/tables.ts';
import { asBuffer, type Composer, type Composition } from './compose-batch.ts';
import { attachmentHashes, dateOfMail } from './compose-reminder.ts';
import { type CompanyWork, type Context, forCompany } from './context.ts';
import { keepToLimits, noLongerCounted } from './keep-to-limits.ts';
import { type CustomersNow, closeStaleItems, dropUnreachable, readCustomersNow } from './plan-customers.ts';
import { askedIn, type Owed, owedIn, templatesByKey } from './render-reminder.ts';
import { type Charged, workOutCharges } from './work-out-charges.ts';

/** A message in a worker's hands, not begun. */
export interface ClaimedMail {
  reminderId: string;
  kind: ReminderToRender['kind'];
  /** The claim under which it was taken: only this one may begin it. */
  claimId: string;
  customerId: string;
  invoiceIds: string[];
  envelope: { from: string; to: string[] };
  /** The customer's addresses: those of the envelope but for the company's own copy. */
  addressees: string[];
  /** A person had chosen them when it was claimed. */
  recipientsChosen: boolean;
  raw: Buffer;
  level: number;
  askedMinor: number;
  /** What it asks for beside that. */
  charges: readonly ChargeAsked[];
  currency: string;
  attemptsBefore: number;
}

export interface Batch {
  mails: ClaimedMail[];
  /** How many were looked at: none means that nothing is ready. */
  candidates: number;
  dropped: number;
  failed: number;
}

const nothing: Batch = { mails: [], candidates: 0, dropped: 0, failed: 0 };

/** The files of one batch, in bytes; two batches may be in memory at once. */
const batchBytes = 25_000_000;

/** What claims of one delivery that are under way at once know of each other. */
export interface Claiming {
  /** Whose messages another one is claiming: they are left to it. */
  customersElsewhere: ReadonlySet<string>;
  /** Told as soon as it is known whose messages this one claims. */
  picked(customerIds: readonly string[]): void;
}

const alone: Claiming = { customersElsewhere: new Set(), picked: () => {} };

export function claimBatch(
  context: Context,
  companyId: string,
  worker: { id: string; compose: Composer },
  size: number,
  how: 'capture' | 'hand-over',
  { customersElsewhere, picked }: Claiming = alone,
): Promise<Batch> {
  return forCompany(context, { companyId, actor: 'system' }, async (work) => {
    const { tx, today } = work;
    const at = new Date(work.now.epochMilliseconds);
    const leavable = await leavableToday(work);
    const candidates = wholeCustomers(
      await reminderCandidates(tx, companyId, today, at, size, leavable, customersElsewhere),
      size,
    );
    if (candidates.length === 0) return nothing;
    // A delivery that runs stops where today was made a closure meanwhile.
    if (!isSendingDay(await readCalendar(tx, work.company), today)) return nothing;
    const customerIds = [...new Set(candidates.map((one) => one.customerId))];
    picked(customerIds);
    await lockCustomers(tx, companyId, customerIds);
    const { dropped, customersNow } = await closeStaleItems(work, customerIds);
    const now = customersNow ?? (await readCustomersNow(work, customerIds));
    // A customer may have been merged into another, that is not locked here, while the locks were waited for.
    const ready = (
      await readRemindersToRender(
        tx,
        companyId,
        candidates.map((one) => one.id),
        'ready',
      )
    ).filter(({ customerId }) => customerIds.includes(customerId));
    const reminders = await withinMemory(work, await keepToLimits(work, now, ready));
    const claim = { workerId: worker.id, claimId: newId() };
    const drafts = await renderAll(work, worker.compose, now, reminders, claim.claimId);
    await storeAndClaim(work, claim, drafts.ready, how, at);
    return {
      mails: drafts.ready.map((draft) => draft.mail),
      candidates: candidates.length,
      dropped,
      failed: drafts.failed,
    };
  });
}

/** While what came in is not known well enough, reminders from the chosen level on stay where they are. */
export async function leavableToday({
  tx,
  company,
  today,
}: Pick<CompanyWork, 'tx' | 'company' | 'today'>): Promise<Leavable> {
  const bank = bankOf(company);
  if (bank === null) return { belowLevel: null };
  const stale = isBankStale({ bank, calendar: await readCalendar(tx, company) }, today);
  return { belowLevel: stale ? bank.level : null };
}

/**
 * A full batch leaves its last customer to the next one: were a customer in two batches, the second would hold its lock while
 * the first is being handed over, and every connection would wait.
 */
function wholeCustomers<T extends { customerId: string }>(candidates: readonly T[], size: number): readonly T[] {
  const last = candidates.at(-1)?.customerId;
  const whole = candidates.filter((one) => one.customerId !== last);
  return candidates.length < size || whole.length === 0 ? candidates : whole;
}

interface Draft {
  mail: ClaimedMail;
  claimed: ClaimedReminder;
  asked: AskedItem[];
  document: NewDocument;
}

async function renderAll(
  work: CompanyWork,
  compose: Composer,
  { snapshot, customers }: CustomersNow,
  reminders: readonly ReminderToRender[],
  claimId: string,
): Promise<{ ready: Draft[]; failed: number }> {
  const { tx, company, today, scope, now } = work;
  const files = await readDocuments(tx, company.id, reminders.flatMap(attachmentHashes));
  const charged = await workOutCharges(work, snapshot.facts, customers, reminders, (reminder) =>
    askedIn(customers.get(reminder.customerId)!, reminder),
  );
  const addressed: ({ reminder: ReminderToRender } & Owed)[] = [];
  const problems: { reminder: ReminderToRender; reason: Reason }[] = [];
  const unreachable: ReminderToRender[] = [];
  const blocked = await blockedChosen(work, reminders);
  for (const stored of reminders) {
    const customer = customers.get(stored.customerId)!;
    const reminder = readdress(snapshot, customer, stored, blocked);
    const missing = stored.files.find((file) => !files.has(file.sha256));
    if (reminder === null && reachesOtherwise(snapshot, stored)) unreachable.push(stored);
    else if (reminder === null)
      problems.push({ reminder: stored, reason: whyNobody(stored, [...customer.blockedAddresses, ...blocked]) });
    // A file that is promised and is not there: this message does not leave without it, and keeps no other back.
    else if (missing !== undefined)
      problems.push({ reminder, reason: because('failed-before', { answer: missing.name }) });
    else {
      const { charges } = charged.get(stored.id)!;
      addressed.push({ reminder, ...owedIn(snapshot.facts, customer, reminder, charges, today) });
    }
  }
  const compositions = await compose({
    company,
    templates: templatesByKey(
      await tx.selectFrom('template').selectAll().where('company_id', '=', company.id).execute(),
    ),
    reminders: addressed,
    files,
    today,
    date: dateOfMail(company, today, now),
  });
  const ready: Draft[] = [];
  addressed.forEach(({ reminder, asked }, index) => {
    const composition = compositions[index]!;
    if (composition.ok) ready.push(draftOf(reminder, composition, asked, charged.get(reminder.id)!, claimId));
    else problems.push({ reminder, reason: whyNotComposed(composition.fault) });
  });
  await dropUnreachable(work, unreachable);
  for (const { reminder, reason } of problems) await markFailed(tx, company.id, reminder.id, reason);
  await noLongerCounted(
    work,
    problems.map(({ reminder }) => reminder.customerId),
  );
  await recordEvents(
    tx,
    scope,
    problems.map(({ reminder: { id, customerId }, reason }) => ({
      type: 'reminder.failed',
      customerId,
      reminderId: id,
      payload: { reason },
    })),
  );
  return { ready, failed: problems.length };
}

/** A template may have been broken since the plan: its tag, or what is wrong, stands where a server's answer would. */
function whyNotComposed({ with: parameters }: Fault): Reason {
  const what = parameters?.tag ?? parameters?.detail ?? parameters?.what;
  return because('failed-before', what === undefined ? {} : { answer: what });
}

/** What it was to be sent to is blocked, or gone. */
function whyNobody({ level, recipients: { to } }: ReminderToRender, blockedAddresses: readonly string[]): Reason {
  const address = to.find((one) => isBlocked({ blockedAddresses }, one));
  return address === undefined ? because('no-address') : because('address-blocked', { level, address });
}

/** As many as can be in memory at once with their files, and one at least: the rest is for the next batch. */
async function withinMemory(
  { tx, company }: CompanyWork,
  reminders: readonly ReminderToRender[],
): Promise<readonly ReminderToRender[]> {
  const sizes = await documentSizes(tx, company.id, reminders.flatMap(attachmentHashes));
  let bytes = 0;
  const over = reminders.findIndex((reminder) => {
    for (const hash of attachmentHashes(reminder)) bytes += sizes.get(hash) ?? 0;
    return bytes > batchBytes;
  });
  return over === -1 ? reminders : reminders.slice(0, Math.max(over, 1));
}

/**
 * To whom it goes is asked again too: an address corrected or blocked since the plan counts. Chosen by a person, it stays, but for what
 * is blocked by now; where all of that is, the step's own addressees are left. `blocked`: of the addresses that a person chose. Null:
 * nobody is left to write to.
 */
export function readdress(
  snapshot: CompanySnapshot,
  customer: CustomerFacts,
  reminder: ReminderToRender,
  blocked: readonly string[],
): ReminderToRender | null {
  const chosen = reminder.recipientsChosen ? withoutBlocked(reminder, blocked) : null;
  if (chosen !== null) return chosen;
  // The last look at thanks (close-stale-thanks.ts) has readdressed them already.
  if (reminder.kind === 'thanks') return reminder.recipientsChosen ? null : reminder;
  const receivable = customer.receivables.find((one) => one.id === reminder.items[0]!.receivableId);
  if (receivable === undefined) return reminder.recipientsChosen ? null : reminder;
  const addressees = addresseesOf(snapshot.facts, customer, receivable, reminder);
  return addressees === null ? null : sentTo(reminder, addressees);
}

/** Where these are others than those known until now, the thread is not theirs (message-columns.ts). */
function sentTo(reminder: ReminderToRender, { to, cc }: Recipients): ReminderToRender {
  const isKnown = to.some((address) => reminder.recipients.to.includes(address));
  return { ...reminder, recipients: { to, cc }, lastMessageId: isKnown ? reminder.lastMessageId : null };
}

function withoutBlocked(reminder: ReminderToRender, blockedAddresses: readonly string[]): ReminderToRender | null {
  const mayReach = (address: string): boolean => !isBlocked({ blockedAddresses }, address);
  const [to, cc] = [reminder.recipients.to.filter(mayReach), reminder.recipients.cc.filter(mayReach)];
  return to.length === 0 ? null : { ...reminder, recipients: { to, cc } };
}

/** Of the addresses that people chose for these messages those that are blocked. */
export function blockedChosen(
  { tx, company }: Pick<CompanyWork, 'tx' | 'company'>,
  reminders: readonly ReminderToRender[],
): Promise<string[]> {
  const chosen = reminders.filter(({ recipientsChosen }) => recipientsChosen);
  return blockedAmong(
    tx,
    company.id,
    chosen.flatMap(({ recipients: { to, cc } }) => [...to, ...cc]),
  );
}

const stepOf = (snapshot: CompanySnapshot, { stepId }: ReminderToRender): StepFact | undefined =>
  [...snapshot.sequences.values()].flatMap((sequence) => sequence.steps).find((one) => one.id === stepId);

/** S1: without an address the plan uses the next channel of the step. By hand a person wanted it written: that person decides. */
export const reachesOtherwise = (snapshot: CompanySnapshot, reminder: ReminderToRender): boolean =>
  !reminder.byHand && (stepOf(snapshot, reminder)?.channels.includes('task') ?? false);

function draftOf(
  reminder: ReminderToRender,
  { composed, rawSha256, skeletonSha256 }: Extract<Composition, { ok: true }>,
  asked: ReadonlyMap<string, number>,
  { charges, claims }: Charged,
  claimId: string,
): Draft {
  const { skeleton, raw, messageId, envelope } = composed;
  const skeletonHash = asBuffer(skeletonSha256);
  const items = [...asked].map(([receivableId, askedMinor]) => ({ reminderId: reminder.id, receivableId, askedMinor }));
  const amounts = amountsOf(
    reminder.items.map(({ receivableId, currency }) => ({ currency, askedMinor: asked.get(receivableId) ?? 0 })),
  );
  const askedMinor = amounts.find(({ currency }) => currency === reminder.currency)?.minor ?? 0;
  const askedOthers = amounts.filter(({ currency }) => currency !== reminder.currency);
  return {
    mail: {
      reminderId: reminder.id,
      kind: reminder.kind,
      claimId,
      customerId: reminder.customerId,
      invoiceIds: [...new Set(invoicesOf(reminder).map(({ invoiceId }) => invoiceId))],
      envelope,
      addressees: [...new Set([...reminder.recipients.to, ...reminder.recipients.cc])],
      recipientsChosen: reminder.recipientsChosen,
      raw: asBuffer(raw),
      level: reminder.level,
      askedMinor,
      charges,
      currency: reminder.currency,
      attemptsBefore: reminder.attempts,
    },
    claimed: {
      id: reminder.id,
      messageId,
      mailSha256: asBuffer(rawSha256),
      kept: { skeleton: skeletonHash.toString('hex'), holes: skeleton.holes },
      askedMinor,
      askedOthers,
      askedCharges: charges,
      claims: claims.length === 0 ? null : claims.map((claim) => ({ ...claim, id: newId() })),
      recipients: reminder.recipients,
    },
    asked: items,
    document: { sha256: skeletonHash, kind: 'mail', bytes: asBuffer(skeleton.bytes) },
  };
}

async function storeAndClaim(
  work: CompanyWork,
  claim: { workerId: string; claimId: string },
  drafts: readonly Draft[],
  how: 'capture' | 'hand-over',
  at: Date,
): Promise<void> {
  const { tx, company, today, scope } = work;
  if (drafts.length === 0) return;
  await storeDocuments(
    tx,
    company.id,
    today,
    drafts.map((draft) => draft.document),
  );
  await noteAsked(
    tx,
    company.id,
    drafts.flatMap((draft) => draft.asked),
  );
  await claimReminders(
    tx,
    company.id,
    claim,
    drafts.map((draft) => draft.claimed),
  );
  if (how === 'hand-over') return;
  await captureReminders(
    tx,
    company.id,
    claim.workerId,
    drafts.map((draft) => draft.claimed.id),
    today,
    at,
  );
  await recordEvents(
    tx,
    scope,
    drafts.map(({ mail }) => leftEvent('reminder.captured', mail)),
  );
}

export function leftEvent(
  type: 'reminder.captured' | 'reminder.sent' | 'reminder.in-doubt',
  mail: ClaimedMail,
): NewEvent {
  const { customerId, invoiceIds, reminderId, kind, level, askedMinor, charges, currency, envelope } = mail;
  const asked = { level, askedMinor, currency, ...(charges.length === 0 ? {} : { charges }) };
  return {
    type,
    customerId,
    invoiceId: invoiceIds[0],
    reminderId,
    payload: { ...(kind === 'thanks' ? { thanks: true } : asked), to: envelope.to },
  };
}
