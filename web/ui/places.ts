// Countries and time zones to choose from, and those that the browser suggests.
import type { Language } from '../words/words.tsx';

const countryCodes =
  'AD AE AL AM AR AT AU AZ BA BD BE BF BG BH BI BJ BR BY CA CD CF CG CH CI CL CM CN CO CR CY CZ DE DJ DK DO DZ EC EE EG ES ET ' +
  'FI FR GA GB GE GF GH GN GP GR GT HK HR HT HU ID IE IL IN IQ IS IT JM JO JP KE KH KM KR KW KZ LB LI LK LT LU LV LY MA MC MD ' +
  'ME MG MK ML MQ MR MT MU MX MY NC NE NG NL NO NZ OM PA PE PF PH PK PL PM PT PY QA RE RO RS RU RW SA SE SG SI SK SM SN TD TG ' +
  'TH TN TR TW TZ UA UG US UY UZ VA VE VN YT ZA';

/** By their names in the language. */
export function countries(language: Language): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return countryCodes
    .split(' ')
    .map((code) => ({ value: code, label: names.of(code) ?? code }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

export function timeZones(): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  const own = browserTimeZone();
  return known.includes(own) ? known : [own, ...known];
}

export const browserTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'Europe/Paris';

/** The region of the browser's language where it names one, else France. */
export function browserCountry(): string {
  const { region } = new Intl.Locale(navigator.language);
  return region !== undefined && countryCodes.split(' ').includes(region) ? region : 'FR';
}
