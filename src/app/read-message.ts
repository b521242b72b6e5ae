// A reminder's message: the very bytes that left, or, before it leaves, as it would leave now.
import { done, failed, type Result } from '../core/fault.ts';
import { forSoMany } from '../core/message.ts';
import { type BounceShown, bouncesOf } from '../db/bounce.ts';
import { invoicesOf, type ReminderToRender, readRemindersToRender } from '../db/delivery.ts';
import { readDocuments } from '../db/document.ts';
import { readCompany, readCustomers } from '../db/facts.ts';
import type { Row } from '../db/tables.ts';
import { bodiesOf, putTogether, type ReadMail, readMail, senderIn, sha256 } from '../formats/mail.ts';
import { attachmentHashes, composeReminder, dateOfMail } from './compose-reminder.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { askedIn, type Owed, owedIn, renderReminder, templatesByKey } from './render-reminder.ts';
import { workOutCharges } from './work-out-charges.ts';

export interface ReadMessage extends ReadMail {
  /** True: what left, byte for byte; false: as it would leave now. */
  left: boolean;
  /** RFC 5322. */
  eml: Buffer;
  state: Row<'reminder'>['state'];
  /** What was said of its addresses, where it was not delivered. */
  bounces: BounceShown[];
  /** Not delivered, and it holds back the next steps until a person decides. */
  waits: boolean;
}

/** What is shown is read from the bytes: a template that was edited since changes nothing of what left. */
export function readMessage(context: Context, acting: Acting, reminderId: string): Promise<Result<ReadMessage>> {
  return forCompany(context, acting, (work) => messageOf(context, work, reminderId));
}

/** The same within a transaction that does more. */
export async function messageOf(context: Context, work: CompanyWork, reminderId: string): Promise<Result<ReadMessage>> {
  const { tx, company } = work;
  const row = await tx
    .selectFrom('reminder')
    .selectAll()
    .where('company_id', '=', company.id)
    .where('id', '=', reminderId)
    .executeTakeFirst();
  if (row === undefined) return failed('not-found', { what: 'reminder', id: reminderId });
  // What a person does has no message.
  if (row.channel === 'task') return failed('not-found', { what: 'message', id: reminderId });
  const [reminder] = await readRemindersToRender(tx, company.id, [reminderId]);
  if (reminder === undefined || reminder.items === null)
    return failed('not-found', { what: 'message', id: reminderId });
  const kept = row.left_on === null ? null : await keptMail(work, row);
  const eml = kept ?? (await asItWouldLeave(context, work, row, reminder));
  if (!Buffer.isBuffer(eml)) return eml;
  const bounces = await bouncesOf(tx, company.id, reminderId);
  const waits = row.state === 'undelivered' && (await hasOpenItems(work, reminderId));
  return done({ ...(await readMail(eml)), left: kept !== null, eml, state: row.state, bounces, waits });
}

async function hasOpenItems({ tx, company }: CompanyWork, reminderId: string): Promise<boolean> {
  const open = await tx
    .selectFrom('item')
    .select('id')
    .where('company_id', '=', company.id)
    .where('reminder_id', '=', reminderId)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return open !== undefined;
}

export interface MessageText {
  subject: string;
  body: string;
  edited: boolean;
  to: string[];
  cc: string[];
}

/** What the message is made from: its template, or the text that a person wrote for it. */
export function readMessageText(context: Context, acting: Acting, reminderId: string): Promise<Result<MessageText>> {
  return forCompany(context, acting, (work) => messageTextOf(work, reminderId));
}

