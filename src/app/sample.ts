// What a sample company has: customers, invoices and payments as in life, from a seeded generator of our own.
import { addDays, type Day, daysBetween } from '../core/day.ts';
import type { Currency } from '../core/money.ts';

export interface SampleInvoice {
  number: string;
  issuedOn: Day;
  dueOn: Day;
  totalMinor: number;
  /** When the money arrived; null: not yet. */
  paidOn: Day | null;
  paidMinor: number;
}

export interface SampleCustomer {
  number: string;
  name: string;
  kind: 'business' | 'consumer' | 'public';
  language: 'fr' | 'en';
  city: string;
  postcode: string;
  contactName: string;
  email: string;
  invoices: SampleInvoice[];
}

export interface Sample {
  currency: Currency;
  customers: SampleCustomer[];
}

/** A sequence of numbers from 0 to 1 that is the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const trades = [
  'Menuiserie',
  'Boulangerie',
  'Garage',
  'Atelier',
  'Pharmacie',
  'Imprimerie',
  'Plomberie',
  'Librairie',
  'Brasserie',
  'Transports',
  'Électricité',
  'Maçonnerie',
  'Fromagerie',
  'Pépinières',
  'Ébénisterie',
  'Chaudronnerie',
];
const surnames = [
  'Kerbrat',
  'Le Gall',
  'Moreau',
  'Lefèvre',
  'Chevalier',
  'Fontaine',
  'Marchand',
  'Garnier',
  'Roussel',
  'Barbier',
  'Guérin',
  'Lemoine',
  'Perrin',
  'Gauthier',
  'Dumas',
  'Besson',
  'Charpentier',
  'Hervé',
  'Delorme',
  'Vasseur',
  'Noël',
  'Bréhat',
  'Quéméner',
  'Tanguy',
];
const firstNames = [
  'Claire',
  'Yann',
  'Sophie',
  'Julien',
  'Nathalie',
  'Thomas',
  'Élodie',
  'François',
  'Anaïs',
  'Gaëlle',
  'Hélène',
  'Benoît',
];
const cities: readonly [string, string][] = [
  ['29000', 'Quimper'],
  ['35000', 'Rennes'],
  ['44000', 'Nantes'],
  ['69003', 'Lyon'],
  ['31000', 'Toulouse'],
  ['33000', 'Bordeaux'],
  ['59000', 'Lille'],
  ['67000', 'Strasbourg'],
  ['13006', 'Marseille'],
  ['75011', 'Paris'],
  ['21000', 'Dijon'],
  ['38000', 'Grenoble'],
];
const others: readonly Pick<SampleCustomer, 'name' | 'kind' | 'language'>[] = [
  { name: 'Mairie de Plouarzel', kind: 'public', language: 'fr' },
  { name: 'Collège Simone-Veil', kind: 'public', language: 'fr' },
  { name: 'Harbour & Finch Ltd', kind: 'business', language: 'en' },
  { name: 'Northwind Joinery', kind: 'business', language: 'en' },
  { name: 'Mme Odile Carré', kind: 'consumer', language: 'fr' },
  { name: 'M. René Dupré', kind: 'consumer', language: 'fr' },
];

/**
 * Some 40 customers with some 300 invoices over the months before `today`. Each customer has a habit: it pays on time, some
 * days late, weeks late, or hardly ever; amounts spread over three powers of ten.
 */
export function makeSample(today: Day, seed = 20_261_122): Sample {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const named = Array.from({ length: 34 }, (_, index) => ({
    name: `${trades[index % trades.length]} ${surnames[(index * 7 + Math.floor(random() * 3)) % surnames.length]}`,
    kind: 'business' as const,
    language: 'fr' as const,
  }));
  const seen = new Set<string>();
  const customers = [...named, ...others].map((who, index): SampleCustomer => {
    const name = seen.has(who.name) ? `${who.name} et Fils` : who.name;
    seen.add(name);
    const [postcode, city] = pick(cities);
    const contactName = `${pick(firstNames)} ${pick(surnames)}`;
    return {
      ...who,
      name,
      number: `C-${String(index + 1).padStart(3, '0')}`,
      postcode,
      city,
      contactName,
      email: `compta@${domainOf(name)}.example`,
      invoices: [],
    };
  });
  const habits = customers.map(() => pick(['prompt', 'prompt', 'prompt', 'late', 'late', 'slow', 'never'] as const));
  for (let number = 1; number <= 300; number++) {
    const at = Math.floor(random() ** 1.3 * customers.length);
    const customer = customers[at]!;
    const issuedOn = addDays(today, -Math.floor(random() * 170) - 1);
    const dueOn = addDays(issuedOn, customer.kind === 'consumer' ? 15 : 30);
    const totalMinor = Math.round(10 ** (4 + random() * 2.3)) + Math.floor(random() * 100);
    const delay = {
      prompt: random() * 6 - 4,
      late: 4 + random() * 16,
      slow: 15 + random() * 40,
      never: 60 + random() * 200,
    }[habits[at]!];
    const paid = addDays(dueOn, Math.round(delay));
    const arrived = daysBetween(paid, today) > 0;
    const partly = arrived ? random() < 0.03 : random() < 0.05;
    const paidMinor = partly ? Math.floor(totalMinor / 2) : arrived ? totalMinor : 0;
    customer.invoices.push({
      number: '',
      issuedOn,
      dueOn,
      totalMinor,
      paidOn: paidMinor > 0 ? (arrived ? paid : addDays(today, -1)) : null,
      paidMinor,
    });
  }
  numberInOrder(customers);
  return { currency: 'EUR', customers };
}

/** Numbers rise with the date of issue, as the law wants them to (CGI annexe II, article 242 nonies A). */
function numberInOrder(customers: readonly SampleCustomer[]): void {
  const all = customers
    .flatMap((customer) => customer.invoices)
    .sort((a, b) => (a.issuedOn < b.issuedOn ? -1 : a.issuedOn > b.issuedOn ? 1 : a.totalMinor - b.totalMinor));
  all.forEach((invoice, index) => {
    invoice.number = `FAC-${invoice.issuedOn.slice(0, 4)}-${String(index + 1).padStart(4, '0')}`;
  });
}

function domainOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
