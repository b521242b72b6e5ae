// The shape of every table as the code sees it. Days are 'YYYY-MM-DD' strings, instants are Date, amounts are integers of
// minor units, bytes are Buffer. The migrations are the truth; a test compares the two.
import type { ColumnType, Generated, Selectable } from 'kysely';
import type { ChargeAsked, ChargeKind, Claim, Fee } from '../core/charge.ts';
import type { Day } from '../core/day.ts';
import type { InvoiceType } from '../core/facts.ts';
import type { HalfYear } from '../core/interest.ts';
import type { Letterhead } from '../core/letterhead.ts';
import type { PaymentTerms } from '../core/payment-terms.ts';
import type { RateKind } from '../core/published-rates.ts';
import type { Reason } from '../core/reason.ts';
import type { Role } from '../core/role.ts';

type Json<T> = ColumnType<T, string, string>;
type WithDefault<T> = ColumnType<T, T | undefined, T>;
type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;
/** Written by a trigger only. */
type Derived<T> = ColumnType<T, number | undefined, never>;

export interface Amount {
  currency: string;
  minor: number;
}

export interface CompanyTable {
  id: string;
  name: string;
  country: string;
  region: Nullable<string>;
  time_zone: string;
  language: 'fr' | 'en';
  currency: string;
  mode: WithDefault<'practice' | 'live'>;
  simulated_on: Nullable<Day>;
  sample: WithDefault<boolean>;
  tolerance_minor: WithDefault<number>;
  late_entry_days: WithDefault<number>;
  sending_weekdays: WithDefault<number[]>;
  sends_on_holidays: WithDefault<boolean>;
  sending_from: WithDefault<string>;
  sending_until: WithDefault<string>;
  default_sequence_id: Nullable<string>;
  sender_name: Nullable<string>;
  sender_email: Nullable<string>;
  reply_to: Nullable<string>;
  copy_to_sender: WithDefault<boolean>;
  payment_details: Nullable<string>;
  went_live_at: Nullable<Date>;
  first_sending_approved_at: Nullable<Date>;
  tells_approvers: WithDefault<boolean>;
  approvers_told_on: Nullable<Day>;
  in_charge_told_on: Nullable<Day>;
  approval_wait_days: WithDefault<number>;
  messages_per_week: Nullable<number>;
  days_between_messages: Nullable<number>;
  grouping: WithDefault<'invoice' | 'customer'>;
  lists_not_due: WithDefault<boolean>;
  /** A customer that has paid what it was reminded of is thanked. */
  thanks_payers: WithDefault<boolean>;
  /** What was entered before that day is not thanked for; missing: nothing is. */
  thanks_since: Nullable<Day>;
  /** Sending days; null: reminders never wait for the bank. */
  bank_fresh_days: Nullable<number>;
  bank_fresh_level: WithDefault<number>;
  /** From that level on a message shows and claims interest; null: none does. */
  interest_from_level: Nullable<number>;
  indemnity_from_level: Nullable<number>;
  /** Agreed with all customers that are businesses: hundredths of a percent a year. */
  contract_rate: Nullable<number>;
  /** What money that names an invoice goes to first. */
  settles_first: WithDefault<'principal' | 'charges'>;
  payments_known_on: Nullable<Day>;
  /** Of customers that have none of their own. */
  payment_terms: ColumnType<PaymentTerms | null, string | null | undefined, string | null>;
  letterhead: ColumnType<Letterhead | null, string | null | undefined, string | null>;
  created_at: Generated<Date>;
}

export interface ClosureTable {
  company_id: string;
  id: string;
  from_on: Day;
  until_on: Day;
  label: string;
  yearly: boolean;
}

/** When a member is away, both days included, and who stands in. */
export interface AbsenceTable {
  company_id: string;
  user_id: string;
  stand_in_user_id: string;
  from_on: Day;
  until_on: Day;
}

