// The sequences that Relance brings, as data: the business one is every company's from its first minute, the others are added when
// somebody wants them. Their messages are in templates/. They differ where the law does; each statement of law in a template rests
// on what is cited beside its sequence here. Days, names and texts are the company's own once the sequence is added.
import type { Ending } from '../core/ending.ts';
import type { Tone } from '../core/sequence.ts';

interface InBoth {
  fr: string;
  en: string;
}

/** Every template that Relance brings, by its key, with its name. */
export const templateNames = {
  notice: { fr: 'Rappel avant échéance', en: 'Notice before due date' },
  friendly: { fr: 'Relance courtoise', en: 'Friendly reminder' },
  firm: { fr: 'Relance ferme', en: 'Firm reminder' },
  'formal-notice': { fr: 'Mise en demeure', en: 'Formal notice' },
  'consumer-notice': { fr: 'Particulier, rappel avant échéance', en: 'Consumer, notice before due date' },
  'consumer-friendly': { fr: 'Particulier, rappel aimable', en: 'Consumer, friendly reminder' },
  'consumer-reminder': { fr: 'Particulier, relance', en: 'Consumer, reminder' },
  'consumer-formal-notice': { fr: 'Particulier, mise en demeure', en: 'Consumer, formal notice' },
  'public-notice': { fr: 'Administration, rappel avant échéance', en: 'Public body, notice before due date' },
  'public-reminder': { fr: 'Administration, relance', en: 'Public body, reminder' },
  'public-interest': { fr: 'Administration, intérêts moratoires', en: 'Public body, default interest' },
  'public-formal-notice': { fr: 'Administration, mise en demeure', en: 'Public body, formal notice' },
  'key-account-review': { fr: 'Grand compte, point sur les factures', en: 'Key account, review of invoices' },
  'key-account-reminder': { fr: 'Grand compte, relance', en: 'Key account, reminder' },
  'thank-you': { fr: 'Remerciement après règlement', en: 'Thanks for a payment' },
} as const satisfies Record<string, InBoth>;

export type ReadyMadeTemplateKey = keyof typeof templateNames;

type Role = 'accounts_payable' | 'main' | 'management';

export interface ReadyMadeStep {
  level: number;
  names: InBoth;
  offsetDays: number;
  templateKey: ReadyMadeTemplateKey;
  tone: Tone;
  requiresApproval: boolean;
  formalNotice: boolean;
  /** A task that says this; null: an e-mail. */
  toDo: InBoth | null;
  /** The first of them who has an address. */
  rolesTo: readonly Role[];
}

export const readyMadeCodes = ['business', 'consumers', 'public-bodies', 'key-accounts', 'calls-only'] as const;
export type ReadyMadeCode = (typeof readyMadeCodes)[number];

export interface ReadyMadeSequence {
  code: ReadyMadeCode;
  titles: InBoth;
  forWhom: InBoth;
  descriptions: InBoth;
  /** The country whose law its messages speak of; null: they speak of none. */
  law: 'FR' | null;
  steps: readonly ReadyMadeStep[];
  /** After the formal notice a person is asked, or nobody is. */
  ending: Extract<Ending, { kind: 'nothing' | 'litigation' }>;
}

/** In a company the accounts department pays; in a household whoever is written to. */
const toAccounts: readonly Role[] = ['accounts_payable', 'main', 'management'];
const toThePerson: readonly Role[] = ['main', 'accounts_payable', 'management'];

const plain = {
  tone: 'courteous',
  requiresApproval: false,
  formalNotice: false,
  toDo: null,
  rolesTo: toAccounts,
} as const;
const firm = { ...plain, tone: 'firm' } as const;
const formal = { tone: 'final', requiresApproval: true, formalNotice: true, toDo: null, rolesTo: toAccounts } as const;

const beforeDue: InBoth = { fr: 'Rappel avant échéance', en: 'Notice before due date' };
const reminder: InBoth = { fr: 'Relance', en: 'Reminder' };
const formalNotice: InBoth = { fr: 'Mise en demeure', en: 'Formal notice' };

