// Amounts as files write them: "1 234,56 €", "(12.50)", "-50,00", "+31070,11", "1.234,56-", "CHF 1'250.00".
import { type Currency, parseDecimal } from '../core/money.ts';

export type DecimalMark = ',' | '.';

/** A sign, a currency's code or symbol, at either end. */
const affix = /^(?:[A-Z]{3}(?![A-Z])|\p{Sc}|[+-])\s*|\s*(?:(?<![A-Z])[A-Z]{3}|\p{Sc}|euros?|[+-])$/iu;
const anySpace = /[\s\u2007\u2009\u202f'’]/;
const everySpace = new RegExp(anySpace, 'g');
/** Spaces and apostrophes stand between groups of three digits, nowhere else. */
const groupedBySpaces = /^\d{1,3}(?:[\s\u2007\u2009\u202f'’]\d{3})+(?:[.,]\d+)?$/;
const plain = /^\d+(?:[.,]\d+)?$/;

interface Bare {
  negative: boolean;
  /** Digits with points and commas only. */
  digits: string;
}

/** Without currency, sign and spaces; null where anything else is left. */
function bare(text: string): Bare | null {
  if (plain.test(text)) return { negative: false, digits: text };
  let rest = text.trim().replace(/[\u2212\u2013]/g, '-');
  const signs: string[] = [];
  for (let found = affix.exec(rest); found !== null; found = affix.exec(rest)) {
    if (/[+-]/.test(found[0])) signs.push(found[0].trim());
    rest = found.index === 0 ? rest.slice(found[0].length) : rest.slice(0, found.index);
  }
  const inner = /^\((.*)\)$/s.exec(rest);
  if (inner !== null) {
    signs.push('-');
    rest = inner[1]!.trim().replace(affix, '');
  }
  if (signs.length > 1 || (anySpace.test(rest) && !groupedBySpaces.test(rest))) return null;
  const digits = rest.replace(everySpace, '');
  return /^(?:\d[\d.,]*|[.,]\d+)$/.test(digits) ? { negative: signs[0] === '-', digits } : null;
}

/** The plain decimal ('-1234.5') of a written amount under that decimal mark, or null where it is none. */
function plainDecimal(text: string, mark: DecimalMark): string | null {
  const found = bare(text);
  if (found === null) return null;
  const group = mark === ',' ? '.' : ',';
  const parts = found.digits.split(mark);
  if (parts.length > 2) return null;
  const whole = withoutGroups(parts[0]!, group);
  const fraction = parts[1] ?? '';
  if (whole === null || !/^\d*$/.test(fraction)) return null;
  return `${found.negative ? '-' : ''}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
}

function withoutGroups(whole: string, group: string): string | null {
  if (!whole.includes(group)) return whole;
  const parts = whole.split(group);
  const fits = /^\d{1,3}$/.test(parts[0]!) && parts.slice(1).every((part) => /^\d{3}$/.test(part));
  return fits ? parts.join('') : null;
}

/** Minor units of a written amount, or null where it is none, has too many decimals or is too large. */
export function readAmount(text: string, mark: DecimalMark, currency: Currency): number | null {
  const decimal = plainDecimal(text, mark);
  return decimal === null ? null : parseDecimal(decimal, currency);
}

/**
 * The decimal mark that the values show. Three digits after a single mark say nothing ("1,234"): such a mark is taken to
 * part thousands, since no usual currency has three decimals; `sure` is false where nothing better was found.
 */
export function decimalMarkOf(values: Iterable<string>, fallback: DecimalMark): { mark: DecimalMark; sure: boolean } {
  const votes = { ',': 0, '.': 0 };
  const asGroup = { ',': 0, '.': 0 };
  for (const value of values) {
    const digits = bare(value)?.digits;
    if (digits === undefined) continue;
    const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'));
    if (last === -1) continue;
    const mark = digits[last] as DecimalMark;
    const other: DecimalMark = mark === ',' ? '.' : ',';
    if (digits.indexOf(mark) !== last) votes[other]++;
    else if (digits.includes(other) || digits.length - last !== 4 || /^0?[.,]/.test(digits)) votes[mark]++;
    else asGroup[mark]++;
  }
  if (votes[','] !== votes['.']) return { mark: votes[','] > votes['.'] ? ',' : '.', sure: true };
  if (asGroup[','] !== asGroup['.']) return { mark: asGroup[','] > asGroup['.'] ? '.' : ',', sure: false };
  return { mark: fallback, sure: votes[','] + asGroup[','] === 0 };
}
