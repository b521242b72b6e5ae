// A report of a mail server, handed in as the file that it came in: what it says of one of our messages.
import { saysAddressIsBad } from '../core/bounce.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { type DeliveryReport, type ReportedRecipient, readDeliveryReport } from '../formats/delivery-report.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { addressesOf, type CameBack, comeBack, type LeftMessage, lockConcerned } from './note-bounces.ts';

export interface ReportTaken {
  reminderId: string;
  customerId: string;
  customerName: string;
  /**
   * undelivered: nobody has the message; partly: others do; noted: the message is being sent again already; delayed: the server still
   * tries; delivered: it says that it arrived; known: all of it was said before. The last three change nothing.
   */
  outcome: 'undelivered' | 'partly' | 'noted' | 'delayed' | 'delivered' | 'known';
  /** Of the message, those that it tells about. */
  addresses: string[];
  /** Those that took it. */
  others: string[];
  /** Those that are blocked by it. */
  blocked: string[];
}

/**
 * Faults: 'report-none', 'report-auto-reply', 'report-unknown' for a message that is none of the company's, 'report-elsewhere' for an
 * address to which it was not sent. They change nothing, nor does the same report again.
 */
export async function takeReport(context: Context, acting: Acting, eml: Buffer): Promise<Result<ReportTaken>> {
  const report = await readDeliveryReport(eml);
  if (report.kind === 'none') return failed('report-none');
  if (report.kind === 'auto-reply') return failed('report-auto-reply');
  return forCompany(context, acting, async (work) => {
    const found = await messageNamed(work, report);
    if (found === null) return failed('report-unknown');
    const told = whatItTells(work, found, report.recipients);
    if (!told.ok) return told;
    const addresses = told.value.map(({ address }) => address);
    await lockConcerned(work, [found.customer_id], addresses);
    const message = (await messageOf(work, found.id))!;
    const bounces = told.value.flatMap(({ address, recipient: { action, status, reason } }) => {
      const blocks = action === 'failed' && saysAddressIsBad(reason, status);
      return action === 'failed' || action === 'delayed' ? [{ address, kind: action, reason, blocks }] : [];
    });
    const about = { reminderId: message.id, customerId: message.customer_id, customerName: message.name, addresses };
    if (bounces.length === 0) return done({ ...about, outcome: 'delivered', others: [], blocked: [] });
    const { others, blocked, ...came } = await comeBack(work, 'report', message, bounces);
    const outcome = outcomeOf(
      came,
      others,
      bounces.some(({ kind }) => kind === 'failed'),
    );
    return done({ ...about, outcome, others, blocked });
  });
}

function outcomeOf(
  { isNews, undelivered }: Pick<CameBack, 'isNews' | 'undelivered'>,
  others: readonly string[],
  isFailed: boolean,
): ReportTaken['outcome'] {
  if (!isNews) return 'known';
  if (!isFailed) return 'delayed';
  if (undelivered) return 'undelivered';
  return others.length > 0 ? 'partly' : 'noted';
}

type Message = LeftMessage & { name: string };

/** Our Message-IDs begin with the reminder's identifier: no index is needed to find it. */
async function messageNamed(
  work: CompanyWork,
  { messageIds }: Pick<Extract<DeliveryReport, { kind: 'report' }>, 'messageIds'>,
): Promise<Message | null> {
  for (const messageId of messageIds) {
    const [, id] = /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i.exec(messageId) ?? [];
    const found = id === undefined ? null : await messageOf(work, id, messageId);
    if (found !== null) return found;
  }
  return null;
}

async function messageOf({ tx, company }: CompanyWork, id: string, messageId?: string): Promise<Message | null> {
  const found = await tx
    .selectFrom('reminder as r')
    .innerJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'r.company_id').onRef('c.id', '=', 'r.customer_id'),
    )
    .select(['r.id', 'r.customer_id', 'r.state', 'r.level', 'r.recipients', 'c.name'])
    .where('r.company_id', '=', company.id)
    .where('r.id', '=', id)
    .$if(messageId !== undefined, (query) => query.where('r.message_id', '=', messageId!))
    .executeTakeFirst();
  return found ?? null;
}

/** Each of its recipients as the message knows it. What was forwarded comes back from elsewhere: one address alone is the one meant. */
function whatItTells(
  { company }: CompanyWork,
  message: Message,
  recipients: readonly ReportedRecipient[],
): Result<{ address: string; recipient: ReportedRecipient }[]> {
  const own = addressesOf(message);
  const told = new Map<string, ReportedRecipient>();
  for (const recipient of recipients) {
    const said = [recipient.originalAddress, recipient.address].flatMap((one) => one?.toLowerCase() ?? []);
    // The company's own copy says nothing of the customer.
    const isCopy = said.includes((company.sender_email ?? '').toLowerCase());
    const address = own.find((one) => said.includes(one)) ?? (own.length === 1 && !isCopy ? own[0] : undefined);
    if (address !== undefined) told.set(address, recipient);
  }
  const [first] = recipients;
  if (told.size === 0) return failed('report-elsewhere', { address: first!.originalAddress ?? first!.address });
  return done([...told].map(([address, recipient]) => ({ address, recipient })));
}
