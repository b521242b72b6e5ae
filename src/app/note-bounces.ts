// What is done about an address to which a message was not delivered: noted with the message, the address blocked wherever it is
// written to, and whoever is in charge asked for another one.
import { perhapsNotDeliveredText, refusedAddressText, shortAnswer } from '../core/bounce.ts';
import { because } from '../core/reason.ts';
import { type AddressHolder, type AddressToBlock, blockAddresses, holdersOf } from '../db/blocked-address.ts';
import { bouncesOf, insertBounces, type NewBounce, takeBackUndelivered } from '../db/bounce.ts';
import { withdrawCharges } from '../db/charge.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import type { Row } from '../db/tables.ts';
import { insertTasks } from '../db/task.ts';
import type { CompanyWork } from './context.ts';
import { customersChanged, dropBehind } from './plan-customers.ts';

export interface Bounce {
  reminderId: string;
  customerId: string;
  address: string;
  /**
   * delayed: the server still tries, nothing changes. unclear: of an address that the message was passed on to, or of one of the times it
   * was handed over: whether it arrived is not known, and a person is asked.
   */
  kind: 'failed' | 'delayed' | 'unclear';
  /** As the server or a person says it. */
  reason: string;
  /** It is the address's fault: nothing is sent to it any more. */
  blocks: boolean;
}

export interface Noted {
  /** What was not known before. */
  fresh: NewBounce[];
  /** Addresses that were not blocked before. */
  blocked: string[];
  /** Who has one of the blocked addresses: once all is written, they are planned for what is true now (customersChanged). */
  customerIds: string[];
}

/**
 * Notes bounces and blocks addresses; what becomes of the messages is the caller's. Locks the customers of all of them, and whoever has
 * one of the addresses, first. The same again changes nothing.
 */
export async function noteBounces(
  work: CompanyWork,
  source: Row<'bounce'>['source'],
  bounces: readonly Bounce[],
): Promise<Noted> {
  const { tx, company, today, now, scope } = work;
  const inShort = bounces.map((one) => ({
    ...one,
    address: one.address.toLowerCase(),
    reason: shortAnswer(one.reason),
  }));
  const blocking = inShort.filter(({ blocks }) => blocks);
  const customerIds = inShort.map(({ customerId }) => customerId);
  const holders = await lockConcerned(
    work,
    customerIds,
    blocking.map(({ address }) => address),
  );
  const at = new Date(now.epochMilliseconds);
  const news = await insertBounces(tx, company.id, { day: today, at, actor: scope.actor, source }, inShort);
  // A folder of reports is handed in again and again: what a person has unblocked since stays so. Who says it anew is listened to.
  const isNews = ({ reminderId, address }: Bounce): boolean =>
    news.some((one) => one.blocks && one.reminderId === reminderId && one.address === address);
  const blockable = source === 'report' ? blocking.filter(isNews) : blocking;
  const marks = { day: today, actor: scope.actor, practice: scope.practice };
  const blocked = await blockAddresses(tx, company.id, marks, blockable);
  await tellOfBlocked(work, blocked, blockable, holders);
  const concerned = [...new Set([...customerIds, ...holders.flatMap(whoConcerned)])];
  const fresh = news.filter(({ isFirst }) => isFirst);
  return { fresh, blocked: blocked.map(({ address }) => address), customerIds: concerned };
}

/** In the history of each who has it; the message is its own customer's alone. Who still has it and would be written to is asked for another. */
async function tellOfBlocked(
  work: CompanyWork,
  blocked: readonly AddressToBlock[],
  bounces: readonly Bounce[],
  holders: readonly AddressHolder[],
): Promise<void> {
  const told = blocked.flatMap(({ address, reason, reminderId }) => {
    const own = bounces.find((one) => one.reminderId === reminderId)!.customerId;
    const having = holders.filter((one) => one.address === address);
    const others = having.filter(({ customerId }) => customerId !== own);
    return [
      { address, reason, reminderId, customerId: own, isAsked: having.length > others.length },
      ...others.map(({ customerId, owes }) => ({ address, reason, reminderId: null, customerId, isAsked: owes })),
    ];
  });
  await recordEvents(
    work.tx,
    work.scope,
    told.map(({ customerId, reminderId, address, reason }) => ({
      type: 'address.blocked',
      customerId,
      reminderId,
      payload: { address, reason },
    })),
  );
  await askForAddresses(
    work,
    told.filter(({ isAsked }) => isAsked),
  );
}

/** The one who has the address, and those whose messages go to it. */
export const whoConcerned = ({ customerId, writtenFor }: AddressHolder): string[] => [customerId, ...writtenFor];

/**
 * Locks these customers, whoever has one of the addresses (in lower case) and those for whom it is written to, in the order in which all
 * locks are taken; answers who has.
 */
export async function lockConcerned(
  { tx, company }: CompanyWork,
  customerIds: readonly string[],
  addresses: readonly string[],
): Promise<AddressHolder[]> {
  const holders = await holdersOf(tx, company.id, [...new Set(addresses)]);
  await lockCustomers(tx, company.id, [...new Set([...customerIds, ...holders.flatMap(whoConcerned)])]);
  return holders;
}

