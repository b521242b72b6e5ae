// The words of "Séquences".
import { wordsOf } from '../../words/words.tsx';

const fr = {
  intro: 'Ce qui part, à quel jour autour de l’échéance.',
  empty: 'Aucune séquence.',
  isDefault: 'Par défaut',
  due: 'Échéance',
  day: (offset: number) => (offset === 0 ? 'J' : offset < 0 ? `J−${-offset}` : `J+${offset}`),
  steps: (title: string) => `Étapes de « ${title} »`,
  approval: 'à valider',
  mayBeApproved: (bounds: string, hours: number | null) =>
    [bounds === '' ? null : `à valider à partir de ${bounds}`, hours === null ? null : `part seule après ${hours} h`]
      .filter((part) => part !== null)
      .join(', ') || null,
  formalNotice: 'mise en demeure',
  pdf: 'facture jointe',
  to: (roles: string) => `À ${roles}`,
  cc: (roles: string) => `copie à ${roles}`,
  roles: { main: 'contact principal', accounts_payable: 'comptabilité', management: 'direction' },
  or: ', sinon ',
  and: ', ',
  minimum: (amount: string) => `à partir de ${amount}`,
  message: 'Lire le modèle',
  add: 'Nouvelle séquence',
  edit: 'Modifier',
  look: 'Voir le détail',
  copy: 'Dupliquer',
  pause: 'Mettre en pause…',
  resume: 'Reprendre',
  paused: 'En pause',
  pausedUntil: (day: string) => `En pause jusqu’au ${day}`,
  size: (customers: number, receivables: number) =>
    `${customers} ${customers > 1 ? 'clients' : 'client'} · ${receivables} ${receivables > 1 ? 'échéances ouvertes' : 'échéance ouverte'}`,
  template: (name: string) => `Modèle : ${name}`,
  languages: { fr: 'Français', en: 'English' } as Record<string, string>,
  subject: 'Objet',
  noTemplate: 'Ce modèle n’existe pas dans cette langue.',
  tags: 'Les champs entre accolades sont remplis quand le message part.',
  editTemplate: 'Modifier le modèle',
};
const en: typeof fr = {
  intro: 'What leaves, on which day around the due date.',
  empty: 'No sequence.',
  isDefault: 'Default',
  due: 'Due date',
  day: (offset) => (offset === 0 ? 'D' : offset < 0 ? `D−${-offset}` : `D+${offset}`),
  steps: (title) => `Steps of “${title}”`,
  approval: 'to approve',
  mayBeApproved: (bounds, hours) =>
    [bounds === '' ? null : `to approve from ${bounds}`, hours === null ? null : `leaves by itself after ${hours} h`]
      .filter((part) => part !== null)
      .join(', ') || null,
  formalNotice: 'formal notice',
  pdf: 'invoice attached',
  to: (roles) => `To ${roles}`,
  cc: (roles) => `copy to ${roles}`,
  roles: { main: 'main contact', accounts_payable: 'accounts payable', management: 'management' },
  or: ', else ',
  and: ', ',
  minimum: (amount) => `from ${amount}`,
  message: 'Read the template',
  add: 'New sequence',
  edit: 'Edit',
  look: 'See it in detail',
  copy: 'Copy',
  pause: 'Pause…',
  resume: 'Resume',
  paused: 'Paused',
  pausedUntil: (day) => `Paused until ${day}`,
  size: (customers, receivables) =>
    `${customers} ${customers === 1 ? 'customer' : 'customers'} · ${receivables} open ${receivables === 1 ? 'instalment' : 'instalments'}`,
  template: (name) => `Template: ${name}`,
  languages: { fr: 'Français', en: 'English' },
  subject: 'Subject',
  noTemplate: 'This template does not exist in this language.',
  tags: 'Fields in braces are filled in when the message leaves.',
  editTemplate: 'Edit the template',
};

export const useSequencesWords = wordsOf({ fr, en });