/** B3, the usual ladder: a notice before the due date, a friendly reminder, a firm one, the formal notice with approval. */
const business: ReadyMadeSequence = {
  code: 'business',
  titles: { fr: 'Séquence standard', en: 'Standard sequence' },
  forWhom: { fr: 'Entreprises et professionnels', en: 'Businesses' },
  descriptions: {
    fr: 'J−3 rappel, J+5 courtoise, J+15 ferme, J+30 mise en demeure à valider.',
    en: 'D−3 notice, D+5 friendly, D+15 firm, D+30 formal notice with approval.',
  },
  law: null,
  // Fifteen days after the formal notice, which gives eight: a person decides, the machine never does.
  ending: { kind: 'litigation', days: 15 },
  steps: [
    { level: 0, names: beforeDue, offsetDays: -3, templateKey: 'notice', ...plain },
    {
      level: 1,
      names: { fr: 'Relance courtoise', en: 'Friendly reminder' },
      offsetDays: 5,
      templateKey: 'friendly',
      ...plain,
    },
    { level: 2, names: { fr: 'Relance ferme', en: 'Firm reminder' }, offsetDays: 15, templateKey: 'firm', ...firm },
    { level: 3, names: formalNotice, offsetDays: 30, templateKey: 'formal-notice', ...formal },
  ],
};

/**
 * A consumer owes no fixed indemnity and no penalties: C. com. art. L441-10 binds professionals. Costs of reminding stay with the
 * creditor (C. proc. civ. exéc. art. L111-8 al. 2); to ask a consumer for them is an offence (C. conso., former art. L122-16, now
 * L121-21, the new number to be checked). What is due from the formal notice on is interest at the legal rate (C. civ. art. 1231-6
 * and 1344-1); the formal notice alone says so, without a figure. Templates of their own throughout: what a company writes to
 * businesses into the shared ones must never reach a consumer. Fifteen days and the offer of a payment plan are courtesy, not law.
 */
const consumers: ReadyMadeSequence = {
  code: 'consumers',
  titles: { fr: 'Particuliers', en: 'Consumers' },
  forWhom: { fr: 'Clients qui achètent à titre privé', en: 'Customers who buy as private persons' },
  descriptions: {
    fr: 'Ton doux, jamais de frais, pas d’intérêts avant la mise en demeure, toujours à valider.',
    en: 'Gentle wording, no fees, no interest before the formal notice, which is always approved.',
  },
  law: 'FR',
  ending: { kind: 'nothing' },
  steps: [
    { level: 0, names: beforeDue, offsetDays: -5, templateKey: 'consumer-notice', ...plain, rolesTo: toThePerson },
    {
      level: 1,
      names: { fr: 'Rappel aimable', en: 'Friendly reminder' },
      offsetDays: 7,
      templateKey: 'consumer-friendly',
      ...plain,
      rolesTo: toThePerson,
    },
    { level: 2, names: reminder, offsetDays: 21, templateKey: 'consumer-reminder', ...firm, rolesTo: toThePerson },
    {
      level: 3,
      names: formalNotice,
      offsetDays: 45,
      templateKey: 'consumer-formal-notice',
      ...formal,
      rolesTo: toThePerson,
    },
  ],
};

/**
 * What a public buyer owes under a public contract (marché public) follows the Code de la commande publique:
 * - the period: L2192-10 (that of the contract, at most the regulatory one), R2192-10 (30 days), R2192-11 (50 for public health
 *   establishments and those of the armed forces' health service, 60 for public undertakings: hence "en règle générale");
 * - moratory interest and the fixed indemnity, due automatically from the day after: L2192-13;
 * - the rate: R2192-31, ECB main refinancing rate of the first day of the half-year in which interest began to run, plus 8 points;
 *   no figure in a text, it would be wrong half a year later;
 * - 40 € of indemnity: D2192-35; the 45 days in which both are paid after the principal: R2192-36.
 * Read in November 2026 on code-commande-publique.com (L2192-10, R2192-10, R2192-11, R2192-31, R2192-36) and doctrine.fr (R2192-11,
 * R2192-31, and L2192-13 as administrative courts quote it); the 40 € on secondary pages only. Whether it is per invoice is nowhere
 * said there, so the texts do not say it either. States and references of Chorus Pro: communaute.chorus-pro.gouv.fr.
 */