export interface MailServerTable {
  company_id: string;
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  auth: 'none' | 'password' | 'oauth2';
  username: Nullable<string>;
  secret: Nullable<Buffer>;
  oauth_client_id: Nullable<string>;
  oauth_token_url: Nullable<string>;
  connections: WithDefault<number>;
  tested_at: Nullable<Date>;
  updated_at: Generated<Date>;
}

export interface TemplateTable {
  company_id: string;
  id: string;
  key: string;
  language: string;
  /** In words; one for all languages once a person gave it. */
  name: string;
  subject: string;
  body: string;
  updated_at: Generated<Date>;
}

export interface SequenceTable {
  company_id: string;
  id: string;
  title: string;
  description: WithDefault<string>;
  status: WithDefault<'active' | 'deleted'>;
  created_on: Day;
  /** What comes after the last step, so many days after it. */
  ending: WithDefault<'nothing' | 'task' | 'repeat' | 'litigation'>;
  ending_days: Nullable<number>;
  ending_times: Nullable<number>;
  ending_text: Nullable<string>;
  ending_set_on: Day;
}

export type ContactRole = 'main' | 'accounts_payable' | 'management';
export type Channel = 'email' | 'task';

export interface StepTable {
  company_id: string;
  id: string;
  sequence_id: string;
  level: number;
  name: string;
  /** Its place on the time line. */
  offset_days: number;
  timing: WithDefault<'due' | 'previous' | 'month-end'>;
  /** Null where the timing is offset_days itself. */
  timing_days: Nullable<number>;
  tone: WithDefault<'courteous' | 'firm' | 'final'>;
  sender_name: Nullable<string>;
  reply_to: Nullable<string>;
  tells_in_charge: WithDefault<boolean>;
  channels: WithDefault<Channel[]>;
  template_key: string;
  /** null: what there is to do is said in general words. */
  task_text: Nullable<string>;
  roles_to: WithDefault<ContactRole[]>;
  roles_cc: WithDefault<ContactRole[]>;
  minimums: ColumnType<Record<string, number>, string | undefined, string>;
  requires_approval: WithDefault<boolean>;
  /** Minor units by currency. */
  approval_from: ColumnType<Record<string, number>, string | undefined, string>;
  leaves_after_hours: Nullable<number>;
  fee: ColumnType<Fee | null, string | null | undefined, string | null>;
  formal_notice: WithDefault<boolean>;
  attach_invoice: WithDefault<boolean>;
  added_on: Day;
  deleted_on: Nullable<Day>;
}

/** A file of the company, as steps name it. */
export interface CompanyFileTable {
  company_id: string;
  id: string;
  name: string;
  type: string;
  bytes: number;
  sha256: Buffer;
  added_on: Day;
  added_by: string;
}

/** A file that goes with the messages of a step. */
export interface StepFileTable {
  company_id: string;
  step_id: string;
  file_id: string;
  position: number;
}

export interface CustomerTable {
  company_id: string;
  id: string;
  number: string;
  name: string;
  kind: WithDefault<'business' | 'consumer' | 'public'>;
  category: Nullable<string>;
  language: Nullable<string>;
  street: Nullable<string>;
  postcode: Nullable<string>;
  city: Nullable<string>;
  country: Nullable<string>;
  phone: Nullable<string>;
  notes: WithDefault<string>;
  enrolment: WithDefault<'default' | 'chosen' | 'none'>;
  sequence_id: Nullable<string>;
  /** Which rule put it where it is; null: a person, or the default. */
  rule_id: Nullable<string>;
  delays_days: Nullable<number[]>;
  key_account: WithDefault<boolean>;
  /** Agreed with it: hundredths of a percent a year. */
  contract_rate: Nullable<number>;
  in_charge_user_id: Nullable<string>;
  /** Null: the company's. */
  payment_terms: ColumnType<PaymentTerms | null, string | null | undefined, string | null>;
  /** Who sold to it, as text: few salespeople are users. */
  salesperson_name: Nullable<string>;
  salesperson_email: Nullable<string>;
  /** By which nothing is sent to it. */
  forbidden_channels: WithDefault<'email'[]>;
  /** Who is written to instead; never one that has a payer of its own. */
  payer_id: Nullable<string>;
  /** Where all that it owed is now; it is in no list any more. */
  merged_into_id: Nullable<string>;
  merged_on: Nullable<Day>;
  merged_by: Nullable<string>;
  created_at: Generated<Date>;
}

