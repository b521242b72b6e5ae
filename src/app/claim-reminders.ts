// One batch out of the outbox, in one transaction: the customers locked, each reminder looked at once more, rendered with
// what is owed now, its bytes stored, and claimed for the worker (or, in practice, captured at once).

import type { CustomerFacts } from '../core/facts.ts';
import { askedAmounts } from '../core/plan.ts';
import { because } from '../core/reason.ts';
import { addresseesOf } from '../core/recipients.ts';
import {
  type AskedItem,
  type ClaimedReminder,
  captureReminders,
  claimReminders,
  markFailed,
  noteAsked,
  type ReminderToRender,
  readRemindersToRender,
  reminderCandidates,
} from '../db/delivery.ts';
import { type NewDocument, readDocuments, storeDocuments } from '../db/document.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { type CompanySnapshot, readCompany, readCustomers } from '../db/facts.ts';
import { newId } from '../db/id.ts';
import { sha256 } from '../formats/mail.ts';
import { attachmentHashes, type ComposedReminder, composeReminder, dateOfMail } from './compose-reminder.ts';
import { type CompanyWork, type Context, forCompany } from './context.ts';
import { closeStaleItems } from './plan-customers.ts';
import { renderReminder, templatesByKey } from './render-reminder.ts';

/** A message in a worker's hands, not begun. */
export interface ClaimedMail {
  reminderId: string;
  /** The claim under which it was taken: only this one may begin it. */
  claimId: string;
  customerId: string;
  invoiceIds: string[];
  envelope: { from: string; to: string[] };
  raw: Buffer;
  level: number;
  askedMinor: number;
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

export function claimBatch(
  context: Context,
  companyId: string,
  workerId: string,
  size: number,
  how: 'capture' | 'hand-over',
): Promise<Batch> {
  return forCompany(context, { companyId, actor: 'system' }, async (work) => {
    const { tx, company, today } = work;
    const now = context.now();
    const at = new Date(now.epochMilliseconds);
    const candidates = wholeCustomers(await reminderCandidates(tx, companyId, today, at, size), size);
    if (candidates.length === 0) return { mails: [], candidates: 0, dropped: 0, failed: 0 };
    const customerIds = [...new Set(candidates.map((one) => one.customerId))];
    await lockCustomers(tx, companyId, customerIds);
    const dropped = await closeStaleItems(work, customerIds);
    const snapshot = await readCompany(tx, company);
    const customers = new Map((await readCustomers(tx, snapshot, customerIds)).map(({ facts }) => [facts.id, facts]));
    const reminders = await readRemindersToRender(
      tx,
      companyId,
      candidates.map((one) => one.id),
      'ready',
    );
    const claim = { workerId, claimId: newId() };
    const drafts = await renderAll(
      work,
      snapshot,
      customers,
      reminders,
      claim.claimId,
      dateOfMail(company, today, now),
    );
    await storeAndClaim(work, claim, drafts.ready, how, new Date(now.epochMilliseconds));
    return {
      mails: drafts.ready.map((draft) => draft.mail),
      candidates: candidates.length,
      dropped,
      failed: drafts.failed,
    };
  });
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
  snapshot: CompanySnapshot,
  customers: ReadonlyMap<string, CustomerFacts>,
  reminders: readonly ReminderToRender[],
  claimId: string,
  date: Date,
): Promise<{ ready: Draft[]; failed: number }> {
  const { tx, company, today, scope } = work;
  const templates = templatesByKey(
    await tx.selectFrom('template').selectAll().where('company_id', '=', company.id).execute(),
  );
  const hashes = reminders.flatMap(attachmentHashes);
  const files = await readDocuments(
    tx,
    company.id,
    [...new Set(hashes)].map((hash) => Buffer.from(hash, 'hex')),
  );
  // Composed side by side: a mail is built in many small steps that wait for each other.
  const drafts: Promise<Draft>[] = [];
  const problems: NewEvent[] = [];
  for (const stored of reminders) {
    const customer = customers.get(stored.customerId)!;
    const reminder = readdress(snapshot, customer, stored);
    const asked = askedAmounts(customer);
    const rendered = reminder === null ? null : renderReminder(company, templates, reminder, asked, today);
    if (reminder === null || rendered === null || !rendered.ok) {
      const reason =
        reminder === null
          ? because('no-address')
          : because('failed-before', rendered?.ok === false ? rendered.fault.with : {});
      await markFailed(tx, company.id, stored.id, JSON.stringify(reason));
      problems.push({
        type: 'reminder.failed',
        customerId: stored.customerId,
        reminderId: stored.id,
        payload: { reason },
      });
      continue;
    }
    const composing = composeReminder(company, reminder, rendered.value, files, date);
    drafts.push(composing.then((composed) => draftOf(reminder, composed, asked, claimId)));
  }
  const ready = await Promise.all(drafts);
  await recordEvents(tx, scope, problems);
  return { ready, failed: problems.length };
}

/** To whom it goes is asked again too: an address corrected or blocked since the plan counts. Chosen by a person, it stays. */
function readdress(
  snapshot: CompanySnapshot,
  customer: CustomerFacts,
  reminder: ReminderToRender,
): ReminderToRender | null {
  if (reminder.recipientsChosen) return reminder;
  const step = [...snapshot.sequences.values()]
    .flatMap((sequence) => sequence.steps)
    .find((one) => one.id === reminder.stepId);
  const receivable = customer.receivables.find((one) => one.id === reminder.items[0]!.receivableId);
  if (step === undefined || receivable === undefined) return reminder;
  const addressees = addresseesOf(snapshot.facts, customer, receivable, step);
  return addressees === null ? null : { ...reminder, recipients: { to: addressees.to, cc: addressees.cc } };
}

function draftOf(
  reminder: ReminderToRender,
  composed: ComposedReminder,
  asked: ReadonlyMap<string, number>,
  claimId: string,
): Draft {
  const { skeleton, raw, messageId, envelope } = composed;
  const skeletonHash = sha256(skeleton.bytes);
  const items = reminder.items.map((item) => ({
    reminderId: reminder.id,
    receivableId: item.receivableId,
    askedMinor: asked.get(item.receivableId) ?? 0,
  }));
  const askedMinor = items.reduce((sum, item) => sum + item.askedMinor, 0);
  return {
    mail: {
      reminderId: reminder.id,
      claimId,
      customerId: reminder.customerId,
      invoiceIds: [...new Set(reminder.items.map((item) => item.invoiceId))],
      envelope,
      raw,
      level: reminder.level,
      askedMinor,
      currency: reminder.currency,
      attemptsBefore: reminder.attempts,
    },
    claimed: {
      id: reminder.id,
      messageId,
      mailSha256: sha256(raw),
      kept: { skeleton: skeletonHash.toString('hex'), holes: skeleton.holes },
      askedMinor,
      recipients: reminder.recipients,
    },
    asked: items,
    document: { sha256: skeletonHash, kind: 'mail', bytes: skeleton.bytes },
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
  const { customerId, invoiceIds, reminderId, level, askedMinor, currency, envelope } = mail;
  return {
    type,
    customerId,
    invoiceId: invoiceIds[0],
    reminderId,
    payload: { level, askedMinor, currency, to: envelope.to },
  };
}
