// `relance settings`: everything of the company that a manager may change, by the names that the API gives it.
import { z } from 'zod';
import { changeCompany, type Settings, settingsOf } from '../app/change-company.ts';
import { companyStatus } from '../app/company-status.ts';
import { companyChange } from '../contract/company.ts';
import type { PaymentTerms } from '../core/payment-terms.ts';
import { termsInWords } from '../core/payment-terms-words.ts';
import type { ScreenLanguage } from '../core/reason-words.ts';
import {
  type Command,
  type CommandInput,
  type CommandOutput,
  exitCodes,
  FaultError,
  orThrow,
  table,
  UsageError,
} from './command.ts';
import { oneWord } from './given.ts';
import { runVerb } from './verbs.ts';
import { type CliWords, wordsOf } from './words.ts';

const { done } = exitCodes;

export const settingsCommand: Command = {
  name: 'settings',
  summary: 'Show or change what the company has set.',
  help: `relance settings show [KEY]
relance settings set KEY VALUE

Keys are those of the API (PATCH /api/companies/{id}); show prints them all. Yes or no is written yes or no, several numbers
with commas, and what is not set none. A value that does not fit is refused, and what would fit is said.

  grouping             invoice or customer: one message for each invoice, or one a day for each customer
  listsNotDue          a customer’s message lists what is not due yet as well
  thanksPayers         a customer that has paid what it was reminded of is thanked, the next sending day
  sendingWeekdays      1,2,3,4,5 (1 is Monday); sendsOnHolidays, sendingFrom and sendingUntil (08:00)
  messagesPerWeek      at most so many messages to one customer a week; daysBetweenMessages: so many days apart
  bankFreshDays        reminders from bankFreshLevel on wait where payments are known no better; none: they never wait
  approvalWaitDays     what waits for approval longer is signalled; tellsApprovers: by mail, each morning
  interestFromLevel    messages from that level on claim interest; indemnityFromLevel; contractRate: 1215 is 12.15 %; settlesFirst
  lateEntryDays        an invoice that arrives later than that after its first step stays outside
  toleranceMinor       in cents: a rest below it is not dunned
  paymentTerms         "30 jours fin de mois": of customers that have none of their own; none: they stay without

Examples
  relance settings show
  relance settings set grouping customer
  relance settings set sendingWeekdays 1,2,3,4
  relance settings set bankFreshDays none`,
  run: runVerb('settings', { show: { most: 1, run: show }, set: { most: 2, run: set } }),
};

type Key = keyof Settings;

function keyOf(name: string): Key {
  if (Object.hasOwn(companyChange.shape, name)) return name as Key;
  throw new FaultError({ code: 'name-unknown', with: { what: 'setting', name } });
}

async function show({ context, acting, words, language }: CommandInput): Promise<CommandOutput> {
  const key = words[0] === undefined ? null : keyOf(words[0]);
  const { company } = await companyStatus(context, acting);
  const all = Object.entries(settingsOf(company));
  const wanted = all.filter(([name]) => key === null || name === key);
  const cells = wanted.map(([name, value]) => [name, shown(value, language)]);
  return { exitCode: done, json: Object.fromEntries(wanted), lines: table(cells) };
}

/** As it is typed, so that what is shown can be set again. */
function shown(value: unknown, language: ScreenLanguage): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (isTerms(value)) return termsInWords(value, language);
  return Array.isArray(value) ? value.join(',') : String(value);
}

const isTerms = (value: unknown): value is PaymentTerms =>
  typeof value === 'object' && value !== null && 'endOfMonth' in value;

async function set(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, words } = input;
  const usage = 'Say what and how: relance settings set KEY VALUE';
  const key = keyOf(oneWord(input, usage));
  const [, said] = words;
  if (said === undefined) throw new UsageError(usage);
  const value = fittingValue(key, said, wordsOf(language));
  const company = orThrow(await changeCompany(context, acting, { [key]: value }));
  const saved = settingsOf(company)[key];
  const lines = [wordsOf(language).settings.saved(key, shown(saved, language))];
  return { exitCode: done, json: { [key]: saved }, lines };
}

/** The first reading of the text that the setting takes. UsageError, with what it takes, where it takes none. */
function fittingValue(key: Key, text: string, words: CliWords): unknown {
  const form = companyChange.shape[key];
  for (const reading of readings(text)) {
    const read = form.safeParse(reading);
    if (read.success && read.data !== undefined) return read.data;
  }
  throw new UsageError(words.settings.expected(key, text, expected(form, words)));
}

function readings(text: string): unknown[] {
  const spoken: Record<string, unknown> = { none: null, yes: true, no: false, true: true, false: false };
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const one = numbers.length === 1 ? numbers : [];
  return [...(Object.hasOwn(spoken, text) ? [spoken[text]] : []), ...one, numbers, text];
}

/** What a form takes, in words: read from the form itself, so that it can't say otherwise. */
function expected(form: z.ZodType, words: CliWords): string {
  const { anyOf, ...schema } = z.toJSONSchema(form, { unrepresentable: 'any' });
  const orNone = anyOf?.some((one) => typeof one === 'object' && one.type === 'null') === true;
  const main = anyOf === undefined ? schema : anyOf.find((one) => typeof one === 'object' && one.type !== 'null');
  return `${kindOf(typeof main === 'object' ? main : schema, words)}${orNone ? words.settings.orNone : ''}`;
}

function kindOf(schema: z.core.JSONSchema.BaseSchema, words: CliWords): string {
  const { settings } = words;
  if (schema.enum !== undefined) return settings.one(schema.enum.join(', '));
  if (schema.type === 'boolean') return settings.boolean;
  if (schema.type === 'array') return settings.list(kindOf(schema.items as z.core.JSONSchema.BaseSchema, words));
  if (schema.type === 'integer') {
    const most = schema.maximum === undefined || schema.maximum >= Number.MAX_SAFE_INTEGER ? null : schema.maximum;
    return settings.number(schema.minimum ?? 0, most);
  }
  return schema.pattern?.includes('[0-5]') === true ? settings.time : settings.text;
}