const publicBodies: ReadyMadeSequence = {
  code: 'public-bodies',
  titles: { fr: 'Administrations et collectivités', en: 'Public bodies' },
  forWhom: { fr: 'État, collectivités, hôpitaux publics', en: 'State, local authorities, public hospitals' },
  descriptions: {
    fr: 'Au service comptable, avec délai de paiement, Chorus Pro et intérêts moratoires. Mise en demeure à valider.',
    en: 'To the accounts department, with payment period, Chorus Pro and default interest. Formal notice with approval.',
  },
  law: 'FR',
  ending: { kind: 'nothing' },
  steps: [
    { level: 0, names: beforeDue, offsetDays: -10, templateKey: 'public-notice', ...plain },
    { level: 1, names: reminder, offsetDays: 7, templateKey: 'public-reminder', ...plain },
    {
      level: 2,
      names: { fr: 'Rappel des intérêts moratoires', en: 'Reminder of default interest' },
      offsetDays: 25,
      templateKey: 'public-interest',
      ...firm,
    },
    { level: 3, names: formalNotice, offsetDays: 50, templateKey: 'public-formal-notice', ...formal },
  ],
};

/** Businesses like others before the law, hence the same formal notice; but a person who knows them reads every message first. */
const keyAccounts: ReadyMadeSequence = {
  code: 'key-accounts',
  titles: { fr: 'Grands comptes', en: 'Key accounts' },
  forWhom: { fr: 'Clients suivis de près', en: 'Customers who are followed closely' },
  descriptions: {
    fr: 'Peu de messages, plus tard, tous lus par une personne avant de partir.',
    en: 'Few messages, later ones, each read by a person before it leaves.',
  },
  law: null,
  ending: { kind: 'nothing' },
  steps: [
    {
      level: 1,
      names: { fr: 'Point sur les factures', en: 'Review of invoices' },
      offsetDays: 10,
      templateKey: 'key-account-review',
      ...plain,
      requiresApproval: true,
    },
    {
      level: 2,
      names: reminder,
      offsetDays: 30,
      templateKey: 'key-account-reminder',
      ...firm,
      requiresApproval: true,
    },
    { level: 3, names: formalNotice, offsetDays: 60, templateKey: 'formal-notice', ...formal },
  ],
};

/**
 * Nothing is written: every step is a task. Each has a template all the same, for whoever writes by hand after a call. No formal notice:
 * that is written, by hand or in another sequence.
 */
const callsOnly: ReadyMadeSequence = {
  code: 'calls-only',
  titles: { fr: 'Appels seulement', en: 'Calls only' },
  forWhom: { fr: 'Clients à qui l’on préfère parler', en: 'Customers whom one would rather talk to' },
  descriptions: {
    fr: 'Aucun e-mail : quatre tâches, pour la personne qui suit le client.',
    en: 'No e-mail: four tasks, for whoever is in charge of the customer.',
  },
  law: null,
  ending: { kind: 'nothing' },
  steps: [
    {
      level: 1,
      names: { fr: 'Premier appel', en: 'First call' },
      offsetDays: 3,
      templateKey: 'friendly',
      ...plain,
      toDo: {
        fr: 'Appeler : facture bien reçue et validée ? Demander la date du règlement.',
        en: 'Call: was the invoice received and approved? Ask for the day of payment.',
      },
    },
    {
      level: 2,
      names: { fr: 'Deuxième appel', en: 'Second call' },
      offsetDays: 10,
      templateKey: 'friendly',
      ...plain,
      toDo: {
        fr: 'Rappeler : le règlement annoncé est-il parti ? Proposer un échéancier si besoin.',
        en: 'Call again: has the promised payment left? Offer a payment plan if need be.',
      },
    },
    {
      level: 3,
      names: { fr: 'Appel à la direction', en: 'Call to the management' },
      offsetDays: 20,
      templateKey: 'firm',
      ...plain,
      rolesTo: ['management', 'main', 'accounts_payable'],
      toDo: {
        fr: 'Appeler la direction : convenir d’une date ferme.',
        en: 'Call the management: agree on a firm day.',
      },
    },
    {
      level: 4,
      names: { fr: 'Dernier appel', en: 'Last call' },
      offsetDays: 35,
      templateKey: 'firm',
      ...plain,
      rolesTo: ['management', 'main', 'accounts_payable'],
      toDo: {
        fr: 'Dernier appel : annoncer la suite, mise en demeure ou contentieux, puis la décider.',
        en: 'Last call: say what follows, a formal notice or litigation, then decide on it.',
      },
    },
  ],
};

export const readyMadeSequences: Readonly<Record<ReadyMadeCode, ReadyMadeSequence>> = {
  business,
  consumers,
  'public-bodies': publicBodies,
  'key-accounts': keyAccounts,
  'calls-only': callsOnly,
};

export const isReadyMadeCode = (code: string): code is ReadyMadeCode => Object.hasOwn(readyMadeSequences, code);
