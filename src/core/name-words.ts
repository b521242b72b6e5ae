// What is said of a name that means nothing, or several things: which name, and how to name the thing instead.
import type { Fault } from './fault.ts';
import type { ScreenLanguage } from './reason-words.ts';

/** What a person names in a command. */
export type NamedKind =
  | 'customer'
  | 'invoice'
  | 'sequence'
  | 'message'
  | 'task'
  | 'closure'
  | 'template'
  | 'setting'
  | 'charge'
  | 'promise'
  | 'user';

interface Words {
  none: string;
  several: string;
  /** How to name one. */
  how: string;
}

const words: Record<NamedKind, Record<ScreenLanguage, Words>> = {
  customer: {
    fr: {
      none: 'Aucun client ne s’appelle',
      several: 'Plusieurs clients s’appellent',
      how: 'Nommez-le par son numéro : relance customers list le montre.',
    },
    en: {
      none: 'There is no customer',
      several: 'Several customers are called',
      how: 'Name it by its number: relance customers list shows it.',
    },
  },
  charge: {
    fr: {
      none: 'Rien de réclamé ne porte l’identifiant',
      several: 'Plusieurs sommes réclamées portent l’identifiant',
      how: 'Donnez l’identifiant entier : relance charges show FACTURE le montre.',
    },
    en: {
      none: 'Nothing claimed has the identifier',
      several: 'Several claims have the identifier',
      how: 'Give the whole identifier: relance charges show INVOICE shows it.',
    },
  },
  invoice: {
    fr: {
      none: 'Aucune facture ne porte le numéro',
      several: 'Plusieurs factures portent le numéro',
      how: 'Donnez son numéro entier, ou son identifiant : relance invoices list les montre.',
    },
    en: {
      none: 'There is no invoice',
      several: 'Several invoices have the number',
      how: 'Give its whole number, or its identifier: relance invoices list shows them.',
    },
  },
  sequence: {
    fr: {
      none: 'Aucune séquence ne s’appelle',
      several: 'Plusieurs séquences s’appellent',
      how: 'Donnez son titre entier, ou son identifiant : relance sequences list les montre.',
    },
    en: {
      none: 'There is no sequence',
      several: 'Several sequences are called',
      how: 'Give its whole title, or its identifier: relance sequences list shows them.',
    },
  },
  message: {
    fr: {
      none: 'Aucun message n’a l’identifiant',
      several: 'Plusieurs messages ont l’identifiant',
      how: 'Reprenez-le de relance messages list.',
    },
    en: {
      none: 'There is no message',
      several: 'Several messages have the identifier',
      how: 'Take it from relance messages list.',
    },
  },
  task: {
    fr: {
      none: 'Aucune tâche n’a l’identifiant',
      several: 'Plusieurs tâches ont l’identifiant',
      how: 'Reprenez-le de relance tasks list.',
    },
    en: {
      none: 'There is no task',
      several: 'Several tasks have the identifier',
      how: 'Take it from relance tasks list.',
    },
  },
  promise: {
    fr: {
      none: 'Aucune promesse n’a l’identifiant',
      several: 'Plusieurs promesses ont l’identifiant',
      how: 'Reprenez-le de relance promises list.',
    },
    en: {
      none: 'There is no promise',
      several: 'Several promises have the identifier',
      how: 'Take it from relance promises list.',
    },
  },
  user: {
    fr: {
      none: 'Aucun utilisateur de l’entreprise n’a l’adresse',
      several: 'Plusieurs utilisateurs ont l’adresse',
      how: 'Donnez l’adresse e-mail avec laquelle il se connecte ; Réglages, Utilisateurs les montre.',
    },
    en: {
      none: 'No user of the company has the address',
      several: 'Several users have the address',
      how: 'Give the e-mail address with which they sign in; Settings, Users shows them.',
    },
  },
  closure: {
    fr: {
      none: 'Aucune fermeture ne s’appelle',
      several: 'Plusieurs fermetures s’appellent',
      how: 'Donnez son identifiant : relance closures list le montre.',
    },
    en: {
      none: 'There is no closure',
      several: 'Several closures are called',
      how: 'Give its identifier: relance closures list shows it.',
    },
  },
  template: {
    fr: {
      none: 'Aucun modèle n’a la clé',
      several: 'Plusieurs langues ont le modèle',
      how: 'Donnez sa clé et sa langue : relance templates list les montre.',
    },
    en: {
      none: 'There is no template',
      several: 'Several languages have the template',
      how: 'Give its key and its language: relance templates list shows them.',
    },
  },
  setting: {
    fr: {
      none: 'Aucun réglage ne s’appelle',
      several: 'Plusieurs réglages s’appellent',
      how: 'relance settings show les montre tous.',
    },
    en: {
      none: 'There is no setting',
      several: 'Several settings are called',
      how: 'relance settings show shows all of them.',
    },
  },
};

/** Where it is not said what was named: in a list of all faults. */
const anything: Record<ScreenLanguage, Words> = {
  fr: { none: 'Rien ne s’appelle', several: 'Plusieurs s’appellent', how: 'Donnez le nom entier, ou l’identifiant.' },
  en: {
    none: 'There is nothing called',
    several: 'Several are called',
    how: 'Give the whole name, or the identifier.',
  },
};

/** `with`: what (a NamedKind), name; near or candidates, where there are any. */
export function nameSentence({ code, with: said }: Fault, language: ScreenLanguage): string {
  const { none, several, how } = (words[said.what as NamedKind] ?? anything)[language];
  const name = language === 'fr' ? `« ${said.name ?? '…'} »` : `“${said.name ?? '…'}”`;
  if (code === 'name-ambiguous')
    return `${several} ${name}${language === 'fr' ? ' :' : ':'} ${said.candidates ?? '…'}. ${how}`;
  const meant = language === 'fr' ? 'Vouliez-vous dire' : 'Did you mean';
  const near = said.near === undefined ? '' : ` ${meant} ${said.near}${language === 'fr' ? ' ?' : '?'}`;
  return `${none} ${name}.${near} ${how}`;
}
