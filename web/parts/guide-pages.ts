// The pages of the guide in their order, with their titles, and which of them each screen opens. The texts are in web/guide.
import type { Language } from '../words/words.tsx';

export const guideTitles = {
  fr: {
    'first-steps': 'Premiers pas',
    import: 'Importer un fichier',
    today: 'Lire ce qui part aujourd’hui, et pourquoi',
    approve: 'Valider les messages',
    remind: 'Relancer à la main',
    'remind-many': 'Relancer plusieurs clients en une fois',
    tasks: 'Suivre vos tâches',
    invoice: 'Suivre une facture',
    customer: 'Suivre un client',
    payments: 'Enregistrer les règlements',
    'to-complete': 'Compléter ce qui manque',
    sent: 'Retrouver ce qui est parti',
    problems: 'Régler un envoi qui a échoué',
    sequences: 'Comprendre les séquences et les modèles',
    templates: 'Écrire les modèles de messages',
    settings: 'Régler Relance',
    charges: 'Réclamer pénalités et frais',
    letterhead: 'Remplir le papier à en-tête',
    'mail-server': 'Régler le serveur d’envoi',
    members: 'Gérer les utilisateurs',
    'api-keys': 'Relier un logiciel avec une clé d’API',
    'going-live': 'Passer du mode test au réel',
    'daily-mail': 'Recevoir l’e-mail du matin',
    history: 'Retrouver qui a fait quoi',
  },
  en: {
    'first-steps': 'First steps',
    import: 'Import a file',
    today: 'Read what leaves today, and why',
    approve: 'Approve messages',
    remind: 'Remind by hand',
    'remind-many': 'Remind many customers at once',
    tasks: 'Keep track of your tasks',
    invoice: 'Follow an invoice',
    customer: 'Follow a customer',
    payments: 'Record payments',
    'to-complete': 'Complete what is missing',
    sent: 'Find what was sent',
    problems: 'Settle a sending that failed',
    sequences: 'Understand sequences and templates',
    templates: 'Write the templates of messages',
    settings: 'Set Relance up',
    charges: 'Claim interest and fees',
    letterhead: 'Fill in the letterhead',
    'mail-server': 'Set up the mail server',
    members: 'Manage users',
    'api-keys': 'Connect a program with an API key',
    'going-live': 'Go from test mode to real sending',
    'daily-mail': 'Get the morning’s e-mail',
    history: 'Find out who did what',
  },
} as const satisfies Record<Language, Record<string, string>>;

export type GuidePageName = keyof (typeof guideTitles)['fr'];

/** The table of contents. */
export const guideParts = {
  begin: ['first-steps', 'import', 'going-live'],
  everyDay: [
    'today',
    'approve',
    'remind',
    'remind-many',
    'tasks',
    'invoice',
    'customer',
    'payments',
    'to-complete',
    'sent',
    'problems',
  ],
  setUp: [
    'settings',
    'mail-server',
    'letterhead',
    'members',
    'api-keys',
    'sequences',
    'templates',
    'charges',
    'daily-mail',
    'history',
  ],
} as const satisfies Record<string, readonly GuidePageName[]>;

export const guidePageNames: readonly GuidePageName[] = Object.values(guideParts).flat();

export const isGuidePage = (name: string): name is GuidePageName => name in guideTitles.fr;

/** Every address of the router; null is the table of contents. */
export const guideOfScreen = {
  '/': 'today',
  '/approve': 'approve',
  '/due': 'remind',
  '/invoices': 'invoice',
  '/invoices/$invoiceId': 'invoice',
  '/customers': 'customer',
  '/customers/$customerId': 'customer',
  '/to-complete': 'to-complete',
  '/payments': 'payments',
  '/sent': 'sent',
  '/sequences': 'sequences',
  '/sequences/new': 'sequences',
  '/sequences/$sequenceId': 'sequences',
  '/templates': 'templates',
  '/templates/$key': 'templates',
  '/imports': 'import',
  '/operations/$operationId': 'remind-many',
  '/history': 'history',
  '/settings': 'settings',
  '/guide': null,
  '/guide/$page': null,
} as const satisfies Record<string, GuidePageName | null>;

/** The parts of the settings that have a page of their own. */
const guideOfPart: Readonly<Record<string, GuidePageName>> = {
  live: 'going-live',
  letterhead: 'letterhead',
  files: 'sequences',
  mail: 'mail-server',
  members: 'members',
  absences: 'members',
  password: 'members',
  keys: 'api-keys',
  charges: 'charges',
};

/** The page for a screen, or for a part of the settings; null: the table of contents. */
export function guidePageOf(screen: string, part = ''): GuidePageName | null {
  if (screen === '/settings' && Object.hasOwn(guideOfPart, part)) return guideOfPart[part]!;
  return screen in guideOfScreen ? guideOfScreen[screen as keyof typeof guideOfScreen] : null;
}