export interface EnrolmentRuleTable {
  company_id: string;
  id: string;
  /** From 1; the first that matches holds. */
  position: number;
  name: string;
  /** null: no reminders. */
  sequence_id: Nullable<string>;
  categories: string[];
  kinds: ('business' | 'consumer' | 'public')[];
  languages: string[];
  countries: string[];
  /** Of the company's currency. */
  open_from_minor: Nullable<number>;
  key_account: Nullable<boolean>;
  excluded_types: Exclude<InvoiceType, 'credit_note'>[];
}

export interface ContactTable {
  company_id: string;
  id: string;
  customer_id: string;
  role: WithDefault<ContactRole>;
  name: WithDefault<string>;
  email: Nullable<string>;
  phone: Nullable<string>;
  language: Nullable<string>;
  created_at: Generated<Date>;
}

export type { InvoiceType };
export type InvoiceStatus = 'draft' | 'to_process' | 'quote' | 'issued' | 'written_off' | 'cancelled';

/** Addresses that replace the customer's contacts on one invoice. */
export interface Recipients {
  to: string[];
  cc: string[];
}

export interface InvoiceTable {
  company_id: string;
  id: string;
  customer_id: string;
  source: WithDefault<string>;
  number: string;
  type: WithDefault<InvoiceType>;
  status: WithDefault<InvoiceStatus>;
  issued_on: Day;
  arrived_on: Day;
  currency: string;
  total_minor: number;
  unallocated_minor: Derived<number>;
  direct_debit: WithDefault<boolean>;
  debit_returned_on: Nullable<Day>;
  payment_method: Nullable<string>;
  order_reference: Nullable<string>;
  recipients: ColumnType<Recipients | null, string | null | undefined, string | null>;
  pdf_sha256: Nullable<Buffer>;
  pdf_name: Nullable<string>;
  created_at: Generated<Date>;
}

export interface ReceivableTable {
  company_id: string;
  id: string;
  invoice_id: string;
  customer_id: string;
  position: WithDefault<number>;
  due_on: Nullable<Day>;
  currency: string;
  amount_minor: number;
  open_minor: Derived<number>;
}

export interface PaymentTable {
  company_id: string;
  id: string;
  customer_id: string;
  source: WithDefault<string>;
  number: Nullable<string>;
  kind: WithDefault<'payment' | 'settlement'>;
  received_on: Day;
  currency: string;
  amount_minor: number;
  unallocated_minor: Derived<number>;
  reference: Nullable<string>;
  reason: Nullable<string>;
  returned_on: Nullable<Day>;
  return_reason: Nullable<string>;
  created_at: Generated<Date>;
}

/** Money goes to a receivable or to a charge. */
export interface AllocationTable {
  company_id: string;
  id: string;
  receivable_id: Nullable<string>;
  charge_id: Nullable<string>;
  payment_id: Nullable<string>;
  credit_note_id: Nullable<string>;
  amount_minor: number;
  undoes_id: Nullable<string>;
  allocated_on: Day;
  created_at: Generated<Date>;
}

/** What a person says of the rate of a half-year. */
export interface InterestRateTable {
  company_id: string;
  kind: RateKind;
  half_year: HalfYear;
  /** Hundredths of a percent a year. */
  rate: number;
  source: WithDefault<string>;
  confirmed_on: Day;
  confirmed_by: string;
}

