// The words that files use for types, statuses, kinds, languages, roles and countries, in French and English.
import { isCurrency } from '../core/money.ts';
import { plainHeading } from './csv-columns.ts';

function vocabulary(words: Record<string, string>): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([value, list]) => list.split(' ').map((word) => [word, value] as const)),
  );
}

const invoiceTypes = vocabulary({
  standard: 'standard facture invoice fac fa f inv facturestandard 380',
  deposit: 'deposit acompte factureacompte facturedacompte downpayment 386',
  progress: 'progress situation facturedesituation avancement 326',
  final: 'final solde facturedesolde facturefinale definitive',
  subscription: 'subscription abonnement recurrente recurring',
  credit_note: 'creditnote credit avoir av factureavoir facturedavoir creditmemo cn 381',
});

/** 'paid' is no status here: what is settled is said by money, so such a row is read as one with nothing left open. */
const invoiceStatuses = vocabulary({
  draft: 'draft brouillon',
  to_process: 'toprocess atraiter acompleter',
  quote: 'quote devis proforma quotation',
  issued:
    'issued emise emis envoyee sent validee valide validated open ouverte ouvert unpaid impayee impaye nonpayee overdue enretard ' +
    'retard echue late due partiallypaid partiellementpayee partiellementreglee pending enattente aregler apayer comptabilisee',
  written_off: 'writtenoff perte passeeenperte irrecouvrable perteetprofit baddebt',
  cancelled: 'cancelled canceled annulee annule void voided',
  paid: 'paid payee paye reglee regle settled soldee solde acquittee closed encaissee',
});

const kinds = vocabulary({
  business: 'business entreprise societe professionnel pro company b2b',
  consumer: 'consumer particulier individual person b2c part privateperson',
  public: 'public collectivite administration publique mairie publicbody b2g etat secteurpublic',
});

const languages = vocabulary({
  fr: 'fr fra fre francais french frfr',
  en: 'en eng anglais english engb enus',
  de: 'de deu ger allemand german deutsch',
  es: 'es spa espagnol spanish espanol',
  it: 'it ita italien italian italiano',
  nl: 'nl nld dut neerlandais dutch nederlands',
});

const roles = vocabulary({
  main: 'main principal contactprincipal general',
  accounts_payable:
    'accountspayable comptabilite comptabilitefournisseurs comptable accounting facturation compta ap billing finance',
  management: 'management direction gerant dirigeant directeur directrice daf ceo cfo director manager',
});

const yesNo = vocabulary({ yes: 'oui yes true vrai 1 o y x', no: 'non no false faux 0 n' });

export const vocabularies = {
  type: (text: string) => invoiceTypes.get(plainHeading(text)),
  status: (text: string) => invoiceStatuses.get(plainHeading(text)),
  kind: (text: string) => kinds.get(plainHeading(text)),
  language: (text: string) => languages.get(plainHeading(text)),
  role: (text: string) => roles.get(plainHeading(text)),
  directDebit: (text: string) => yesNo.get(plainHeading(text)),
  emailAllowed: (text: string) => yesNo.get(plainHeading(text)),
  country: countryNamed,
  currency: currencyNamed,
} as const;

/** Fields whose values are words of a closed list; recognised by heading only where the values are understood. */
export type WordField = keyof typeof vocabularies;

export function isWordField(field: string): field is WordField {
  return Object.hasOwn(vocabularies, field);
}

const symbols: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP', euro: 'EUR', euros: 'EUR' };

function currencyNamed(text: string): string | undefined {
  const code = symbols[text.toLowerCase()] ?? text.toUpperCase();
  return isCurrency(code) ? code : undefined;
}

const regions = allCountries();

/** ISO 3166 code of a country given by code or by its French or English name. */
function countryNamed(text: string): string | undefined {
  return regions.get(plainHeading(text));
}

function allCountries(): Map<string, string> {
  const found = new Map<string, string>();
  const named = ['fr', 'en'].map((language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }));
  for (let a = 65; a <= 90; a++) {
    for (let b = 65; b <= 90; b++) {
      const code = String.fromCharCode(a, b);
      const names = named.map((display) => display.of(code)).filter((name) => name !== undefined);
      // Former codes (FX is FR) and what is no country of ISO 3166 (EU) have names too.
      const isFormer = Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`;
      if (names.length === 0 || isFormer || ['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'].includes(code)) continue;
      for (const word of [code, ...names]) found.set(plainHeading(word), code);
    }
  }
  for (const [word, code] of [
    ['uk', 'GB'],
    ['usa', 'US'],
    ['etatsunis', 'US'],
    ['fra', 'FR'],
  ] as const)
    found.set(word, code);
  return found;
}