/** Once for each customer and address: whoever owes nothing is not written to, and listed as soon as it owes something. */
function askForAddresses(work: CompanyWork, asked: readonly { customerId: string; address: string }[]): Promise<void> {
  const { language } = work.company;
  return ask(
    work,
    asked.map(({ customerId, address }) => ({ customerId, text: refusedAddressText(address, language) })),
  );
}

async function ask(
  { tx, company, today, scope }: CompanyWork,
  asked: readonly { customerId: string; text: string }[],
): Promise<void> {
  const tasks = asked.map((one) => ({ ...one, id: newId(), reminderId: null, invoiceId: null }));
  await insertTasks(tx, company.id, today, tasks);
  await recordEvents(
    tx,
    scope,
    tasks.map(({ customerId, text }) => ({ type: 'task.created', customerId, payload: { task: text, on: today } })),
  );
}

/** A message that left, and what was said of its addresses since. */
export type LeftMessage = Pick<Row<'reminder'>, 'id' | 'kind' | 'customer_id' | 'state' | 'level' | 'recipients'>;

/** Addresses of a message, To and copies, in lower case. */
export function addressesOf({ recipients: { to, cc } }: Pick<LeftMessage, 'recipients'>): string[] {
  return [...new Set([...to, ...cc].map((address) => address.toLowerCase()))];
}

export interface CameBack {
  /** Nobody has it. */
  undelivered: boolean;
  /** It waits for a person, and holds back the next steps: nothing has left since. */
  waits: boolean;
  /** Addresses that took it. */
  others: string[];
  blocked: string[];
  /** False: all of it was known already. */
  isNews: boolean;
}

/** A report or a person says that a message, whose customer is locked, did not reach these of its addresses. */
export async function comeBack(
  work: CompanyWork,
  source: 'report' | 'person',
  message: LeftMessage,
  bounces: readonly Omit<Bounce, 'reminderId' | 'customerId'>[],
): Promise<CameBack> {
  const { tx, company, scope } = work;
  const { id: reminderId, kind, customer_id: customerId, level } = message;
  const what = kind === 'thanks' ? { thanks: true } : { level };
  const noted = await noteBounces(
    work,
    source,
    bounces.map((one) => ({ ...one, reminderId, customerId })),
  );
  const others = await stillReached(work, message);
  const failed = noted.fresh.filter(({ kind }) => kind === 'failed');
  const delayed = noted.fresh.filter(({ kind }) => kind === 'delayed');
  const unclear = noted.fresh.filter(({ kind }) => kind === 'unclear');
  const hasLeft = message.state === 'sent' || message.state === 'in_doubt';
  // Also where it was noted before, as while the message was being handed over still.
  const undelivered = bounces.some(({ kind }) => kind === 'failed') && others.length === 0 && hasLeft;
  const events: NewEvent[] = [];
  const tell = (type: NewEvent['type'], of: readonly Pick<Bounce, 'address' | 'reason'>[]): void => {
    const payload = { ...what, to: of.map(({ address }) => address), answer: shortAnswer(of[0]!.reason), others };
    events.push({ type, customerId, reminderId, payload });
  };
  if (delayed.length > 0) tell('reminder.delivery-delayed', delayed);
  if (unclear.length > 0) {
    tell('reminder.delivery-unclear', unclear);
    if (hasLeft && !undelivered) await askWhetherItArrived(work, message, unclear);
  }
  let waits = false;
  if (undelivered) {
    const told = failed.length > 0 ? failed : bounces.filter(({ kind }) => kind === 'failed');
    const reason = because('not-delivered', { level, answer: shortAnswer(told[0]!.reason) });
    const held = await takeBackUndelivered(tx, company.id, reminderId, reason);
    // Nobody was asked for what it claimed; sent anew, it claims it. Where later messages have shown it, it stands.
    waits = held.length > 0;
    if (waits) await withdrawCharges(tx, company.id, reminderId);
    tell('reminder.undelivered', told);
    await dropBehind(work, customerId, reminderId, held);
  } else if (failed.length > 0 && hasLeft) tell('reminder.partly-delivered', failed);
  await recordEvents(tx, scope, events);
  if (undelivered || failed.length > 0 || noted.blocked.length > 0) await customersChanged(work, noted.customerIds);
  return { undelivered, waits, others, blocked: noted.blocked, isNews: noted.fresh.length + noted.blocked.length > 0 };
}

/** Once for each message, however many addresses it was passed on to. `fresh`: what is said of it now. */
async function askWhetherItArrived(
  work: CompanyWork,
  { id, customer_id: customerId }: LeftMessage,
  fresh: readonly NewBounce[],
): Promise<void> {
  const { tx, company } = work;
  const said = await bouncesOf(tx, company.id, id);
  if (said.filter(({ kind }) => kind === 'unclear').length > fresh.length) return;
  await ask(work, [{ customerId, text: perhapsNotDeliveredText(fresh[0]!.address, company.language) }]);
}

async function stillReached({ tx, company }: CompanyWork, message: LeftMessage): Promise<string[]> {
  const refused = await tx
    .selectFrom('bounce')
    .select('address')
    .where('company_id', '=', company.id)
    .where('reminder_id', '=', message.id)
    .where('kind', '=', 'failed')
    .execute();
  return addressesOf(message).filter((address) => !refused.some((one) => one.address === address));
}