/** Written by the database when the message that claims it leaves. */
export interface ChargeTable {
  company_id: string;
  id: string;
  customer_id: string;
  invoice_id: string;
  receivable_id: Nullable<string>;
  /** Of a fee. */
  step_id: Nullable<string>;
  reminder_id: Nullable<string>;
  kind: ChargeKind;
  currency: string;
  amount_minor: number;
  open_minor: Derived<number>;
  up_to_on: Nullable<Day>;
  claimed_on: Day;
  practice: boolean;
  waived_on: Nullable<Day>;
  waived_by: Nullable<string>;
  waived_reason: Nullable<string>;
}

export interface PauseTable {
  company_id: string;
  id: string;
  customer_id: Nullable<string>;
  invoice_id: Nullable<string>;
  sequence_id: Nullable<string>;
  reason: WithDefault<string>;
  from_on: Day;
  until_on: Nullable<Day>;
  lifted_on: Nullable<Day>;
  by_user: Nullable<string>;
}

export interface DisputeTable {
  company_id: string;
  id: string;
  invoice_id: string;
  reason: WithDefault<string>;
  opened_on: Day;
  closed_on: Nullable<Day>;
}

export interface DunningCaseTable {
  company_id: string;
  receivable_id: string;
  customer_id: string;
  pass: WithDefault<number>;
  met_on: Day;
  met_how: 'arrived' | 'enrolled' | 'moved' | 'live' | 'included';
  entry: WithDefault<'pending' | 'entered' | 'outside'>;
  level_by_hand: Nullable<number>;
  level_set_on: Nullable<Day>;
  look_on: Nullable<Day>;
  state: WithDefault<'pending' | 'waiting' | 'active' | 'held' | 'outside' | 'ended'>;
  reason: ColumnType<Reason | null, string | null | undefined, string | null>;
  next_on: Nullable<Day>;
  next_step_id: Nullable<string>;
}

export type ReminderState =
  | 'to_approve'
  | 'ready'
  | 'sending'
  | 'sent'
  | 'in_doubt'
  | 'failed'
  | 'dropped'
  | 'refused'
  /** A person does it; it is then `sent`. */
  | 'to_do'
  /** It left and came back, or every address was refused: a person sends it otherwise, or skips it. */
  | 'undelivered';

/** A mail as it is kept: the document of its bytes without the attachments, and where each of those stood in base64. */
export interface KeptMail {
  /** SHA-256 of the skeleton, in hexadecimal. */
  skeleton: string;
  /** Offsets into the skeleton, in bytes, ascending; the attachment's SHA-256 in hexadecimal. */
  holes: { at: number; attachment: string }[];
}

export type StoredClaim = Claim & { id: string };

export interface ReminderTable {
  company_id: string;
  id: string;
  /** thanks: for what was paid. It has no step, no items and level 0, and asks for nothing. */
  kind: WithDefault<'reminder' | 'thanks'>;
  customer_id: string;
  sequence_id: Nullable<string>;
  step_id: Nullable<string>;
  level: number;
  channel: Channel;
  language: string;
  currency: string;
  state: ReminderState;
  practice: boolean;
  by_hand: WithDefault<boolean>;
  planned_on: Day;
  send_on: Day;
  reason: ColumnType<Reason | null, string | null | undefined, string | null>;
  recipients: Json<Recipients>;
  recipients_chosen: WithDefault<boolean>;
  attaches_invoices: Nullable<boolean>;
  /** Missing: the files of its step. */
  company_file_ids: Nullable<string[]>;
  subject_edited: Nullable<string>;
  body_edited: Nullable<string>;
  asked_minor: Nullable<number>;
  /** What it asks for in other currencies. */
  asked_others: ColumnType<Amount[], string | undefined, string>;
  /** What it claims beside: charges, as soon as it leaves. */
  claims: ColumnType<StoredClaim[] | null, string | null | undefined, string | null>;
  /** All that it asks for beside the principal, charges of earlier messages too. */
  asked_charges: ColumnType<ChargeAsked[], string | undefined, string>;
  approved_by: Nullable<string>;
  approved_at: Nullable<Date>;
  claimed_by: Nullable<string>;
  claim_id: Nullable<string>;
  attempts: WithDefault<number>;
  next_attempt_at: Nullable<Date>;
  /** What whoever is in charge was told of it last. */
  in_charge_told: Nullable<'waiting' | 'left'>;
  left_on: Nullable<Day>;
  left_at: Nullable<Date>;
  message_id: Nullable<string>;
  mail_sha256: Nullable<Buffer>;
  mail_kept: ColumnType<KeptMail | null, string | null | undefined, string | null>;
  /** The customer that it left to, where that one was merged since. */
  merged_from_id: Nullable<string>;
  created_at: Generated<Date>;
}

