// "Relancer" from an invoice: the message is looked at and changed before anything is written, then prepared, approved and on its
// way in one act. What is shown is what would be sent: it is made in earnest, in a transaction that is taken back.
import { chooseByHand } from '../core/by-hand.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { checkTemplate } from '../core/message.ts';
import type { Reason } from '../core/reason.ts';
import { companyFileSizes, filesOfSteps } from '../db/company-file.ts';
import { recordEvents } from '../db/event.ts';
import { readCompany, readCustomers } from '../db/facts.ts';
import type { Recipients, Row } from '../db/tables.ts';
import { type Acting, type CompanyWork, type Context, forCompany, tryForCompany } from './context.ts';
import { approve, whichIsBlocked } from './decide-reminders.ts';
import { prepare } from './prepare-reminders.ts';
import { type MessageText, messageOf, messageTextOf, type ReadMessage } from './read-message.ts';
import { isEmail } from './save-customer.ts';

export interface ToRemind {
  invoiceId: string;
  /** Left out: the one that is proposed. */
  level?: number | undefined;
  /** Left out: the template's, with its tags. */
  text?: { subject: string; body: string } | undefined;
  /** Left out: those that the step writes to. */
  recipients?: Recipients | undefined;
  /** Left out: as the step says. */
  attachesInvoice?: boolean | undefined;
  /** Files of the company. Left out: as the step says. */
  companyFileIds?: readonly string[] | undefined;
  /** Files that were added for this customer. */
  fileIds?: readonly string[] | undefined;
}

export interface ReminderDraft {
  proposedLevel: number | null;
  /** null: it may not be reminded of, for this reason. */
  message: DraftedMessage | null;
  refused: Reason | null;
}

interface DraftedMessage {
  level: number;
  stepName: string;
  formalNotice: boolean;
  askedMinor: number;
  currency: string;
  text: Pick<MessageText, 'subject' | 'body'>;
  to: string[];
  cc: string[];
  attachesInvoice: boolean;
  companyFileIds: string[];
  /** The names of the invoice's own files, attached or not. */
  invoiceFiles: string[];
  read: Pick<ReadMessage, 'subject' | 'text' | 'html' | 'attachments'>;
}

/** The message as it would leave now, with these changes. Nothing is written. */
export function draftReminder(context: Context, acting: Acting, input: ToRemind): Promise<Result<ReminderDraft>> {
  return tryForCompany(context, acting, async (work) => {
    const proposed = await proposedLevel(work, input.invoiceId);
    if (!proposed.ok) return proposed;
    const { level: proposedLevelOrNone, reason } = proposed.value;
    const level = input.level ?? proposedLevelOrNone;
    if (level === null)
      return done<ReminderDraft>({ proposedLevel: proposedLevelOrNone, message: null, refused: reason });
    const made = await make(work, { ...input, level });
    if (!made.ok) return made;
    if ('refused' in made.value)
      return done<ReminderDraft>({ proposedLevel: proposedLevelOrNone, message: null, refused: made.value.refused });
    const message = await drafted(context, work, made.value.reminderId, input);
    return message.ok
      ? done<ReminderDraft>({ proposedLevel: proposedLevelOrNone, message: message.value, refused: null })
      : message;
  });
}

/** Sends it: approved by whoever sends it, on its way after the seconds in which that can be undone. */
export function sendReminder(
  context: Context,
  acting: Acting,
  input: ToRemind & { level: number; undoSeconds: number },
): Promise<Result<{ reminderId: string }>> {
  return forCompany(context, acting, async (work) => {
    const made = await make(work, input);
    if (!made.ok) return made;
    if ('refused' in made.value) return failed('not-to-remind', { reason: made.value.refused.code });
    const { reminderId } = made.value;
    // What can't be composed is refused here, with its words kept, rather than found failed later.
    const message = await messageOf(context, work, reminderId);
    if (!message.ok) return message;
    const approved = await approve(context, work, { reminderIds: [reminderId], undoSeconds: input.undoSeconds });
    if (!approved.ok) return approved;
    return approved.value.approved === 1 ? done({ reminderId }) : failed('not-to-remind');
  });
}

/** The highest step that one of its open instalments takes next; none, and why. */
async function proposedLevel(
  { tx, company, today }: CompanyWork,
  invoiceId: string,
): Promise<Result<{ level: number | null; reason: Reason | null }>> {
  const invoice = await tx
    .selectFrom('invoice')
    .select('customer_id')
    .where('company_id', '=', company.id)
    .where('id', '=', invoiceId)
    .executeTakeFirst();
  if (invoice === undefined) return failed('not-found', { what: 'invoice', id: invoiceId });
  const snapshot = await readCompany(tx, company, today);
  const [customer] = await readCustomers(tx, snapshot, [invoice.customer_id]);
  const receivables = customer!.facts.receivables.filter((one) => one.invoiceId === invoiceId);
  const choices = receivables.map((one) => chooseByHand(snapshot.facts, customer!.facts, one, null, today));
  const levels = choices.flatMap((one) => ('step' in one ? one.step.level : []));
  const reason = choices.flatMap((one) => ('reason' in one ? one.reason : []))[0] ?? { code: 'settled' as const };
  return done(levels.length === 0 ? { level: null, reason } : { level: Math.max(...levels), reason: null });
}

