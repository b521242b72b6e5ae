// A template as the message that would leave: made by the very function that delivery uses, about a real invoice where there is one;
// and that message sent to whoever wrote it.
import { randomUUID } from 'node:crypto';
import type { MailServer, Outcome, OutgoingMail } from '../channels/sender.ts';
import { addDays, type Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { checkTemplate, type Message, type Template } from '../core/message.ts';
import { askedAmounts } from '../core/plan.ts';
import { kindOfTemplate } from '../core/template-key.ts';
import { recordEvents } from '../db/event.ts';
import { readCompany, readCustomers } from '../db/facts.ts';
import type { Row } from '../db/tables.ts';
import { invoiceOverdueLongest, readInvoiceToPreview } from '../db/template.ts';
import { composeMail, putTogether } from '../formats/mail.ts';
import { openMailServer } from './change-company.ts';
import { senderOf } from './compose-reminder.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { type Owed, type Rendered, renderReminder } from './render-reminder.ts';
import { workOutCharges } from './work-out-charges.ts';

export interface ToPreview extends Template {
  language: string;
  /** Missing: the open invoice that is overdue for longest, else invented figures. */
  invoiceId?: string | undefined;
  /** Of the step that the message is for; 1 where it is missing. */
  level?: number | undefined;
  /** Of the template; missing: one that reminds. */
  key?: string | undefined;
}

export interface PreviewedTemplate extends Message {
  about: {
    customerName: string;
    invoiceNumbers: string[];
    /** The company has no open invoice yet: name and figures are invented. */
    invented: boolean;
  };
}

/** The message as it would leave today, or the fault with the tag's name and its line. Nothing is written. */
export function previewTemplate(
  context: Context,
  acting: Acting,
  input: ToPreview,
): Promise<Result<PreviewedTemplate>> {
  return forCompany(context, acting, (work) => previewOf(work, input));
}

async function previewOf(work: CompanyWork, input: ToPreview): Promise<Result<PreviewedTemplate>> {
  const { tx, company, today } = work;
  // What could not be saved is not shown as if it could leave.
  const kind = kindOfTemplate(input.key ?? '');
  const checked = checkTemplate(input, kind);
  if (!checked.ok) return checked;
  if (kind === 'thanks') return previewOfThanks(work, input);
  const invoiceId = input.invoiceId ?? (await invoiceOverdueLongest(tx, company.id));
  const real = invoiceId === null ? null : await ofInvoice(work, invoiceId, input.level ?? 1);
  if (real !== null && !real.ok) return real;
  const { about, asked, charges, toConsumer } =
    real === null ? invented(input.language, company.currency, today) : real.value;
  const owed: Owed = { asked, information: [], charges, toConsumer };
  const reminder: Rendered = {
    ...about,
    ...asEdited(input),
    level: input.level ?? 1,
    thanked: [],
  };
  const message = renderReminder(company, new Map(), reminder, owed, today);
  if (!message.ok) return message;
  const { customerName, items } = reminder;
  const invoiceNumbers = [...new Set(items.map((item) => item.invoiceNumber))];
  return done({ ...message.value, about: { customerName, invoiceNumbers, invented: real === null } });
}

const asEdited = ({ language, subject, body }: ToPreview) => ({
  templateKey: '',
  language,
  senderName: null,
  subjectEdited: subject,
  bodyEdited: body,
});

/** About invented invoices: what was paid lately may be nothing yet, and says no more about a text. */
async function previewOfThanks({ company, today }: CompanyWork, input: ToPreview): Promise<Result<PreviewedTemplate>> {
  const { about } = invented(input.language, company.currency, today);
  const { customerName, customerNumber, items } = about;
  const thanked = items.map(({ receivableId: _, ...item }) => ({ ...item, paidOn: addDays(today, -1) }));
  const reminder: Rendered = { customerName, customerNumber, ...asEdited(input), level: 0, items: [], thanked };
  const owed: Owed = { asked: new Map(), information: [], charges: [], toConsumer: false };
  const message = renderReminder(company, new Map(), reminder, owed, today);
  if (!message.ok) return message;
  const invoiceNumbers = items.map(({ invoiceNumber }) => invoiceNumber);
  return done({ ...message.value, about: { customerName, invoiceNumbers, invented: true } });
}

type About = Pick<Rendered, 'customerName' | 'customerNumber' | 'items'>;

type Occasion = { about: About } & Pick<Owed, 'asked' | 'charges' | 'toConsumer'>;

async function ofInvoice(work: CompanyWork, invoiceId: string, level: number): Promise<Result<Occasion>> {
  const { tx, company, today } = work;
  const found = await readInvoiceToPreview(tx, company.id, invoiceId);
  if (found === undefined) return failed('not-found', { what: 'invoice', id: invoiceId });
  const { customerId, items, currency, ...about } = found;
  if (items === null) return failed('already-settled', { id: invoiceId });
  const snapshot = await readCompany(tx, company, today);
  const [customer] = await readCustomers(tx, snapshot, [customerId]);
  const { facts } = customer!;
  const asked = askedAmounts(facts);
  const previewed = items.map((item) => ({
    ...item,
    currency,
    invoiceId,
    stepId: '',
    level,
    fee: null,
    occurrence: 0,
  }));
  const charged = await workOutCharges(
    work,
    snapshot.facts,
    new Map([[customerId, facts]]),
    [{ id: '', customerId, items: previewed }],
    () => asked,
  );
  return done({
    about: { ...about, items: previewed },
    asked,
    charges: charged.get('')!.charges,
    toConsumer: facts.kind === 'consumer',
  });
}

const inventedNames: Record<string, string> = { fr: 'Menuiserie Exemple', en: 'Example Joinery' };

function invented(language: string, currency: string, today: Day): Occasion {
  const word = language === 'fr' ? 'EXEMPLE' : 'SAMPLE';
  const items = [
    { receivableId: 'a', invoiceNumber: `${word}-001`, issuedOn: addDays(today, -42), dueOn: addDays(today, -12) },
    { receivableId: 'b', invoiceNumber: `${word}-002`, issuedOn: addDays(today, -35), dueOn: addDays(today, -5) },
  ].map((item, index) => ({ ...item, currency, amountMinor: [123_456, 84_000][index]! }));
  return {
    about: {
      customerName: inventedNames[language] ?? inventedNames.en!,
      customerNumber: 'C-0042',
      items,
    },
    asked: new Map(items.map((item) => [item.receivableId, item.amountMinor])),
    charges: [],
    toConsumer: false,
  };
}

export interface ToTest extends Omit<ToPreview, 'subject' | 'body'> {
  key: string;
  /** As it is edited; missing: as it is saved. */
  text?: Template | undefined;
  to: string;
}

/**
 * Sends the message to the person who asks for it, through the company's mail server, and to nobody else: no customer, no copy, no
 * attachment. What keeps a message of ours from leaving is said as it is for the test of the mail server.
 */
export async function testTemplate(
  context: Context,
  acting: Acting,
  send: (server: MailServer, mail?: OutgoingMail) => Promise<Outcome>,
  input: ToTest,
): Promise<Result<{ to: string; answer: string }>> {
  const prepared = await forCompany(context, acting, (work) => prepareTest(context, work, input));
  if (!prepared.ok) return prepared;
  // The line is open while the server thinks: no transaction waits for it.
  const outcome = await send(prepared.value.server, prepared.value.mail);
  if (outcome.kind !== 'accepted') return failed('mail-server-refused', { answer: outcome.answer });
  return forCompany(context, acting, async ({ tx, scope }) => {
    const { key, language, to } = input;
    await recordEvents(tx, scope, [{ type: 'template.tested', payload: { key, language, name: prepared.value.name } }]);
    return done({ to, answer: outcome.answer });
  });
}

async function prepareTest(
  context: Context,
  work: CompanyWork,
  input: ToTest,
): Promise<Result<{ server: MailServer; mail: OutgoingMail; name: string }>> {
  const { tx, company } = work;
  const saved = await tx
    .selectFrom('template')
    .select(['language', 'name', 'subject', 'body'])
    .where('company_id', '=', company.id)
    .where('key', '=', input.key)
    .execute();
  const own = saved.find((row) => row.language === input.language);
  const text = input.text ?? own;
  // A language that is being added is not saved yet; the template is.
  if (saved.length === 0 || text === undefined) return failed('not-found', { what: 'template', id: input.key });
  const { key, language, invoiceId, level } = input;
  const message = await previewOf(work, { key, language, invoiceId, level, subject: text.subject, body: text.body });
  if (!message.ok) return message;
  const server = await tx.selectFrom('mail_server').selectAll().where('company_id', '=', company.id).executeTakeFirst();
  if (server === undefined) return failed('mail-server-missing');
  if (company.sender_email === null) return failed('sender-missing');
  const mail = toOneself(company, message.value, input.to, new Date(context.now().epochMilliseconds));
  return done({ server: openMailServer(context, server), mail, name: (own ?? saved[0]!).name });
}

/** Its subject says that it is a test: a formal notice in one's own mailbox looks real, and may be passed on. */
function toOneself(company: Row<'company'>, { subject, html, text }: Message, to: string, date: Date): OutgoingMail {
  const from = senderOf(company);
  const skeleton = composeMail({
    from,
    to: [to],
    cc: [],
    replyTo: company.reply_to,
    subject: `[Test] ${subject}`,
    html,
    text,
    messageId: `<${randomUUID()}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
    references: [],
    date,
    attachments: [],
  });
  return { from: from.address, to: [to], raw: putTogether(skeleton, () => Buffer.alloc(0)) };
}