export interface ItemTable {
  company_id: string;
  id: string;
  reminder_id: Nullable<string>;
  receivable_id: string;
  step_id: string;
  pass: number;
  /** From 1 on: the last step again. */
  occurrence: WithDefault<number>;
  state: 'open' | 'taken' | 'skipped' | 'dropped';
  due_on: Day;
  left_on: Nullable<Day>;
  reason: ColumnType<Reason | null, string | null | undefined, string | null>;
  asked_minor: Nullable<number>;
  /** Whether its step was one when the item was made. */
  formal_notice: WithDefault<boolean>;
}

/** An instalment that a reminder had asked for, and for whose payment a message thanks. */
export interface ThankedTable {
  company_id: string;
  reminder_id: string;
  receivable_id: string;
  pass: number;
  /** Of the last reminder that left for it. */
  step_id: string;
  /** dropped: it may be thanked for again. left_out: a person wanted it so. */
  state: WithDefault<'standing' | 'dropped' | 'left_out'>;
  reason: ColumnType<Reason | null, string | null | undefined, string | null>;
}

/** A person was asked what comes after the last step. */
export interface EndedTable {
  company_id: string;
  receivable_id: string;
  pass: number;
  step_id: string;
  kind: 'task' | 'litigation';
  ended_on: Day;
}

export interface AttemptTable {
  company_id: string;
  id: string;
  reminder_id: string;
  worker_id: string;
  state: 'begun' | 'accepted' | 'refused_for_now' | 'refused' | 'in_doubt' | 'captured';
  begun_at: WithDefault<Date>;
  ended_at: Nullable<Date>;
  answer: Nullable<string>;
}

/** An address of which a recipient's server says that it does not exist: nothing is sent to it. */
export interface BlockedAddressTable {
  company_id: string;
  /** In lower case. */
  address: string;
  reason: string;
  practice: boolean;
  blocked_on: Day;
  blocked_by: string;
  /** The message that came back. */
  reminder_id: Nullable<string>;
}

/** What became of a message at one address, where it was not delivered. */
export interface BounceTable {
  company_id: string;
  reminder_id: string;
  /** In lower case. */
  address: string;
  /** delayed: the server still tries. */
  kind: 'failed' | 'delayed' | 'unclear';
  /** server: said while it was handed over. */
  source: 'server' | 'report' | 'person';
  reason: string;
  blocks: WithDefault<boolean>;
  noted_on: Day;
  noted_at: Date;
  noted_by: string;
}

export interface DocumentTable {
  company_id: string;
  sha256: Buffer;
  stored_on: Day;
  kind: 'mail' | 'attachment' | 'invoice' | 'import';
  bytes: Buffer;
  keep_until: Day;
  legal_hold: WithDefault<boolean>;
}