/** Prepares the one message and makes the changes; nothing is approved yet. */
async function make(
  work: CompanyWork,
  input: ToRemind & { level: number },
): Promise<Result<{ reminderId: string } | { refused: Reason }>> {
  const { tx, company, scope } = work;
  const { text, recipients, attachesInvoice, companyFileIds } = input;
  const wrong =
    whatIsWrong(input) ?? (await whichIsBlocked(work, recipients)) ?? (await unknownFile(work, companyFileIds));
  if (wrong !== null) return wrong;
  const prepared = await prepare(work, { invoiceIds: [input.invoiceId], level: input.level });
  if (!prepared.ok) return prepared;
  const [reminderId] = prepared.value.reminderIds;
  if (reminderId === undefined) return done({ refused: prepared.value.refused[0]!.reason });
  const reminder = await tx
    .updateTable('reminder')
    .set({
      by_hand: true,
      ...(text === undefined ? {} : { subject_edited: text.subject, body_edited: text.body }),
      ...(recipients === undefined ? {} : { recipients: JSON.stringify(recipients), recipients_chosen: true }),
      ...(attachesInvoice === undefined ? {} : { attaches_invoices: attachesInvoice }),
      ...(companyFileIds === undefined ? {} : { company_file_ids: [...companyFileIds] }),
    })
    .where('company_id', '=', company.id)
    .where('id', '=', reminderId)
    .returning(['id', 'customer_id'])
    .executeTakeFirstOrThrow();
  if (text !== undefined)
    await recordEvents(tx, scope, [{ type: 'reminder.edited', customerId: reminder.customer_id, reminderId }]);
  const strange = await attachFiles(work, reminder, input.fileIds ?? []);
  return strange ?? done({ reminderId });
}

function whatIsWrong({ text, recipients }: ToRemind): ReturnType<typeof failed> | null {
  if (text !== undefined) {
    const checked = checkTemplate(text);
    if (!checked.ok) return checked;
  }
  const bad = [...(recipients?.to ?? []), ...(recipients?.cc ?? [])].find((address) => !isEmail(address));
  if (bad !== undefined) return failed('invalid-input', { field: 'recipients', value: bad });
  return recipients?.to.length === 0 ? failed('invalid-input', { field: 'recipients' }) : null;
}

/** The first that is none of this company's. */
async function unknownFile(
  { tx, company }: CompanyWork,
  fileIds: readonly string[] = [],
): Promise<ReturnType<typeof failed> | null> {
  if (fileIds.length === 0) return null;
  const known = await companyFileSizes(tx, company.id, { kept: true });
  const unknown = fileIds.find((one) => !known.has(one));
  return unknown === undefined ? null : failed('not-found', { what: 'file', id: unknown });
}

/** Only files that were added for this very customer, and that no message carries yet. */
async function attachFiles(
  { tx, company }: CompanyWork,
  { id, customer_id }: Pick<Row<'reminder'>, 'id' | 'customer_id'>,
  fileIds: readonly string[],
): Promise<ReturnType<typeof failed> | null> {
  if (fileIds.length === 0) return null;
  const attached = await tx
    .updateTable('reminder_file')
    .set({ reminder_id: id })
    .where('company_id', '=', company.id)
    .where('customer_id', '=', customer_id)
    .where('reminder_id', 'is', null)
    .where('id', 'in', [...fileIds])
    .returning('id')
    .execute();
  const missing = fileIds.find((one) => !attached.some((row) => row.id === one));
  return missing === undefined ? null : failed('not-found', { what: 'file', id: missing });
}

async function drafted(
  context: Context,
  work: CompanyWork,
  reminderId: string,
  input: ToRemind,
): Promise<Result<DraftedMessage>> {
  const { tx, company } = work;
  const text = await messageTextOf(work, reminderId);
  const message = await messageOf(context, work, reminderId);
  if (!text.ok) return text;
  if (!message.ok) return message;
  const row = await tx
    .selectFrom('reminder as r')
    .innerJoin('step as s', (join) => join.onRef('s.company_id', '=', 'r.company_id').onRef('s.id', '=', 'r.step_id'))
    .select(['r.level', 'r.currency', 'r.asked_minor', 'r.attaches_invoices', 's.name', 's.formal_notice'])
    .select(['s.attach_invoice', 's.id as step_id', 'r.company_file_ids'])
    .where('r.company_id', '=', company.id)
    .where('r.id', '=', reminderId)
    .executeTakeFirstOrThrow();
  const invoice = await tx
    .selectFrom('invoice')
    .select(['number', 'pdf_name', 'pdf_sha256'])
    .where('company_id', '=', company.id)
    .where('id', '=', input.invoiceId)
    .executeTakeFirstOrThrow();
  const { subject, html, text: plain, attachments } = message.value;
  return done({
    level: row.level,
    stepName: row.name,
    formalNotice: row.formal_notice,
    askedMinor: row.asked_minor ?? 0,
    currency: row.currency,
    text: { subject: text.value.subject, body: text.value.body },
    to: text.value.to,
    cc: text.value.cc,
    attachesInvoice: row.attaches_invoices ?? row.attach_invoice,
    companyFileIds: row.company_file_ids ?? (await filesOfSteps(tx, company.id)).get(row.step_id) ?? [],
    invoiceFiles: invoice.pdf_sha256 === null ? [] : [invoice.pdf_name ?? `${invoice.number}.pdf`],
    read: { subject, text: plain, html, attachments },
  });
}
