// Amounts and days as people of the language write them. The server sends minor units and YYYY-MM-DD.
import { type Language, useLanguage, useWords } from '../words/words.tsx';

const locales: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };

const digits = new Map<string, number>();

/** How many decimals a currency has: 2 for EUR, 0 for JPY. */
export function digitsOf(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, known);
  }
  return known;
}

/** Made once for each currency: making one takes longer than a whole row of a list. */
const writers = new Map<string, Intl.NumberFormat>();

/** '1 234,56 €' in French, '€1,234.56' in English. */
function formatAmount(minor: number, currency: string, language: Language): string {
  const value = minor / 10 ** digitsOf(currency);
  const key = `${language} ${currency}`;
  let writer = writers.get(key);
  if (writer === undefined) {
    writer = new Intl.NumberFormat(locales[language], { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
    writers.set(key, writer);
  }
  return writer.format(value);
}

/** What a person typed as an amount ('1 234,56', '1234.5'), in minor units; null where it is none. */
export function parseAmount(text: string, currency: string): number | null {
  const plain = text
    .replace(/[\s€$£]/g, '')
    .replace(/[.,](?=\d{3}(\D|$))(?=.*[.,])/g, '')
    .replace(',', '.');
  if (!/^\d+(\.\d*)?$/.test(plain)) return null;
  const minor = Math.round(Number(plain) * 10 ** digitsOf(currency));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** An amount as it is typed, without its currency: '1234,56'. */
export function typedAmount(minor: number, currency: string, language: Language): string {
  const text = (minor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency));
  return language === 'fr' ? text.replace('.', ',') : text;
}

const utc = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** 'lun. 23 nov.', with the year when it is another one than today's. */
function formatDay(day: string, today: string, language: Language): string {
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  const text = new Intl.DateTimeFormat(locales[language], {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(utc(day));
  return firstOfMonth(text, language);
}

/** French says "1er déc." */
function firstOfMonth(text: string, language: Language): string {
  return language === 'fr' ? text.replace(/(^|\s)1(?=\s)/, (_, before: string) => `${before}1er`) : text;
}

/** 'lundi 23 novembre 2026'. */
export function formatLongDay(day: string, language: Language): string {
  const text = new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeZone: 'UTC' }).format(utc(day));
  return firstOfMonth(text, language);
}

/** The day that many days later. */
export const dayAfter = (day: string, days: number): string =>
  new Date(utc(day).getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** From one day to another: below zero where that is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((utc(to).getTime() - utc(from).getTime()) / 86_400_000);

interface Asked {
  /** Thanks ask for nothing. */
  kind?: 'reminder' | 'thanks';
  currency: string;
  askedMinor: number | null;
  askedOthers: readonly { currency: string; minor: number }[];
}

/** Formatters in the chosen language. */
export function useFormat(today: string) {
  const language = useLanguage();
  const words = useWords();
  return {
    amount: (minor: number, currency: string) => formatAmount(minor, currency, language),
    /** What a message asks for: 'in several currencies' is a sum for each, '1 000,00 € + 200,00 $'. */
    asked: ({ kind, currency, askedMinor, askedOthers }: Asked) =>
      kind === 'thanks'
        ? ''
        : [{ currency, minor: askedMinor ?? 0 }, ...askedOthers]
            .map((one) => formatAmount(one.minor, one.currency, language))
            .join(' + '),
    day: (day: string) => formatDay(day, today, language),
    /** '12,15 %', from hundredths of a percent. */
    rate: (rate: number) =>
      new Intl.NumberFormat(locales[language], { style: 'percent', minimumFractionDigits: 2 }).format(rate / 10_000),
    /** 'en retard de 12 j', 'dans 3 j'. */
    distance: (dueOn: string | null) => {
      if (dueOn === null) return words.noDueDate;
      const late = daysBetween(dueOn, today);
      if (late === 0) return words.dueToday;
      return late > 0 ? words.lateBy(late) : words.dueIn(-late);
    },
  };
}
