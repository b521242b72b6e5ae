// The words of interest, indemnity and fees in the settings.
import type { Rates } from '../../../src/contract/charge.ts';
import { wordsOf } from '../../words/words.tsx';

type Kind = Rates['rates'][number]['kind'];

const ordinal = (half: string): string => (half.endsWith('1') ? '1er' : '2e');

const fr = {
  intro: 'Ce qu’un message réclame en plus du principal, au jour où il part : seulement ce que vous demandez ici.',
  interest: 'Pénalités de retard à partir du niveau',
  interestHint:
    'Calculées sur le principal, jour par jour, au taux de chaque semestre. À un particulier : seulement après la mise en demeure, au taux légal. Vide : jamais.',
  indemnity: 'Indemnité forfaitaire de 40 € à partir du niveau',
  indemnityHint: 'Une fois par facture, jamais à un particulier (C. com. art. D441-5). Vide : jamais.',
  never: 'Jamais',
  contractRate: 'Taux prévu par vos conditions générales',
  contractRateHint:
    'Par an, entre professionnels. Vide : le taux de la loi. La fiche d’un client peut porter un autre taux.',
  rateWrong: 'Un taux entre 0,01 et 100, par exemple 12,15.',
  belowFloor: (floor: string) => `La loi n’admet pas moins de ${floor} en ce moment : trois fois le taux légal.`,
  floorUnknown: 'Le minimum légal (trois fois le taux légal) n’est pas connu pour ce semestre.',
  settlesFirst: 'Un règlement qui nomme une facture paie d’abord',
  settlesFirstHint: 'Dites-le aussi dans vos conditions : sans accord, la loi l’impute d’abord sur les intérêts.',
  first: {
    principal: 'Le principal, puis les pénalités et frais',
    charges: 'Les pénalités et frais, puis le principal',
  },
  rates: 'Taux par semestre',
  ratesHint:
    'Un taux à vérifier ne sert à rien tant que personne ne l’a confirmé : les messages qui en dépendent attendent. La source est affichée à l’ouverture.',
  half: 'Semestre',
  halfOf: (half: string) => `${ordinal(half)} semestre ${half.slice(0, 4)}`,
  kinds: {
    late_payment: 'Entre professionnels',
    public: 'Organismes publics',
    legal: 'Taux légal (particuliers)',
  } satisfies Record<Kind, string>,
  toCheck: 'à vérifier',
  missing: 'à saisir',
  rateTitle: (kind: Kind, half: string): string => `${fr.kinds[kind]}, ${fr.halfOf(half)}`,
  earlier: 'Semestres précédents',
  rate: 'Taux par an',
  rateMissing: 'Écrivez le taux, par exemple 2,62.',
  source: 'Source',
  sourceHint: 'Où vous l’avez lu : arrêté, Journal officiel, site de la BCE…',
  confirm: 'Confirmer ce taux',
  takeBack: (rate: string) => `Revenir au taux publié (${rate})`,
  takeBackNone: 'Retirer ce taux',
  confirmed: 'Taux confirmé : les messages qui l’attendaient repartent.',
  takenBack: 'Taux retiré.',
  confirmedOn: (day: string) => `Confirmé par une personne le ${day}.`,
  published: 'Taux publié avec Relance.',
};

const en: typeof fr = {
  intro: 'What a message claims beside the principal, to the day on which it leaves: only what you ask for here.',
  interest: 'Late-payment interest from level',
  interestHint:
    'On the principal, day by day, at the rate of each half-year. From a consumer: only after the formal notice, at the legal rate. Empty: never.',
  indemnity: 'Fixed compensation of €40 from level',
  indemnityHint: 'Once for each invoice, never from a consumer (French Commercial Code, art. D441-5). Empty: never.',
  never: 'Never',
  contractRate: 'Rate in your general terms',
  contractRateHint: 'A year, between businesses. Empty: the rate of the law. A customer’s page may hold another rate.',
  rateWrong: 'A rate between 0.01 and 100, 12.15 for instance.',
  belowFloor: (floor) => `The law allows no less than ${floor} at present: three times the legal rate.`,
  floorUnknown: 'The legal minimum (three times the legal rate) is not known for this half-year.',
  settlesFirst: 'A payment that names an invoice pays first',
  settlesFirstHint: 'Say so in your terms too: without an agreement, the law puts interest first.',
  first: { principal: 'The principal, then interest and fees', charges: 'Interest and fees, then the principal' },
  rates: 'Rates by half-year',
  ratesHint:
    'A rate that is to check is not used until somebody confirms it: messages that need it wait. Its source is shown when you open it.',
  half: 'Half-year',
  halfOf: (half) => `${half.endsWith('1') ? 'First' : 'Second'} half of ${half.slice(0, 4)}`,
  kinds: {
    late_payment: 'Between businesses',
    public: 'Public bodies',
    legal: 'Legal rate (consumers)',
  },
  toCheck: 'to check',
  missing: 'to enter',
  rateTitle: (kind, half) => `${en.kinds[kind]}, ${en.halfOf(half)}`,
  earlier: 'Earlier half-years',
  rate: 'Rate a year',
  rateMissing: 'Write the rate, 2.62 for instance.',
  source: 'Source',
  sourceHint: 'Where you read it: a decree, the official journal, the ECB’s site…',
  confirm: 'Confirm this rate',
  takeBack: (rate) => `Back to the published rate (${rate})`,
  takeBackNone: 'Take this rate out',
  confirmed: 'Rate confirmed: messages that waited for it go on.',
  takenBack: 'Rate taken out.',
  confirmedOn: (day) => `Confirmed by a person on ${day}.`,
  published: 'Rate published with Relance.',
};

export const useChargesWords = wordsOf({ fr, en });