export async function messageTextOf({ tx, company }: CompanyWork, reminderId: string): Promise<Result<MessageText>> {
  const [reminder] = await readRemindersToRender(tx, company.id, [reminderId]);
  if (reminder === undefined) return failed('not-found', { what: 'reminder', id: reminderId });
  const template = await tx
    .selectFrom('template')
    .select(['subject', 'body'])
    .where('company_id', '=', company.id)
    .where('key', '=', reminder.templateKey)
    .where('language', '=', reminder.language)
    .executeTakeFirst();
  const invoices = new Set(invoicesOf(reminder)?.map(({ invoiceId }) => invoiceId)).size;
  const ready = forSoMany({ subject: template?.subject ?? '', body: template?.body ?? '' }, invoices);
  return done({
    subject: reminder.subjectEdited ?? ready.subject,
    body: reminder.bodyEdited ?? ready.body,
    edited: reminder.bodyEdited !== null,
    to: reminder.recipients.to,
    cc: reminder.recipients.cc,
  });
}

async function asItWouldLeave(
  context: Context,
  work: CompanyWork,
  row: Row<'reminder'>,
  reminder: ReminderToRender,
): Promise<Buffer | Fault> {
  const { tx, company, today } = work;
  const files = bodiesOf(await readDocuments(tx, company.id, attachmentHashes(reminder)));
  const owed = await owedThen(work, row, reminder);
  const templates = templatesByKey(
    await tx.selectFrom('template').selectAll().where('company_id', '=', company.id).execute(),
  );
  const rendered = renderReminder(company, templates, reminder, owed, row.left_on ?? today);
  if (!rendered.ok) return rendered;
  return composeReminder(company, reminder, rendered.value, files, dateOfMail(company, today, context.now())).raw;
}

type Fault = Extract<Result<never>, { ok: false }>;

/** What was asked for when it left; before that, what is asked for today. */
async function owedThen(
  { tx, company, today }: CompanyWork,
  row: Row<'reminder'>,
  reminder: ReminderToRender,
): Promise<Owed> {
  if (row.left_on === null) {
    const snapshot = await readCompany(tx, company, today);
    const [customer] = await readCustomers(tx, snapshot, [row.customer_id]);
    const { facts } = customer!;
    const charged = await workOutCharges(
      { tx, company, today },
      snapshot.facts,
      new Map([[facts.id, facts]]),
      [reminder],
      () => askedIn(facts, reminder),
    );
    return owedIn(snapshot.facts, facts, reminder, charged.get(reminder.id)!.charges, today);
  }
  const items = await tx
    .selectFrom('item')
    .select(['receivable_id', 'asked_minor'])
    .where('company_id', '=', company.id)
    .where('reminder_id', '=', row.id)
    .execute();
  const asked = new Map(items.map((item) => [item.receivable_id, item.asked_minor ?? 0]));
  return { asked, information: [], charges: row.asked_charges, toConsumer: false };
}

/** Who the mail was from, as it was handed over: the company may have another address by now. */
export async function senderOfKept(
  { tx, company }: CompanyWork,
  { mail_kept: kept }: Pick<Row<'reminder'>, 'mail_kept'>,
): Promise<string | null> {
  if (kept === null) return null;
  const skeletons = await readDocuments(tx, company.id, [kept.skeleton]);
  return senderIn(skeletons.get(kept.skeleton)!);
}

/** The mail as it left. Throws where it can't be rebuilt to the very bytes whose hash was kept. */
async function keptMail({ tx, company }: CompanyWork, row: Row<'reminder'>): Promise<Buffer | null> {
  if (row.mail_kept === null || row.mail_sha256 === null) return null;
  const { skeleton, holes } = row.mail_kept;
  const files = await readDocuments(tx, company.id, [skeleton, ...holes.map((hole) => hole.attachment)]);
  const bodies = bodiesOf(new Map(holes.map(({ attachment }) => [attachment, files.get(attachment)!])));
  const bytes = putTogether({ bytes: files.get(skeleton)!, holes }, (hash) => bodies.get(hash)!);
  if (!sha256(bytes).equals(row.mail_sha256)) throw new Error(`The kept mail of reminder ${row.id} is not what left.`);
  return bytes;
}