export interface EventTable {
  company_id: string;
  id: string;
  type: string;
  customer_id: Nullable<string>;
  invoice_id: Nullable<string>;
  reminder_id: Nullable<string>;
  actor: string;
  practice: boolean;
  happened_on: Day;
  happened_at: WithDefault<Date>;
  payload_hash: Buffer;
  sealed_number: Nullable<number>;
  seal: Nullable<Buffer>;
}

export interface EventPayloadTable {
  company_id: string;
  event_id: string;
  salt: Buffer;
  payload: Json<Record<string, unknown>>;
}

export interface RunTable {
  company_id: string;
  id: string;
  day: Day;
  by_schedule: boolean;
  practice: boolean;
  started_at: WithDefault<Date>;
  finished_at: Nullable<Date>;
  counts: ColumnType<Record<string, number> | null, string | null | undefined, string | null>;
}

export interface ReminderFileTable {
  company_id: string;
  id: string;
  customer_id: string;
  reminder_id: Nullable<string>;
  sha256: Buffer;
  name: string;
  type: string;
  bytes: number;
  added_on: Day;
  added_by: string;
}

export interface OperationTable {
  company_id: string;
  id: string;
  kind: WithDefault<'remind' | 'approve' | 'pause' | 'enrol'>;
  /** Of remind. */
  level: Nullable<number>;
  /** Of pause: why, and its last day. */
  reason: Nullable<string>;
  until_on: Nullable<Day>;
  /** Of enrol; null: the rules moved them. */
  enrolment: Nullable<'chosen' | 'none' | 'default'>;
  sequence_id: Nullable<string>;
  state: WithDefault<'running' | 'finished' | 'undoing' | 'undone'>;
  started_at: Date;
  finished_at: Nullable<Date>;
  by_user: string;
  /** When what was approved leaves. */
  leaves_at: Nullable<Date>;
  undone_by: Nullable<string>;
}

/** An invoice that an operation left out, and why; of an approval, one of a message that was not approved. */
export interface RefusedInvoice {
  invoiceId: string;
  invoiceNumber: string;
  reason: Reason;
  reminderId?: string;
}

export interface OperationPartTable {
  company_id: string;
  operation_id: string;
  customer_id: string;
  invoice_ids: string[];
  chosen_ids: WithDefault<string[]>;
  state: WithDefault<'waiting' | 'done' | 'failed' | 'undone'>;
  reminder_ids: WithDefault<string[]>;
  refused: ColumnType<RefusedInvoice[], string | undefined, string>;
  /** The pauses that it made and did not lift again, and what they became by a merge. */
  pause_ids: WithDefault<string[]>;
  /** Why the customer itself was left out; null: it was not. */
  left_out: ColumnType<Reason | null, string | undefined, string | null>;
}

export interface TaskTable {
  company_id: string;
  id: string;
  customer_id: string;
  invoice_id: Nullable<string>;
  text: string;
  due_on: Day;
  /** The reminder that is left when it is done. */
  reminder_id: Nullable<string>;
  /** What came of it, in the words of whoever did it. */
  note: Nullable<string>;
  assigned_to: Nullable<string>;
  done_on: Nullable<Day>;
  done_by: Nullable<string>;
  created_on: Day;
  created_by: string;
}

/** What a customer said that it pays, and when. */
export interface PromiseTable {
  company_id: string;
  id: string;
  customer_id: string;
  /** Missing: all that the customer owed when it was made. */
  invoice_id: Nullable<string>;
  promised_on: Day;
  /** After which it is judged next: of a plan, the day of an instalment. */
  next_on: Day;
  /** Missing: all of what it is about. */
  amount_minor: Nullable<number>;
  currency: Nullable<string>;
  /** How it was said, and by whom. */
  said: WithDefault<string>;
  made_on: Day;
  made_at: WithDefault<Date>;
  made_by: string;
  /** Missing: it runs. */
  ended_on: Nullable<Day>;
  ended_how: Nullable<'kept' | 'broken' | 'replaced' | 'withdrawn'>;
  /** Why it was withdrawn. */
  reason: Nullable<string>;
  /** With which somebody was told that it was broken. */
  task_id: Nullable<string>;
}

