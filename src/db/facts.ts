// The snapshot that a plan needs: company, sequences and, for a page of customers, everything a decision looks at. Seven
// statements (one more where the company limits its messages, and one where somebody promised) however many customers the page has.
import { type Kysely, sql } from 'kysely';
import { type SendingCalendar, sendingCalendar, weekdaysOnly, withClosures } from '../core/calendar.ts';
import type { Day } from '../core/day.ts';
import type { Ending } from '../core/ending.ts';
import { type EnrolmentRule, sequenceIdOf } from '../core/enrolment-rule.ts';
import type {
  CompanyFacts,
  CustomerFacts,
  ItemFact,
  MessageFact,
  PauseFact,
  ReceivableFact,
  SendingLimits,
  SequenceFact,
  StepFact,
} from '../core/facts.ts';
import type { Reason } from '../core/reason.ts';
import { countsSince } from '../core/sending-limits.ts';
import type { Timing } from '../core/timing.ts';
import { blockedAmong } from './blocked-address.ts';
import { readCharging } from './charge.ts';
import { readClosures, toClosure } from './closure.ts';
import { readRules } from './enrolment-rule.ts';
import { isAfter } from './paging.ts';
import { isLookedAt, readPromises } from './promise.ts';
import type { Row, Tables } from './tables.ts';

