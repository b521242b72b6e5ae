// What the words and options of a command give: days, numbers, files, and the things that they name.
import { readFileSync } from 'node:fs';
import * as zod from 'zod';
import { findAllNamed } from '../app/find-named.ts';
import { id } from '../contract/common.ts';
import { type Day, parseDay } from '../core/day.ts';
import type { NamedKind } from '../core/name-words.ts';
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
  const wrong = read.error.issues.map(({ path, message }) => `${path.join('.') || '—'}: ${message}`);
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
