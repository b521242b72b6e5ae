// Amounts and days as people write them, in French and in English.
import type { Day } from './day.ts';
import { type Currency, digitsOf, toDecimal } from './money.ts';

export type Language = string;

/** Narrow no-break space between thousands, no-break space before the unit: French typography. */
const narrowSpace = '\u202f';
const hardSpace = '\u00a0';

/** 2453036 USD is '24 530,36 USD' in French and 'USD 24,530.36' in English; euros and pounds have their sign. */
export function formatAmount(minor: number, currency: Currency, language: Language): string {
  const sign = currencySigns[currency];
  if (language === 'fr') return `${number(minor, currency, narrowSpace, ',')}${hardSpace}${currencySign(currency)}`;
  const text = number(Math.abs(minor), currency, ',', '.');
  return `${minor < 0 ? '-' : ''}${sign ?? `${currency}${hardSpace}`}${text}`;
}

const currencySigns: Record<Currency, string> = { EUR: '€', GBP: '£' };

/** '€', or the code of a currency whose sign could be that of several. */
export const currencySign = (currency: Currency): string => currencySigns[currency] ?? currency;

function number(minor: number, currency: Currency, thousands: string, point: string): string {
  const decimal = toDecimal(minor, currency);
  const [whole, fraction] = [decimal.split('.')[0]!, decimal.split('.')[1]];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return digitsOf(currency) === 0 ? grouped : `${grouped}${point}${fraction}`;
}

const months: Record<Language, readonly string[]> = {
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

/** '2026-05-01' is '1er mai 2026' in French and '1 May 2026' in English. */
export function formatDay(day: Day, language: Language): string {
  const number = Number(day.slice(8, 10));
  const month = (months[language] ?? months.en!)[Number(day.slice(5, 7)) - 1];
  return `${number}${language === 'fr' && number === 1 ? 'er' : ''} ${month} ${day.slice(0, 4)}`;
}

/** '2026-05-04' is '04/05/2026' in French and '04/05/2026' in English: for the cells of a table. */
export function formatShortDay(day: Day): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}

/** '1 jour', '31 jours', '1 day', '31 days'. */
export function formatDays(days: number, language: Language): string {
  const [one, many] = language === 'fr' ? ['jour', 'jours'] : ['day', 'days'];
  return `${days}${hardSpace}${Math.abs(days) < 2 && (language === 'fr' || Math.abs(days) === 1) ? one : many}`;
}