/** What is the same for every customer of a company on a day. */
export interface CompanySnapshot {
  companyId: string;
  today: Day;
  practice: boolean;
  defaultSequenceId: string | null;
  facts: CompanyFacts;
  sequences: ReadonlyMap<string, SequenceFact>;
  rules: ReadonlyMap<string, EnrolmentRule>;
  /** Languages of each template key. */
  templateLanguages: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a case's row says now, so that only what a decision changes is written. */
export interface StoredCase {
  receivableId: string;
  entry: Row<'dunning_case'>['entry'];
  lookOn: Day | null;
  state: Row<'dunning_case'>['state'];
  reason: Reason | null;
  nextOn: Day | null;
  nextStepId: string | null;
}

export interface CustomerSnapshot {
  facts: CustomerFacts;
  /** Nobody and no rule: the company's default holds it. */
  byDefault: boolean;
  cases: ReadonlyMap<string, StoredCase>;
}

/** The sending days of a company, its closures read. */
export async function readCalendar(tx: Kysely<Tables>, company: Row<'company'>): Promise<SendingCalendar> {
  return withClosures(calendarOf(company), (await readClosures(tx, company.id)).map(toClosure));
}

export function limitsOf(company: Row<'company'>): SendingLimits {
  return { perWeek: company.messages_per_week, apartDays: company.days_between_messages };
}

/** Before its closures: weekdays and public holidays. */
function calendarOf(company: Row<'company'>): SendingCalendar {
  return company.sends_on_holidays
    ? weekdaysOnly(company.sending_weekdays)
    : sendingCalendar(company.sending_weekdays, company.country, company.region);
}

export function bankOf(company: Row<'company'>): CompanyFacts['bank'] {
  const { bank_fresh_days: limitDays, bank_fresh_level: level, payments_known_on: knownOn } = company;
  return limitDays === null ? null : { level, limitDays, knownOn };
}

/** `today`: how far back messages are read, where the company has limits, depends on it. */
export async function readCompany(tx: Kysely<Tables>, company: Row<'company'>, today: Day): Promise<CompanySnapshot> {
  const [steps, sequences, pauses, templates] = [
    await tx
      .selectFrom('step')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('deleted_on', 'is', null)
      .orderBy('offset_days')
      .execute(),
    await tx.selectFrom('sequence').selectAll().where('company_id', '=', company.id).execute(),
    await tx
      .selectFrom('pause')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('sequence_id', 'is not', null)
      .where('lifted_on', 'is', null)
      .execute(),
    await tx.selectFrom('template').select(['key', 'language']).where('company_id', '=', company.id).execute(),
  ];
  const languages = new Map<string, Set<string>>();
  for (const { key, language } of templates) {
    languages.set(key, (languages.get(key) ?? new Set()).add(language));
  }
  return {
    companyId: company.id,
    today,
    practice: company.mode === 'practice',
    defaultSequenceId: company.default_sequence_id,
    facts: {
      toleranceMinor: company.tolerance_minor,
      lateEntryDays: company.late_entry_days,
      calendar: await readCalendar(tx, company),
      language: company.language,
      grouping: company.grouping,
      listsNotDue: company.lists_not_due,
      bank: bankOf(company),
      approveEverything: company.mode === 'live' && company.first_sending_approved_at === null,
      limits: limitsOf(company),
      charging: await readCharging(tx, company),
    },
    sequences: new Map(
      sequences.map((sequence) => [
        sequence.id,
        {
          id: sequence.id,
          deleted: sequence.status === 'deleted',
          steps: steps.filter((step) => step.sequence_id === sequence.id).map(toStep),
          pauses: pauses.filter((pause) => pause.sequence_id === sequence.id).map(toPause),
          ending: endingOf(sequence),
          endingSetOn: sequence.ending_set_on,
        },
      ]),
    ),
    rules: new Map((await readRules(tx, company.id)).map((rule) => [rule.id, rule])),
    templateLanguages: languages,
  };
}

/** D3: the contact's language where the template has it, else the company's, else whichever there is. */
export function languageOfTemplate(company: CompanySnapshot, templateKey: string, wanted: string): string {
  const available = company.templateLanguages.get(templateKey);
  if (available === undefined || available.has(wanted)) return wanted;
  const fallback = [company.facts.language, 'en'].find((language) => available.has(language));
  return fallback ?? [...available][0]!;
}

export function timingOf({
  timing: kind,
  timing_days,
  offset_days,
}: Pick<Row<'step'>, 'timing' | 'timing_days' | 'offset_days'>): Timing {
  return { kind, days: timing_days ?? offset_days };
}

/** What comes after the last step. The table's own checks say which columns each kind fills. */
export function endingOf(row: Row<'sequence'>): Ending {
  const days = row.ending_days ?? 0;
  switch (row.ending) {
    case 'nothing':
      return { kind: 'nothing' };
    case 'task':
      return { kind: 'task', days, text: row.ending_text ?? '' };
    case 'repeat':
      return { kind: 'repeat', days, times: row.ending_times ?? 0 };
    case 'litigation':
      return { kind: 'litigation', days };
  }
}

function toStep(row: Row<'step'>): StepFact {
  return {
    id: row.id,
    level: row.level,
    name: row.name,
    timing: timingOf(row),
    offsetDays: row.offset_days,
    channels: row.channels,
    templateKey: row.template_key,
    taskText: row.task_text,
    rolesTo: row.roles_to,
    rolesCc: row.roles_cc,
    minimums: row.minimums,
    requiresApproval: row.requires_approval,
    approvalFrom: row.approval_from,
    leavesAfterHours: row.leaves_after_hours,
    fee: row.fee,
    formalNotice: row.formal_notice,
    sender: { name: row.sender_name, replyTo: row.reply_to },
    addedOn: row.added_on,
  };
}

function toPause(row: { from_on: Day; until_on: Day | null; reason: string }): PauseFact {
  return { fromOn: row.from_on, untilOn: row.until_on, reason: row.reason };
}

/** The sequence of a customer: the one chosen for it, that of the rule that holds it, the company's default, or none. */
export function sequenceOf(
  customer: Pick<Row<'customer'>, 'enrolment' | 'sequence_id'>,
  rule: EnrolmentRule | null,
  company: Pick<CompanySnapshot, 'defaultSequenceId' | 'sequences'>,
): SequenceFact | null {
  const id = sequenceIdOf(
    { enrolment: customer.enrolment, chosenId: customer.sequence_id },
    rule,
    company.defaultSequenceId,
  );
  return id === null ? null : (company.sequences.get(id) ?? null);
}

/** Customers with anything open, by identifier after one: what a simulation goes through. */
export async function customersWithOpen(
  tx: Kysely<Tables>,
  companyId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const found = await sql<{ customer_id: string }>`
    select distinct customer_id from receivable
    where company_id = ${companyId} and open_minor > 0 and ${isAfter('customer_id', after)}
    order by customer_id limit ${sql.lit(limit)}`.execute(tx);
  return found.rows.map((row) => row.customer_id);
}

interface ReceivableRow {
  id: string;
  customer_id: string;
  invoice_id: string;
  number: string;
  type: ReceivableFact['type'];
  status: ReceivableFact['status'];
  issued_on: Day;
  due_on: Day | null;
  position: number;
  currency: string;
  open_minor: number;
  direct_debit: boolean;
  recipients: ReceivableFact['recipients'];
  disputed: boolean;
  pass: number;
  met_on: Day;
  met_how: ReceivableFact['metHow'];
  entry: ReceivableFact['entry'];
  level_by_hand: number | null;
  level_set_on: Day | null;
  look_on: Day | null;
  state: StoredCase['state'];
  reason: Reason | null;
  next_on: Day | null;
  next_step_id: string | null;
  ended_step_ids: string[];
}

/**
 * Everything about these customers, in the order of their identifiers. Lock their rows first where something will be
 * decided: each statement reads what is committed when it runs. What is settled and done with is left out, but for
 * `askedAbout`, an invoice that someone wants explained.
 */
export async function readCustomers(
  tx: Kysely<Tables>,
  company: CompanySnapshot,
  customerIds: readonly string[],
  askedAbout: string | null = null,
): Promise<CustomerSnapshot[]> {
  const { companyId } = company;
  const alsoAsked = askedAbout === null ? sql`` : sql`or r.invoice_id = ${askedAbout}::uuid`;
  const ids = sql`any(${customerIds}::uuid[])`;
  const customers = await sql<
    Pick<
      Row<'customer'>,
      | 'id'
      | 'kind'
      | 'language'
      | 'enrolment'
      | 'sequence_id'
      | 'rule_id'
      | 'delays_days'
      | 'key_account'
      | 'contract_rate'
      | 'forbidden_channels'
    > & {
      anything_left: boolean;
      promised: boolean;
    }
  >`
    select c.id, c.kind, case when p.id is null then c.language else p.language end as language, c.enrolment, c.sequence_id, c.rule_id,
      c.delays_days, c.key_account, c.contract_rate,
      case when p.id is null then c.forbidden_channels else c.forbidden_channels || p.forbidden_channels end as forbidden_channels,
      exists (select from reminder r where r.company_id = c.company_id and r.customer_id = c.id
        and r.kind = 'reminder' and r.left_on is not null and r.state <> 'undelivered' and r.practice = ${company.practice}) as anything_left,
      exists (select from promise p where p.company_id = c.company_id and p.customer_id = c.id
        and ${isLookedAt(company.today)}) as promised
    from customer c left join customer p on p.company_id = c.company_id and p.id = c.payer_id
    where c.company_id = ${companyId} and c.id = ${ids} order by c.id`.execute(tx);
  const receivables = await sql<ReceivableRow>`
    select r.id, r.customer_id, r.invoice_id, i.number, i.type, i.status, i.issued_on, r.due_on, r.position, r.currency, r.open_minor,
      i.direct_debit and i.debit_returned_on is null as direct_debit, i.recipients,
      exists (select from dispute d where d.company_id = r.company_id and d.invoice_id = r.invoice_id and d.closed_on is null) as disputed,
      c.pass, c.met_on, c.met_how, c.entry, c.level_by_hand, c.level_set_on, c.look_on, c.state, c.reason, c.next_on, c.next_step_id,
      array(select e.step_id from ended e
        where e.company_id = c.company_id and e.receivable_id = c.receivable_id and e.pass = c.pass) as ended_step_ids
    from dunning_case c
    join receivable r on r.company_id = c.company_id and r.id = c.receivable_id
    join invoice i on i.company_id = r.company_id and i.id = r.invoice_id
    where c.company_id = ${companyId} and c.customer_id = ${ids} and (r.open_minor > 0 or c.look_on is not null ${alsoAsked})
    order by r.id`.execute(tx);
  // A case, since nothing else finds rows by an index under row-level security. Who pays is written to; what is owed, and all that is decided about it, stays the customer's.
  const contacts = await sql<Pick<Row<'contact'>, 'customer_id' | 'role' | 'email' | 'language'>>`
    select c.id as customer_id, k.role, k.email, k.language
    from customer c join contact k on k.company_id = c.company_id and k.customer_id = case when c.payer_id is null then c.id else c.payer_id end
    where c.company_id = ${companyId} and c.id = ${ids} order by k.id`.execute(tx);
  const blocked = await blockedAmong(tx, companyId, [
    ...contacts.rows.flatMap(({ email }) => email ?? []),
    ...receivables.rows.flatMap(({ recipients }) => (recipients === null ? [] : [...recipients.to, ...recipients.cc])),
  ]);
  const items = await sql<ItemRow>`
    select i.receivable_id, i.pass, i.reminder_id, s.sequence_id, i.step_id, s.level, s.offset_days, i.formal_notice, i.occurrence,
      s.sender_name, s.reply_to, i.state, i.due_on, i.left_on,
      r.state as reminder_state, r.channel, r.send_on, coalesce(r.by_hand, false) as by_hand
    from item i
    join step s on s.company_id = i.company_id and s.id = i.step_id
    left join reminder r on r.company_id = i.company_id and r.id = i.reminder_id
    where i.company_id = ${companyId} and i.receivable_id = any(${receivables.rows.map((row) => row.id)}::uuid[])
      and i.state <> 'dropped'`.execute(tx);
  const credits = await sql<{ customer_id: string; currency: string; minor: number }>`
    select customer_id, currency, sum(minor)::bigint as minor from (
      select customer_id, currency, unallocated_minor as minor from payment
        where company_id = ${companyId} and customer_id = ${ids} and unallocated_minor > 0 and returned_on is null
      union all
      select customer_id, currency, unallocated_minor from invoice
        where company_id = ${companyId} and customer_id = ${ids} and type = 'credit_note' and unallocated_minor > 0
          and status = 'issued'
    ) credit group by 1, 2`.execute(tx);
  const pauses = await sql<{
    customer_id: string | null;
    invoice_id: string | null;
    from_on: Day;
    until_on: Day | null;
    reason: string;
  }>`
    select customer_id, null as invoice_id, from_on, until_on, reason from pause
      where company_id = ${companyId} and customer_id = ${ids} and lifted_on is null
    union all
    select null, p.invoice_id, p.from_on, p.until_on, p.reason from pause p
      join invoice i on i.company_id = p.company_id and i.id = p.invoice_id
      where p.company_id = ${companyId} and i.customer_id = ${ids} and p.lifted_on is null`.execute(tx);
  const messages = await readMessages(tx, company, customerIds);
  const promisedIds = customers.rows.filter(({ promised }) => promised).map(({ id }) => id);
  const promises = await readPromises(tx, companyId, company.today, promisedIds);

  const receivablesOf = groupBy(receivables.rows, (row) => row.customer_id);
  const contactsOf = groupBy(contacts.rows, (row) => row.customer_id);
  const itemsOf = groupBy(items.rows, (row) => row.receivable_id);
  const creditsOf = groupBy(credits.rows, (row) => row.customer_id);
  const pausesOf = groupBy(pauses.rows, (row) => row.customer_id ?? row.invoice_id!);
  return customers.rows.map((customer) => {
    const rows = receivablesOf.get(customer.id) ?? [];
    const rule = customer.rule_id === null ? null : company.rules.get(customer.rule_id)!;
    return {
      facts: {
        id: customer.id,
        kind: customer.kind,
        contractRate: customer.contract_rate,
        language: customer.language,
        sequence: sequenceOf(customer, rule, company),
        rule,
        pauses: (pausesOf.get(customer.id) ?? []).map(toPause),
        promises: promises.get(customer.id) ?? [],
        delaysDays: customer.delays_days,
        keyAccount: customer.key_account,
        contacts: (contactsOf.get(customer.id) ?? []).map(({ role, email, language }) => ({ role, email, language })),
        forbiddenChannels: customer.forbidden_channels,
        blockedAddresses: blocked,
        credits: Object.fromEntries(
          (creditsOf.get(customer.id) ?? []).map((credit) => [credit.currency, credit.minor]),
        ),
        anythingLeft: customer.anything_left,
        messages: messages.get(customer.id) ?? [],
        receivables: rows.map((row) =>
          toReceivable(row, itemsOf.get(row.id) ?? [], pausesOf.get(row.invoice_id) ?? []),
        ),
      },
      byDefault: customer.enrolment === 'default' && rule === null,
      cases: new Map(rows.map((row) => [row.id, toStoredCase(row)])),
    };
  });
}

/**
 * The messages that count for the company's limits, by customer: those that wait to leave, and those that have left since the first
 * day that still counts. Practice and live apart. One statement, through the index by customer; none where there is no limit.
 */
async function readMessages(
  tx: Kysely<Tables>,
  { companyId, practice, facts, today }: CompanySnapshot,
  customerIds: readonly string[],
): Promise<Map<string, MessageFact[]>> {
  const since = countsSince(facts.limits, today);
  if (since === null) return new Map();
  const found = await sql<{ customer_id: string; id: string; state: MessageFact['state']; on: Day; by_hand: boolean }>`
    select customer_id, id, coalesce(left_on, send_on) as "on", by_hand,
      case when left_on is not null then 'left' when state = 'sending' then 'leaving' else 'waiting' end as state
    from reminder
    where company_id = ${companyId} and customer_id = any(${customerIds}::uuid[]) and practice = ${practice} and channel <> 'task'
      and ((left_on >= ${since}::date and state <> 'undelivered') or state in ('to_approve', 'ready', 'sending'))
    order by id`.execute(tx);
  const messages = new Map<string, MessageFact[]>();
  for (const [customerId, rows] of groupBy(found.rows, (row) => row.customer_id))
    messages.set(
      customerId,
      rows.map(({ id, state, on, by_hand }) => ({ reminderId: id, state, on, byHand: by_hand })),
    );
  return messages;
}

interface ItemRow {
  receivable_id: string;
  pass: number;
  reminder_id: string | null;
  sequence_id: string;
  step_id: string;
  level: number;
  offset_days: number;
  occurrence: number;
  sender_name: string | null;
  reply_to: string | null;
  formal_notice: boolean;
  state: ItemFact['state'];
  due_on: Day;
  left_on: Day | null;
  reminder_state: string | null;
  channel: ItemFact['channel'];
  send_on: Day | null;
  by_hand: boolean;
}

function toItem(row: ItemRow): ItemFact {
  return {
    reminderId: row.reminder_id,
    sequenceId: row.sequence_id,
    stepId: row.step_id,
    level: row.level,
    offsetDays: row.offset_days,
    formalNotice: row.formal_notice,
    occurrence: row.occurrence,
    sender: { name: row.sender_name, replyTo: row.reply_to },
    state: row.state,
    dueOn: row.due_on,
    leftOn: row.left_on,
    reminderState: row.reminder_state,
    channel: row.channel,
    sendOn: row.send_on,
    byHand: row.by_hand,
  };
}

function toReceivable(
  row: ReceivableRow,
  items: readonly ItemRow[],
  pauses: readonly { from_on: Day; until_on: Day | null; reason: string }[],
): ReceivableFact {
  return {
    id: row.id,
    invoiceId: row.invoice_id,
    invoiceNumber: row.number,
    type: row.type,
    status: row.status,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    position: row.position,
    currency: row.currency,
    openMinor: row.open_minor,
    directDebit: row.direct_debit,
    disputed: row.disputed,
    pauses: pauses.map(toPause),
    recipients: row.recipients,
    pass: row.pass,
    metOn: row.met_on,
    metHow: row.met_how,
    entry: row.entry,
    levelByHand: row.level_by_hand,
    levelSetOn: row.level_set_on,
    items: items.filter((item) => item.pass === row.pass).map(toItem),
    endedStepIds: row.ended_step_ids,
  };
}

function toStoredCase(row: ReceivableRow): StoredCase {
  return {
    receivableId: row.id,
    entry: row.entry,
    lookOn: row.look_on,
    state: row.state,
    reason: row.reason,
    nextOn: row.next_on,
    nextStepId: row.next_step_id,
  };
}

function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}
