// Days as files write them: 31/12/2024, 12-31-24, 2024-12-31, 20241231, "2019-06-13 00:00:00", 20190614.0, 3 janv. 2024.
import { type Day, dayOf } from '../core/day.ts';

/** What a date with two small numbers means. Dates that begin with the year need no order. */
const dateOrders = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof dateOrders)[number];

const time = /[T ]\s*\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AP]M)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const compact = /^(\d{4})(\d{2})(\d{2})(?:\.0)?$/;
const numbers = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/;
const worded = /^(\d{1,2})(?:er)?[-/. ]+(\p{L}+)\.?[-/. ,]+(\d{4}|\d{2})$/u;
const wordedFirst = /^(\p{L}+)\.?[-/. ]+(\d{1,2})[, ]+(\d{4})$/u;

/** The first letters, without accents, that tell a month in French or English. */
const monthBeginnings: readonly (readonly string[])[] = [
  ['janv', 'jan'],
  ['fev', 'feb'],
  ['mars', 'mar'],
  ['avr', 'apr'],
  ['mai', 'may'],
  ['juin', 'jun'],
  ['juil', 'jul'],
  ['aou', 'aug'],
  ['sep'],
  ['oct'],
  ['nov'],
  ['dec'],
];

/** The day of a written date, or null where it is none in that order. */
export function readDate(text: string, order: DateOrder): Day | null {
  const date = text.trim().replace(time, '').trim();
  const first = yearFirst.exec(date) ?? compact.exec(date);
  if (first !== null) return dayOf(Number(first[1]), Number(first[2]), Number(first[3]));
  const three = numbers.exec(date);
  if (three !== null) return fromThree(three[1]!, three[2]!, three[3]!, order);
  const words = worded.exec(date);
  if (words !== null) return dayOf(fullYear(words[3]!), monthNamed(words[2]!), Number(words[1]));
  const english = wordedFirst.exec(date);
  return english === null ? null : dayOf(fullYear(english[3]!), monthNamed(english[1]!), Number(english[2]));
}

function fromThree(a: string, b: string, c: string, order: DateOrder): Day | null {
  if (order === 'dmy') return dayOf(fullYear(c), Number(b), Number(a));
  if (order === 'mdy') return dayOf(fullYear(c), Number(a), Number(b));
  return c.length === 4 ? null : dayOf(fullYear(a), Number(b), Number(c));
}

/** Two digits mean 1970 to 2069. */
function fullYear(year: string): number {
  if (year.length === 4) return Number(year);
  const short = Number(year);
  return short < 70 ? 2000 + short : 1900 + short;
}

function monthNamed(name: string): number {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return monthBeginnings.findIndex((beginnings) => beginnings.some((beginning) => plain.startsWith(beginning))) + 1;
}

export interface OrderFound {
  order: DateOrder;
  /** Every date with two small numbers can be read both ways: the order was taken from the company's country. */
  ambiguous: boolean;
}

/** The order that the values show: the one that reads most of them; a tie between day and month first is ambiguous. */
export function dateOrderOf(values: Iterable<string>, fallback: DateOrder): OrderFound {
  const reads = { dmy: 0, mdy: 0, ymd: 0 };
  let open = 0;
  for (const value of values) {
    if (!numbers.test(value.trim().replace(time, '').trim())) continue;
    open++;
    for (const order of dateOrders) if (readDate(value, order) !== null) reads[order]++;
  }
  if (open === 0) return { order: fallback, ambiguous: false };
  const best = Math.max(reads.dmy, reads.mdy, reads.ymd);
  const able = dateOrders.filter((order) => reads[order] === best);
  if (able.length === 1) return { order: able[0]!, ambiguous: false };
  return {
    order: able.includes(fallback) ? fallback : able[0]!,
    ambiguous: able.includes('dmy') && able.includes('mdy'),
  };
}

/** Which order a country writes. */
export function usualDateOrder(country: string): DateOrder {
  return country === 'US' ? 'mdy' : 'dmy';
}
