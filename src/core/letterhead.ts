// The company's letterhead: read as it is typed, each field judged, and written as the foot of a message. In France a company states
// its SIREN, the register and the place where it is entered on its letters (Code de commerce, article R. 123-237), and a commercial
// company its form and capital (R. 123-238).
import { electronicFormatIBAN, friendlyFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { isForeignVatNumber, isFrenchVatNumber, isSiren, isSiret, withoutSpaces } from './business-number.ts';
import type { WrongField } from './fault.ts';
import type { Language } from './format.ts';

export const letterheadFields = [
  'legalName',
  'legalForm',
  'capital',
  'street',
  'postcode',
  'city',
  'country',
  'siren',
  'siret',
  'vatNumber',
  'registration',
  'phone',
  'website',
  'iban',
  'bic',
] as const;

type LetterheadField = (typeof letterheadFields)[number];

/** Every field may be missing. Numbers are kept without spaces; `street` may be several lines. */
export type Letterhead = Record<LetterheadField, string | null>;

/** What was typed, in the form in which it is kept, and the fields that are wrong. */
export function readLetterhead(typed: Letterhead): { letterhead: Letterhead; wrong: WrongField[] } {
  const compact = (text: string | null): string | null =>
    text === null ? null : withoutSpaces(text).toUpperCase() || null;
  const siret = compact(typed.siret);
  const letterhead: Letterhead = {
    ...(Object.fromEntries(letterheadFields.map((field) => [field, typed[field]?.trim() || null])) as Letterhead),
    street: typed.street === null ? null : streetLines(typed.street).join('\n') || null,
    siret,
    // Whoever gives the establishment's number has given the company's.
    siren: compact(typed.siren) ?? (siret !== null && isSiret(siret) ? siret.slice(0, 9) : null),
    vatNumber: compact(typed.vatNumber),
    iban: typed.iban === null ? null : electronicFormatIBAN(typed.iban) || null,
    bic: compact(typed.bic),
  };
  return { letterhead, wrong: wrongIn(letterhead) };
}

function wrongIn(given: Letterhead): WrongField[] {
  const { siren, siret, vatNumber, iban, bic, phone, website } = given;
  const wrong: WrongField[] = [];
  const check = (field: LetterheadField, isWrong: boolean, code: WrongField['code']) => {
    if (isWrong && !wrong.some((one) => one.field === field)) wrong.push({ field, code });
  };
  check('siren', siren !== null && !isSiren(siren), 'siren');
  check('siret', siret !== null && !isSiret(siret), 'siret');
  check('siret', siret !== null && siren !== null && !siret.startsWith(siren), 'other-siren');
  check(
    'vatNumber',
    vatNumber !== null && !isFrenchVatNumber(vatNumber) && !isForeignVatNumber(vatNumber),
    'vat-number',
  );
  check(
    'vatNumber',
    vatNumber?.startsWith('FR') === true && siren !== null && !vatNumber.endsWith(siren),
    'other-siren',
  );
  check('iban', iban !== null && !isValidIBAN(iban), 'iban');
  check('bic', bic !== null && !isValidBIC(bic), 'bic');
  check('phone', phone !== null && !/^\+?[\d\s().\u00a0\u202f/-]{4,30}$/.test(phone), 'phone');
  check('website', website !== null && !/^(https?:\/\/)?[^\s/.]+(\.[^\s/.]+)+(\/\S*)?$/i.test(website), 'website');
  return wrong;
}

const streetLines = (street: string): string[] =>
  street
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** '732 829 320', its spaces such that a line never breaks in it. */
const inThrees = (digits: string): string => digits.replace(/(\d{3})(?=\d)/g, '$1\u00a0');

const words = {
  fr: {
    vat: 'TVA',
    capital: (form: string, capital: string) => `${form} au capital de ${capital}`,
    lands: new Intl.DisplayNames('fr', { type: 'region' }),
  },
  en: {
    vat: 'VAT',
    capital: (form: string, capital: string) => `${form} with a capital of ${capital}`,
    lands: new Intl.DisplayNames('en', { type: 'region' }),
  },
};

/** The lines below a message; none where nothing is given. */
export function footerLines(given: Letterhead | null, language: Language): string[] {
  if (given === null) return [];
  const { legalName, legalForm, capital, street, postcode, city, country, registration, phone, website } = given;
  const inLanguage = language === 'fr' ? 'fr' : 'en';
  const form = legalForm !== null && capital !== null ? words[inLanguage].capital(legalForm, capital) : legalForm;
  const town = [postcode, city].filter((part) => part !== null).join(' ');
  const land = country === null ? null : (words[inLanguage].lands.of(country) ?? country);
  const { siren, siret, vatNumber, iban, bic } = given;
  const number =
    siret !== null
      ? `SIRET ${inThrees(siret.slice(0, 9))}\u00a0${siret.slice(9)}`
      : siren === null
        ? null
        : `SIREN ${inThrees(siren)}`;
  const lines = [
    [legalName, form],
    [...(street === null ? [] : streetLines(street)), town || null, land],
    [number, registration, vatNumber === null ? null : `${words[inLanguage].vat} ${vatNumber}`],
    [
      iban === null ? null : `IBAN ${friendlyFormatIBAN(iban)?.replaceAll(' ', '\u00a0')}`,
      bic === null ? null : `BIC ${bic}`,
    ],
    [phone, website],
  ];
  return lines.map((parts) => parts.filter((part) => part !== null).join(' · ')).filter((line) => line !== '');
}