/** Of a payment plan. */
export interface PromiseInstalmentTable {
  company_id: string;
  promise_id: string;
  due_on: Day;
  amount_minor: number;
}

export interface PromisedInvoiceTable {
  company_id: string;
  promise_id: string;
  invoice_id: string;
}

export interface ImportTable {
  company_id: string;
  id: string;
  kind: 'customers' | 'invoices' | 'payments';
  file_name: string;
  sha256: Buffer;
  state: 'finished' | 'refused';
  started_at: Date;
  finished_at: WithDefault<Date>;
  counts: Json<Record<string, number>>;
  errors: number;
  by_user: string;
}

export interface ImportErrorTable {
  company_id: string;
  import_id: string;
  position: number;
  row_number: number;
  column_name: Nullable<string>;
  value: Nullable<string>;
  code: string;
  parameters: Json<Record<string, string | number>>;
}

export interface ImportMappingTable {
  company_id: string;
  kind: 'customers' | 'invoices' | 'payments';
  signature: Buffer;
  mapping: Json<Record<string, string>>;
  options: Json<Record<string, string | number>>;
  used_at: WithDefault<Date>;
}

/** The accounts' tables that better-auth writes; the code of ours only reads these columns. */
export interface UserTable {
  id: string;
  name: string;
  email: string;
  created_at: Generated<Date>;
}

export interface MemberTable {
  company_id: string;
  user_id: string;
  role: Role;
  created_at: Generated<Date>;
}

export interface LogoTable {
  company_id: string;
  media_type: 'image/png' | 'image/jpeg';
  bytes: Buffer;
  sha256: Buffer;
}

export interface ApiKeyTable {
  company_id: string;
  id: string;
  name: string;
  role: Exclude<Role, 'owner'>;
  /** SHA-256 of the whole key. */
  hash: Buffer;
  /** Its first characters, by which a person recognises it. */
  prefix: string;
  made_by: string;
  made_at: Date;
  /** The last day on which it is valid, in the company's time zone. */
  ends_on: Nullable<Day>;
  last_used_on: Nullable<Day>;
  revoked_at: Nullable<Date>;
  revoked_by: Nullable<string>;
}

export interface Tables {
  'account.user': UserTable;
  'account.member': MemberTable;
  company: CompanyTable;
  closure: ClosureTable;
  absence: AbsenceTable;
  api_key: ApiKeyTable;
  logo: LogoTable;
  mail_server: MailServerTable;
  template: TemplateTable;
  sequence: SequenceTable;
  step: StepTable;
  company_file: CompanyFileTable;
  step_file: StepFileTable;
  enrolment_rule: EnrolmentRuleTable;
  customer: CustomerTable;
  contact: ContactTable;
  invoice: InvoiceTable;
  receivable: ReceivableTable;
  payment: PaymentTable;
  allocation: AllocationTable;
  charge: ChargeTable;
  interest_rate: InterestRateTable;
  pause: PauseTable;
  dispute: DisputeTable;
  dunning_case: DunningCaseTable;
  reminder: ReminderTable;
  item: ItemTable;
  thanked: ThankedTable;
  ended: EndedTable;
  attempt: AttemptTable;
  blocked_address: BlockedAddressTable;
  bounce: BounceTable;
  document: DocumentTable;
  event: EventTable;
  event_payload: EventPayloadTable;
  run: RunTable;
  task: TaskTable;
  promise: PromiseTable;
  promised_invoice: PromisedInvoiceTable;
  promise_instalment: PromiseInstalmentTable;
  reminder_file: ReminderFileTable;
  operation: OperationTable;
  operation_part: OperationPartTable;
  import: ImportTable;
  import_error: ImportErrorTable;
  import_mapping: ImportMappingTable;
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
