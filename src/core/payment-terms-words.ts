// Payment terms in words, and read from what people write in forms and files. What is not understood is nothing: terms are never guessed.
import type { PaymentTerms } from './payment-terms.ts';
import type { ScreenLanguage } from './reason-words.ts';

/** '30 jours fin de mois le 15', 'fin de mois + 45 jours', 'à réception'. What is said can be read again. */
export function termsInWords({ days, endOfMonth, dayOfMonth }: PaymentTerms, language: ScreenLanguage): string {
  const { count, atOnce, monthEnd, on } = words[language];
  const counted = days === 0 ? [] : [count(days)];
  const reached =
    endOfMonth === null
      ? counted
      : endOfMonth === 'after'
        ? [...counted, monthEnd]
        : [[monthEnd, ...counted].join(' + ')];
  const said = [...reached, ...(dayOfMonth === null ? [] : [on(dayOfMonth)])];
  return said.length === 0 ? atOnce : said.join(' ');
}

const words = {
  fr: {
    count: (days: number) => `${days} ${days === 1 ? 'jour' : 'jours'}`,
    atOnce: 'à réception',
    monthEnd: 'fin de mois',
    on: (day: number) => `le ${day === 1 ? '1er' : day}`,
  },
  en: {
    count: (days: number) => `${days} ${days === 1 ? 'day' : 'days'}`,
    atOnce: 'on receipt',
    monthEnd: 'end of month',
    on: (day: number) => `on the ${day}${ordinalEnding(day)}`,
  },
} as const;

function ordinalEnding(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}

/** Null: not understood. "45 jours fin de mois" is read in its order: the days, then the end of the month. */
export function readTerms(text: string): PaymentTerms | null {
  const said = inCode(text);
  if (said === 'NOW') return { days: 0, endOfMonth: null, dayOfMonth: null };
  for (const { form, endOfMonth } of forms) {
    const found = form.exec(said)?.groups;
    if (found === undefined) continue;
    const days = Number(found.days ?? 0);
    const dayOfMonth = found.on === undefined ? null : Number(found.on);
    if (days > 365 || dayOfMonth === 0 || (dayOfMonth ?? 0) > 31) return null;
    // "Le 15 du mois suivant" is past the end of the month first.
    const ends = endOfMonth ?? (found.next === undefined ? null : 'after');
    return { days, endOfMonth: days === 0 && ends === 'before' ? 'after' : ends, dayOfMonth };
  }
  return null;
}

/** What is understood as the text is shortened to it: D30 for days, EOM, ON15 for a day of the month, NEXT for that of the next. */
const shortened: readonly [RegExp, string][] = [
  [/\b(?:fdm|f d m|fin (?:de|du) mois(?: de facturation)?|eom|(?:the )?end of (?:the )?month|month end)\b/g, 'EOM'],
  [/\b(?:a compter de|a partir de|apres|after|from|following) (?:la |l )?EOM/g, 'PAST EOM'],
  [/\b(?:au )?comptant\b|\bimmediate?(?:ly)?\b|\ba reception\b|\b(?:up)?on receipt\b/g, 'NOW'],
  [/\b(?:du mois suivant|of the (?:next|following) month)\b/g, 'NEXT'],
  [/\b(?:le|(?:on )?the) (\d{1,2})(?: ?(?:er|st|nd|rd|th))?\b/g, 'ON$1'],
  [/\b(\d{1,2}) ?(?:er|st|nd|rd|th)\b/g, 'ON$1'],
  [/\b(\d{1,3}) (?:jours?|jrs?|j|days?|d)\b/g, 'D$1'],
  // A number alone is as likely the code that some software gives its terms.
  [/\b(\d{1,3}) (?=EOM)/g, 'D$1 '],
  [/EOM \+ (\d{1,3})\b/g, 'EOM + D$1'],
  [/\bnets? (\d{1,3})\b/g, 'D$1'],
  [/\b(\d{1,3}) nets?\b/g, 'D$1'],
  // What says only that these are terms, and that they count from the invoice.
  [
    /\b(?:(?:a (?:compter|partir) )?(?:de |d )?(?:la )?|apres |from |of |after )?(?:the )?(?:date (?:de |d )?(?:la )?)?(?:facture|emission|invoice)(?: date)?\b/g,
    '',
  ],
  [/\b(?:paiement|reglement|payable|echeance|delai|payment|terms|due|within|sous|calendaires?|nets?)\b/g, ''],
  [/\b(?:a|de|in) (?=D\d|EOM)/g, ''],
];

function inCode(text: string): string {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’'.,;:()]/g, ' ')
    .replace(/(?<=[a-z] ?)-(?= ?[a-z])/g, ' ')
    .replace(/(\d)(?=[a-z])/g, '$1 ')
    .replace(/\+/g, ' + ')
    .replace(/\s+/g, ' ')
    .trim();
  const short = shortened.reduce((said, [words, code]) => said.replace(words, code), plain);
  return short.replace(/\s+/g, ' ').trim();
}

const onDay = '(?: ?ON(?<on>\\d+)(?<next> NEXT)?)?$';

const forms: readonly { form: RegExp; endOfMonth: PaymentTerms['endOfMonth'] }[] = [
  { form: new RegExp(`^(?:D(?<days>\\d+) )?EOM${onDay}`), endOfMonth: 'after' },
  { form: new RegExp(`^EOM(?: \\+)? D(?<days>\\d+)${onDay}`), endOfMonth: 'before' },
  { form: new RegExp(`^D(?<days>\\d+) PAST EOM${onDay}`), endOfMonth: 'before' },
  { form: new RegExp(`^D(?<days>\\d+)${onDay}`), endOfMonth: null },
  { form: /^ON(?<on>\d+)(?<next> NEXT)?$/, endOfMonth: null },
];
