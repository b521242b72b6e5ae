// What the words and options of a command give: days, numbers, files, and the things that they name.
import { readFileSync } from 'node:fs';
import * as zod from 'zod';
import { companyStatus } from '../app/company-status.ts';
import { findAllNamed } from '../app/find-named.ts';
import { listMembers } from '../app/members.ts';
import { id } from '../contract/common.ts';
import { type Day, parseDay } from '../core/day.ts';
import { parseDecimal } from '../core/money.ts';
import type { NamedKind } from '../core/name-words.ts';
import { typeset } from '../words/typeset.ts';
import { type CommandInput, FaultError, orThrow, UsageError } from './command.ts';

/** UsageError where there is none. */
export function oneWord({ words }: CommandInput, usage: string): string {
  const [word] = words;
  if (word === undefined || word.trim() === '') throw new UsageError(usage);
  return word;
}

export function dayOf(text: string | undefined, usage: string): Day {
  const day = parseDay(text ?? '');
  if (day === null) throw new UsageError(usage);
  return day;
}

/** An option that is a day; undefined where it is not given. */
export function dayOption({ options }: CommandInput, name: string): Day | undefined {
  const said = textOption({ options }, name);
  return said === undefined ? undefined : dayOf(said, `--${name} takes a day, YYYY-MM-DD, not "${said}".`);
}

/** An option that is a whole number from `least` to `most`; undefined where it is not given. */
export function numberOption(
  { options }: Pick<CommandInput, 'options'>,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const said = textOption({ options }, name);
  if (said === undefined) return undefined;
  const number = said.trim() === '' ? Number.NaN : Number(said);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new UsageError(`--${name} takes a number from ${least} to ${most}, not "${said}".`);
  return number;
}

export function textOption({ options }: Pick<CommandInput, 'options'>, name: string): string | undefined {
  return options[name] as string | undefined;
}

/**
 * --amount, in the currency that --currency says, else in the company's; undefined where it is not given. One comma or point is its
 * decimal mark.
 */
export async function amountOption(input: CommandInput): Promise<{ currency: string; minor: number } | undefined> {
  const said = textOption(input, 'amount');
  const given = textOption(input, 'currency');
  if (said === undefined) {
    if (given !== undefined) throw new UsageError('--currency is that of --amount, which is missing.');
    return undefined;
  }
  const currency = given?.toUpperCase() ?? (await companyStatus(input.context, input.acting)).company.currency;
  const minor = parseDecimal(said.trim().replace(',', '.'), currency);
  if (minor === null || minor <= 0) throw new UsageError(`--amount takes an amount, 1234.56, not "${said}".`);
  return { currency, minor };
}

export function levelOption(input: CommandInput): number | undefined {
  return numberOption(input, 'level', 0, 99);
}

/** Their identifiers. UsageError where none is named; the faults of findAllNamed. */
export async function named(
  { context, acting }: CommandInput,
  kind: Parameters<typeof findAllNamed>[2],
  names: readonly string[],
  usage: string,
): Promise<string[]> {
  if (names.length === 0) throw new UsageError(usage);
  return orThrow(await findAllNamed(context, acting, kind, names));
}

/** A member of the company by the address with which they sign in. Fault: 'name-unknown'. */
export async function memberNamed({ context, acting }: CommandInput, email: string): Promise<string> {
  const members = await listMembers(context, acting);
  const found = members.find((one) => one.email.toLowerCase() === email.trim().toLowerCase());
  if (found === undefined) throw new FaultError({ code: 'name-unknown', with: { what: 'user', name: email } });
  return found.userId;
}

/** Identifiers as a list shows them, each once. Fault: 'name-unknown' for what is none. */
export function identifiers(words: readonly string[], what: NamedKind): string[] {
  const wrong = words.find((word) => !id.safeParse(word).success);
  if (wrong !== undefined) throw new FaultError({ code: 'name-unknown', with: { what, name: wrong } });
  return [...new Set(words.map((word) => word.toLowerCase()))];
}

/** A file of JSON ('-': standard input) in the form of the API. Faults: 'invalid-input', with every field that is wrong. */
export function readAs<T extends zod.ZodType>(form: T, file: string, language: CommandInput['language']): zod.infer<T> {
  return parseAs(form, jsonIn(file), language);
}

export function parseAs<T extends zod.ZodType>(
  form: T,
  value: unknown,
  language: CommandInput['language'],
): zod.infer<T> {
  const read = form.safeParse(value, { error: zod.locales[language]().localeError });
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => typeset(`${path.join('.') || '—'}: ${message}`, language));
  const fields = [...new Set(read.error.issues.map(({ path }) => path.join('.') || '—'))].join(', ');
  throw new FaultError({ code: 'invalid-input', with: { fields } }, wrong);
}

export function jsonIn(file: string): unknown {
  const text = textIn(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${(error as Error).message}`);
  }
}

function textIn(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new UsageError(`There is no file ${file}.`);
  }
}
