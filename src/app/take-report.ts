// A report of a mail server, handed in as the file that it came in: what it says of one of our messages.
import { saysAddressIsBad } from '../core/bounce.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { timesHandedOver } from '../db/bounce.ts';
import type { Row } from '../db/tables.ts';
import { type DeliveryReport, type ReportedRecipient, readDeliveryReport } from '../formats/delivery-report.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { addressesOf, type Bounce, type CameBack, comeBack, type LeftMessage, lockConcerned } from './note-bounces.ts';
import { senderOfKept } from './read-message.ts';

export interface ReportTaken {
  reminderId: string;
  customerId: string;
  customerName: string;
  /**
   * undelivered: nobody has the message; partly: others do; noted: the message is being sent again already; unclear: whether the
   * customer has it is not known, and a person is asked; delayed: the server still tries; delivered: it says that it arrived; known: all of
   * it was said before. The last three change nothing.
   */
  outcome: 'undelivered' | 'partly' | 'noted' | 'unclear' | 'delayed' | 'delivered' | 'known';
  /** Those of the outcome: of the message, or those that it was passed on to. */
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
    const told = whatItTells(found, await senderOfKept(work, found), report.recipients);
    if (!told.ok) return told;
    const addresses = told.value.map(({ address }) => address);
    await lockConcerned(work, [found.customer_id], addresses);
    const message = (await messageOf(work, found.id))!;
    const bounces = bouncesIn(told.value, await isOneOfSeveral(work, message));
    const about = { reminderId: message.id, customerId: message.customer_id, customerName: message.name };
    if (bounces.length === 0) return done({ ...about, outcome: 'delivered', addresses, others: [], blocked: [] });
    const { others, blocked, ...came } = await comeBack(work, 'report', message, bounces);
    const of = weightiest(bounces).map(({ address }) => address);
    return done({ ...about, addresses: of, outcome: outcomeOf(bounces, message, came, others), others, blocked });
  });
}

type Said = Omit<Bounce, 'reminderId' | 'customerId'>;

/** Only an address of the message itself is blocked, whichever time it was refused. */
function bouncesIn(told: readonly Told[], isOneOfSeveral: boolean): Said[] {
  return told.flatMap(({ address, recipient: { action, status, reason }, isOfAnother }): Said[] => {
    if (action === 'delayed') return [{ address, kind: action, reason, blocks: false }];
    if (action !== 'failed') return [];
    const blocks = !isOfAnother && saysAddressIsBad(reason, status);
    return [{ address, kind: isOfAnother || isOneOfSeveral ? 'unclear' : action, reason, blocks }];
  });
}

/** The outcome is said of these alone: a report may tell of others that they were delivered. */
function weightiest(bounces: readonly Said[]): Said[] {
  const kind = (['failed', 'unclear'] as const).find((one) => bounces.some((said) => said.kind === one)) ?? 'delayed';
  return bounces.filter((said) => said.kind === kind);
}

function outcomeOf(
  bounces: readonly Said[],
  { state }: Message,
  { isNews, undelivered }: Pick<CameBack, 'isNews' | 'undelivered'>,
  others: readonly string[],
): ReportTaken['outcome'] {
  if (undelivered) return 'undelivered';
  if (!isNews) return 'known';
  if (bounces.some(({ kind }) => kind === 'failed')) {
    if (others.length > 0) return 'partly';
    return state === 'undelivered' ? state : 'noted';
  }
  return bounces.some(({ kind }) => kind === 'unclear') ? 'unclear' : 'delayed';
}

type Message = LeftMessage & Pick<Row<'reminder'>, 'mail_kept'> & { name: string };

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

/** Live, what practice captured is no message: it went to nobody. */
async function messageOf({ tx, company, scope }: CompanyWork, id: string, messageId?: string): Promise<Message | null> {
  const found = await tx
    .selectFrom('reminder as r')
    .innerJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'r.company_id').onRef('c.id', '=', 'r.customer_id'),
    )
    .select(['r.id', 'r.kind', 'r.customer_id', 'r.state', 'r.level', 'r.recipients', 'r.mail_kept', 'c.name'])
    .where('r.company_id', '=', company.id)
    .where('r.id', '=', id)
    .$if(!scope.practice, (query) => query.where('r.practice', '=', false))
    .$if(messageId !== undefined, (query) => query.where('r.message_id', '=', messageId!))
    .executeTakeFirst();
  return found ?? null;
}

/** What a report says of one address of a message, or of one that it was passed on to. */
interface Told {
  /** In lower case: the message's own; of what was passed on and failed, the one that it was passed on to. */
  address: string;
  recipient: ReportedRecipient;
  /** It says nothing for certain of an address of the message. */
  isOfAnother: boolean;
}

/**
 * An address that the message was passed on to (an alias, a list, a forwarding) says nothing certain of the one that it was sent to: one
 * member of a list may have left. `from`: the sender of the message, whose copy says nothing of the customer.
 */
function whatItTells(message: Message, from: string | null, recipients: readonly ReportedRecipient[]): Result<Told[]> {
  const own = addressesOf(message);
  const told = new Map<string, Told>();
  for (const recipient of recipients) {
    const [address, original] = [recipient.address.toLowerCase(), recipient.originalAddress?.toLowerCase()];
    const isCopy = [address, original].includes(from?.toLowerCase() ?? '');
    const passedOn = own.find((one) => one === original) ?? (own.length === 1 && !isCopy ? own[0] : undefined);
    if (own.includes(address)) told.set(address, { address, recipient, isOfAnother: false });
    else if (passedOn !== undefined) {
      const named = recipient.action === 'failed' ? address : passedOn;
      told.set(named, { address: named, recipient, isOfAnother: true });
    }
  }
  const [first] = recipients;
  if (told.size === 0) return failed('report-elsewhere', { address: first!.originalAddress ?? first!.address });
  return done([...told.values()]);
}

/**
 * Whether its Message-ID does not say which message a report is about: it was handed over more than once, or was and is to be again. What
 * one of them says is no news of the other.
 */
async function isOneOfSeveral({ tx, company }: CompanyWork, { id, state }: Message): Promise<boolean> {
  const { times, begun } = await timesHandedOver(tx, company.id, id);
  return times > 1 || (times === 1 && !begun && !leftStates.includes(state));
}

const leftStates: readonly Message['state'][] = ['sent', 'in_doubt', 'undelivered'];
