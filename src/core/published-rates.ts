// The rates that Relance comes with, by half-year: data, each with its source. What is marked to check is used by nobody until a
// person has confirmed it; what a company says itself comes before it, and a half-year that is missing is not known.
import type { HalfYear, Rate } from './interest.ts';

/**
 * late_payment: between businesses, where no rate is agreed; public: of public bodies; legal: the legal rate of a creditor who is a
 * professional ("autres cas"), which is what a consumer owes.
 */
export const rateKinds = ['late_payment', 'public', 'legal'] as const;
export type RateKind = (typeof rateKinds)[number];

export interface PublishedRate {
  kind: RateKind;
  half: HalfYear;
  rate: Rate;
  confirmed: boolean;
  source: string;
}

/** The European Central Bank's rate of main refinancing operations on 1 January and 1 July, in hundredths of a percent. */
const refinancing: readonly [HalfYear, Rate][] = [
  ['2019-H1', 0],
  ['2019-H2', 0],
  ['2020-H1', 0],
  ['2020-H2', 0],
  ['2021-H1', 0],
  ['2021-H2', 0],
  ['2022-H1', 0],
  ['2022-H2', 0],
  ['2023-H1', 250],
  ['2023-H2', 400],
  ['2024-H1', 450],
  ['2024-H2', 425],
  ['2025-H1', 315],
  ['2025-H2', 215],
  ['2026-H1', 215],
];

/** Read in one source only: 2.40 % from 17 June 2026. */
const refinancingToCheck: readonly [HalfYear, Rate][] = [['2026-H2', 240]];

/** Arrêtés relatifs à la fixation du taux de l’intérêt légal, Journal officiel: column "autres cas". That of 2026-H2 was not found. */
const legal: readonly [HalfYear, Rate][] = [
  ['2019-H1', 86],
  ['2019-H2', 87],
  ['2020-H1', 87],
  ['2020-H2', 84],
  ['2021-H1', 79],
  ['2021-H2', 76],
  ['2022-H1', 76],
  ['2022-H2', 77],
  ['2023-H1', 206],
  ['2023-H2', 422],
  ['2024-H1', 507],
  ['2024-H2', 492],
  ['2025-H1', 371],
  ['2025-H2', 276],
  ['2026-H1', 262],
];

const afterRefinancing = (
  kind: RateKind,
  points: number,
  source: string,
  sure: boolean,
): ((row: readonly [HalfYear, Rate]) => PublishedRate) => {
  return ([half, refi]) => ({ kind, half, rate: refi + points, confirmed: sure, source });
};

const betweenBusinesses = 'C. com. art. L441-10 II : taux de refinancement de la BCE + 10 points';
// Read in secondary pages only: each half-year is to check.
const publicBodies = 'CCP art. L2192-10 s. : taux de refinancement de la BCE + 8 points';

/** France. Other countries have none here: a company there agrees on its rate, or says its own. */
const ofFrance: readonly PublishedRate[] = [
  ...refinancing.map(afterRefinancing('late_payment', 1000, betweenBusinesses, true)),
  ...refinancingToCheck.map(afterRefinancing('late_payment', 1000, betweenBusinesses, false)),
  ...[...refinancing, ...refinancingToCheck].map(afterRefinancing('public', 800, publicBodies, false)),
  ...legal.map(
    ([half, rate]): PublishedRate => ({
      kind: 'legal',
      half,
      rate,
      confirmed: true,
      source: 'C. mon. fin. art. L313-2 : taux de l’intérêt légal, autres cas',
    }),
  ),
];

export const publishedRates = (country: string): readonly PublishedRate[] => (country === 'FR' ? ofFrance : []);
