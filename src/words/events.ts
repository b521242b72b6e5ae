// What happened, in words: a sentence for each type of event, with what its payload holds. An event that is not in the list
// shows its code: history never hides anything.
import { type CodedReason, type reasonWords, sayReason } from './reasons.ts';
import type { Writing } from './writing.ts';

/** Days and amounts are words already: `day`, `amount`; a reason is a sentence. */
interface Told {
  level: string;
  amount: string;
  day: string;
  /** The first of two days. */
  from: string;
  /** Each year anew. */
  yearly: boolean;
  reason: string;
  to: string;
  /** Addresses that took the message. */
  others: string;
  text: string;
  /** Of whom it tells: a member, or who is in charge of a customer. */
  person: string;
  /** Nobody is in charge any more. */
  nobody: boolean;
  /** A role, by its code. */
  role: string;
  /** How many rows or messages, as it is written. */
  count: string;
}

/** How a contact outside Relance was made. */
const contactsMade: Record<'fr' | 'en', Record<string, string>> = {
  fr: { call: 'Appel', email: 'E-mail', letter: 'Courrier', meeting: 'Rendez-vous' },
  en: { call: 'Call', email: 'E-mail', letter: 'Letter', meeting: 'Meeting' },
};

const roles: Record<'fr' | 'en', Record<string, string>> = {
  fr: { owner: 'propriétaire', manager: 'responsable', agent: 'chargé de relance', reader: 'lecture seule' },
  en: { owner: 'owner', manager: 'manager', agent: 'agent', reader: 'reader' },
};

const kindsOfFiles: Record<'fr' | 'en', Record<string, string>> = {
  fr: { invoices: 'factures', customers: 'clients', payments: 'règlements' },
  en: { invoices: 'invoices', customers: 'customers', payments: 'payments' },
};

/** What was done for many, by its kind. */
const operations: Record<'fr' | 'en', Record<string, string>> = {
  fr: {
    remind: 'Relance groupée',
    approve: 'Validation groupée',
    pause: 'Mise en pause groupée',
    enrol: 'Changement de séquence groupé',
  },
  en: { remind: 'Bulk reminder', approve: 'Bulk approval', pause: 'Bulk pause', enrol: 'Bulk change of sequence' },
};

/** What was claimed beside the principal. */
const chargesNamed: Record<'fr' | 'en', Record<string, string>> = {
  fr: { interest: 'pénalités de retard', indemnity: 'indemnité forfaitaire', fee: 'frais prévus au contrat' },
  en: { interest: 'late-payment interest', indemnity: 'fixed indemnity', fee: 'agreed fees' },
};

const named = (names: Record<string, string>, code: string): string => names[code] ?? code;

type Sentences = Record<string, (told: Told) => string>;

const after = (sentence: string, detail: string): string =>
  detail === '' ? `${sentence}.` : `${sentence} : ${detail}`;
const afterInEnglish = (sentence: string, detail: string): string =>
  detail === '' ? `${sentence}.` : `${sentence}: ${detail}`;

/** 'Congés d’été, du 3 août au 21 août, chaque année' */
const period = ({ text, from, day, yearly }: Told): string =>
  `${text}, du ${from} au ${day}${yearly ? ', chaque année' : ''}`;
const periodInEnglish = ({ text, from, day, yearly }: Told): string =>
  `${text}, from ${from} to ${day}${yearly ? ', each year' : ''}`;

const fr = {
  by: {
    system: 'Relance',
    cli: 'Ligne de commande',
    unknown: 'Utilisateur supprimé',
    key: (name: string) => `Clé d’API « ${name} »`,
  },
  kinds: { all: 'Tout', messages: 'Messages', money: 'Règlements', decisions: 'Décisions', company: 'Entreprise' },
  kind: 'Ce qui est affiché',
  customer: 'Client',
  open: 'Lire le message',
  empty: 'Rien pour l’instant.',
  erased: 'Détail effacé.',
  practice: 'test',
  sentences: {
    'customer.created': () => 'Client créé.',
    'customer.changed': () => 'Fiche client modifiée.',
    'customer.enrolled': () => 'Séquence changée.',
    'customer.placed': ({ text }) =>
      text === '' ? 'Repris par la séquence par défaut.' : `Séquence changée par la règle « ${text} ».`,
    'customer.in-charge': ({ person, nobody }) =>
      nobody ? 'Plus personne ne suit ce client.' : `Suivi par ${person}.`,
    'customer.paid-by': ({ text }) => `Payé par ${text} : les messages partent à ses contacts.`,
    'customer.pays-itself': () => 'Plus de payeur : les messages partent aux contacts du client.',
    'customer.pays-for': ({ text }) => `Paie désormais pour ${text}.`,
    'customer.pays-no-more': ({ text }) => `Ne paie plus pour ${text}.`,
    'customer.merged': ({ text }) => `Fusionné avec ${text}.`,
    'customer.merged-in': ({ text }) => `${text} est fusionné avec ce client.`,
    'customer.paused': ({ reason, day }) =>
      after(day === '' ? 'Client mis en pause' : `Client en pause jusqu’au ${day}`, reason),
    'customer.resumed': () => 'Reprise des relances du client.',
    'customer.contacted': ({ text, reason }) => after(contactsMade.fr[text] ?? 'Échange', reason),
    'contact.changed': () => 'Contacts modifiés.',
    'address.blocked': ({ text, reason }) => after(`Adresse bloquée, ${text}`, reason),
    'address.unblocked': ({ text }) => `Adresse débloquée : ${text}.`,
    'invoice.created': ({ amount, text }) => `Facture ${text} enregistrée, ${amount}.`,
    'invoice.changed': () => 'Facture modifiée.',
    'invoice.paused': ({ reason, day }) =>
      after(day === '' ? 'Facture mise en pause' : `Facture en pause jusqu’au ${day}`, reason),
    'invoice.resumed': () => 'Reprise des relances de la facture.',
    'invoice.level-set': ({ level }) => `Niveau changé : ${level}.`,
    'invoice.included': () => 'Incluse dans les relances.',
    'invoice.started-anew': () => 'Recommencée depuis la première étape.',
    'invoice.settled-by-person': ({ amount, reason }) => after(`Marquée comme réglée, ${amount}`, reason),
    'dispute.opened': ({ reason }) => after('Litige ouvert', reason),
    'dispute.closed': () => 'Litige clos.',
    'charge.waived': ({ amount, text, reason }) =>
      after(`Renonciation à ${amount} (${named(chargesNamed.fr, text)})`, reason),
    'charge.restored': ({ amount, text }) => `De nouveau réclamé : ${amount} (${named(chargesNamed.fr, text)}).`,
    'rate.said': ({ text }) => `Taux d’intérêt saisi ou confirmé : ${text}.`,
    'rate.taken-back': ({ text }) => `Taux d’intérêt saisi retiré : ${text}.`,
    'promise.made': ({ amount, day, reason }) =>
      after(`Promesse de règlement${amount === '' ? '' : ` de ${amount}`} pour le ${day}`, reason),
    'promise.kept': ({ amount, day }) => `Promesse tenue${amount === '' ? '' : `, ${amount}`} pour le ${day}.`,
    'promise.goes-on': ({ day }) => `L’échéancier continue jusqu’au ${day}.`,
    'promise.broken': ({ amount, day }) => `Promesse non tenue${amount === '' ? '' : `, ${amount}`} pour le ${day}.`,
    'promise.replaced': ({ day }) => `La promesse pour le ${day} est remplacée par une autre.`,
    'promise.withdrawn': ({ day, reason }) => after(`Promesse pour le ${day} retirée`, reason),
    'payment.recorded': ({ amount }) => `Règlement de ${amount} enregistré.`,
    'payment.returned': ({ amount, reason }) =>
      after(amount === '' ? 'Règlement rejeté' : `Règlement de ${amount} rejeté`, reason),
    'payment.changed': () => 'Règlement modifié.',
    'payment.confirmed': () => 'Règlements confirmés à jour.',
    'allocation.made': () => 'Règlement ou avoir imputé.',
    'allocation.undone': () => 'Imputation annulée.',
    'credit.covers-everything': () => 'Couvert par les avoirs du client : rien n’est relancé.',
    'reminder.planned': ({ level, amount }) => `${level} préparée, ${amount}.`,
    'reminder.approved': () => 'Message validé.',
    'reminder.approval-undone': () => 'Validation annulée.',
    'reminder.held-back': () => 'Message retenu : il attend de nouveau votre accord.',
    'reminder.edited': () => 'Texte du message modifié.',
    'reminder.postponed': ({ day, reason }) => after(`Message reporté au ${day}`, reason),
    'reminder.refused': ({ reason }) => after('Message non envoyé, sur décision', reason),
    'reminder.dropped': ({ reason }) => after('Message retiré', reason),
    'reminder.sent': ({ level, amount, to }) => `${level} envoyée à ${to}${amount === '' ? '' : `, ${amount}`}.`,
    'reminder.captured': ({ level, amount, to }) =>
      `${level} capturée, pour ${to}${amount === '' ? '' : `, ${amount}`}.`,
    'reminder.delayed': ({ text }) => after('Refus provisoire du serveur, nouvel essai prévu', text),
    'reminder.failed': ({ text, reason }) => after('Envoi impossible', text === '' ? reason : text),
    'reminder.undelivered': ({ level, to, text }) => after(`${level} non remise à ${to}`, text),
    'reminder.partly-delivered': ({ level, to, others, text }) =>
      after(`${level} refusée par ${to}, remise à ${others}`, text),
    'reminder.delivery-delayed': ({ level, to, text }) => after(`${level} retardée pour ${to}, rien à faire`, text),
    'reminder.delivery-unclear': ({ level, to, text }) =>
      after(`${level} refusée par ${to}, à vérifier : on ne sait pas si le client l’a reçue`, text),
    'reminder.in-doubt': () => 'Envoi à vérifier : la connexion a été coupée.',
    'reminder.resolved': ({ text }) =>
      text === 'left' ? 'Vérifié : le message est bien parti.' : 'Vérifié : le message est renvoyé.',
    'step.skipped': ({ level, reason }) => after(`${level} passée`, reason),
    'task.created': ({ text, day }) => `Tâche pour le ${day} : ${text}`,
    'task.changed': ({ text, day }) => `Tâche modifiée, pour le ${day} : ${text}`,
    'reminder.done': ({ level, text, reason }) =>
      after(`Tâche faite, ${level}`, reason === '' ? text : `${text} : ${reason}`),
    'reminder.undone': ({ level, text }) => after(`Tâche à refaire, ${level}`, text),
    'task.done': ({ text, reason }) => after('Tâche faite', reason === '' ? text : `${text} : ${reason}`),
    'task.undone': ({ text }) => after('Tâche à refaire', text),
    'task.deleted': ({ text }) => after('Tâche supprimée', text),
    'company.created': ({ text }) => after('Entreprise créée', text),
    'company.went-live': () => 'Passage en réel : les messages sont envoyés.',
    'company.clock-set': ({ day }) => (day === '' ? 'Date simulée retirée.' : `Date simulée : ${day}.`),
    'company.changed': () => 'Réglages de l’entreprise modifiés.',
    'closure.added': (told) => `Fermeture ajoutée : ${period(told)}.`,
    'closure.changed': (told) => `Fermeture modifiée : ${period(told)}.`,
    'closure.removed': (told) => `Fermeture supprimée : ${period(told)}.`,
    'mail-server.changed': ({ text }) => after('Serveur d’envoi réglé', text),
    'mail-server.tested': ({ text }) => after('Serveur d’envoi essayé, avec succès', text),
    'letterhead.changed': () => 'Papier à en-tête modifié.',
    'company-file.added': ({ text }) => after('Pièce jointe ajoutée', text),
    'company-file.replaced': ({ text }) => after('Pièce jointe remplacée', text),
    'company-file.removed': ({ text }) => after('Pièce jointe supprimée', text),
    'api-key.created': ({ text }) => after('Clé d’API créée', text),
    'api-key.revoked': ({ text }) => after('Clé d’API révoquée', text),
    'member.added': ({ person, role }) => `Utilisateur ajouté : ${person}, ${roles.fr[role] ?? role}.`,
    'member.role-changed': ({ person, role }) => `Rôle de ${person} changé : ${roles.fr[role] ?? role}.`,
    'member.removed': ({ person }) => `Utilisateur retiré : ${person}.`,
    'member.away': ({ person, from, day, text }) =>
      `${person}, en absence du ${from} au ${day} : ${text} assure le remplacement.`,
    'member.back': ({ person }) => `Absence de ${person} terminée.`,
    'member.password-reset': ({ person }) => `Mot de passe de ${person} remplacé.`,
    'sequence.created': ({ text }) => after('Séquence créée', text),
    'sequence.changed': ({ text }) => after('Séquence modifiée', text),
    'sequence.deleted': () => 'Séquence supprimée.',
    'enrolment-rule.added': ({ text }) => after('Règle d’affectation ajoutée', text),
    'enrolment-rule.changed': ({ text }) => after('Règle d’affectation modifiée', text),
    'enrolment-rule.removed': ({ text }) => after('Règle d’affectation supprimée', text),
    'enrolment-rules.reordered': () => 'Ordre des règles d’affectation changé.',
    'company.default-sequence-changed': () => 'Séquence par défaut changée.',
    'template.created': ({ text }) => after('Modèle de message créé', text),
    'template.changed': ({ text }) => after('Modèle de message modifié', text),
    'template.restored': ({ text }) => after('Texte d’origine du modèle remis', text),
    'template.tested': ({ text }) => after('Modèle envoyé en essai, à son auteur', text),
    'template.deleted': ({ text }) => after('Modèle de message supprimé', text),
    'operation.finished': ({ text }) =>
      `${operations.fr[text] ?? operations.fr.remind} ${text === 'enrol' ? 'terminé' : 'terminée'}.`,
    'operation.undone': ({ text }) => `${operations.fr[text] ?? operations.fr.approve} annulée.`,
    'run.finished': ({ count }) =>
      count === '0' ? 'Relances du jour : aucun message préparé.' : `Relances du jour, messages préparés : ${count}.`,
    'import.finished': ({ role, text, count }) =>
      `Import de ${kindsOfFiles.fr[role] ?? role} : ${text}, lignes nouvelles : ${count}.`,
    'backup.taken': ({ text }) => after('Sauvegarde téléchargée', text),
  } as Sentences,
  /** The same where a person is to do it, instead of a message. */
  ofTasks: {
    'reminder.planned': ({ level, amount, text }) => `Tâche, ${level}, ${amount} : ${text}`,
    'reminder.refused': ({ reason }) => after('Tâche non faite, sur décision', reason),
    'reminder.dropped': ({ reason }) => after('Tâche retirée', reason),
  } as Sentences,
  /** Of a message that thanks for a payment. */
  ofThanks: {
    'reminder.planned': ({ reason }) => after('Remerciement préparé', reason),
    'reminder.refused': ({ reason }) => after('Remerciement non envoyé, sur décision', reason),
    'reminder.dropped': ({ reason }) => after('Remerciement retiré', reason),
    'reminder.sent': ({ to }) => `Remerciement envoyé à ${to}.`,
    'reminder.captured': ({ to }) => `Remerciement capturé, pour ${to}.`,
    'reminder.undelivered': ({ to, text }) => after(`Remerciement non remis à ${to}`, text),
    'reminder.partly-delivered': ({ to, others, text }) =>
      after(`Remerciement refusé par ${to}, remis à ${others}`, text),
    'reminder.delivery-delayed': ({ to, text }) => after(`Remerciement retardé pour ${to}, rien à faire`, text),
    'reminder.delivery-unclear': ({ to, text }) =>
      after(`Remerciement refusé par ${to}, à vérifier : on ne sait pas si le client l’a reçu`, text),
  } as Sentences,
  /** Of a promise in several instalments. */
  ofPlans: {
    'promise.made': ({ amount, day, reason }) => after(`Échéancier convenu, ${amount} jusqu’au ${day}`, reason),
    'promise.kept': ({ amount }) => `Échéancier tenu, ${amount}.`,
    'promise.goes-on': ({ day }) => `Échéancier tenu après tout : il continue jusqu’au ${day}.`,
    'promise.broken': ({ amount, day }) => `Échéancier non tenu, ${amount} jusqu’au ${day}.`,
    'promise.replaced': ({ day }) => `L’échéancier jusqu’au ${day} est remplacé par un autre accord.`,
    'promise.withdrawn': ({ day, reason }) => after(`Échéancier jusqu’au ${day} retiré`, reason),
  } as Sentences,
  withCharges: (amount: string, charges: string) => `${amount} et ${charges} de pénalités et frais`,
  elsewhere: (level: string, note: string) => after(`${level} faite en dehors de Relance`, note),
  level: (level: number) => (level === 0 ? 'Rappel avant échéance' : `Relance R${level}`),
};
const en: typeof fr = {
  by: { system: 'Relance', cli: 'Command line', unknown: 'Deleted user', key: (name) => `API key "${name}"` },
  kinds: { all: 'Everything', messages: 'Messages', money: 'Payments', decisions: 'Decisions', company: 'Company' },
  kind: 'What is shown',
  customer: 'Customer',
  open: 'Read the message',
  empty: 'Nothing yet.',
  erased: 'Detail erased.',
  practice: 'practice',
  sentences: {
    'customer.created': () => 'Customer created.',
    'customer.changed': () => 'Customer changed.',
    'customer.enrolled': () => 'Sequence changed.',
    'customer.placed': ({ text }) =>
      text === '' ? 'Back in the default sequence.' : `Sequence changed by the rule “${text}”.`,
    'customer.in-charge': ({ person, nobody }) =>
      nobody ? 'Nobody is in charge of this customer any more.' : `${person} is in charge.`,
    'customer.paid-by': ({ text }) => `Paid for by ${text}: messages go to its contacts.`,
    'customer.pays-itself': () => 'No payer any more: messages go to the customer’s contacts.',
    'customer.pays-for': ({ text }) => `Pays for ${text} from now on.`,
    'customer.pays-no-more': ({ text }) => `Pays for ${text} no more.`,
    'customer.merged': ({ text }) => `Merged into ${text}.`,
    'customer.merged-in': ({ text }) => `${text} was merged into this customer.`,
    'customer.paused': ({ reason, day }) =>
      afterInEnglish(day === '' ? 'Customer paused' : `Customer paused until ${day}`, reason),
    'customer.resumed': () => 'Reminders of the customer resumed.',
    'customer.contacted': ({ text, reason }) => afterInEnglish(contactsMade.en[text] ?? 'Contact', reason),
    'contact.changed': () => 'Contacts changed.',
    'address.blocked': ({ text, reason }) => afterInEnglish(`Address blocked, ${text}`, reason),
    'address.unblocked': ({ text }) => `Address unblocked: ${text}.`,
    'invoice.created': ({ amount, text }) => `Invoice ${text} recorded, ${amount}.`,
    'invoice.changed': () => 'Invoice changed.',
    'invoice.paused': ({ reason, day }) =>
      afterInEnglish(day === '' ? 'Invoice paused' : `Invoice paused until ${day}`, reason),
    'invoice.resumed': () => 'Reminders of the invoice resumed.',
    'invoice.level-set': ({ level }) => `Level changed: ${level}.`,
    'invoice.included': () => 'Included in reminders.',
    'invoice.started-anew': () => 'Started anew from the first step.',
    'invoice.settled-by-person': ({ amount, reason }) => afterInEnglish(`Marked as settled, ${amount}`, reason),
    'dispute.opened': ({ reason }) => afterInEnglish('Dispute opened', reason),
    'dispute.closed': () => 'Dispute closed.',
    'charge.waived': ({ amount, text, reason }) =>
      afterInEnglish(`${amount} waived (${named(chargesNamed.en, text)})`, reason),
    'charge.restored': ({ amount, text }) => `Claimed again: ${amount} (${named(chargesNamed.en, text)}).`,
    'rate.said': ({ text }) => `Interest rate said or confirmed: ${text}.`,
    'rate.taken-back': ({ text }) => `Interest rate taken back: ${text}.`,
    'promise.made': ({ amount, day, reason }) =>
      afterInEnglish(`Promise to pay${amount === '' ? '' : ` ${amount}`} by ${day}`, reason),
    'promise.kept': ({ amount, day }) => `Promise kept${amount === '' ? '' : `, ${amount}`} by ${day}.`,
    'promise.goes-on': ({ day }) => `The payment plan goes on until ${day}.`,
    'promise.broken': ({ amount, day }) => `Promise broken${amount === '' ? '' : `, ${amount}`} by ${day}.`,
    'promise.replaced': ({ day }) => `The promise for ${day} is replaced by another.`,
    'promise.withdrawn': ({ day, reason }) => afterInEnglish(`Promise for ${day} withdrawn`, reason),
    'payment.recorded': ({ amount }) => `Payment of ${amount} recorded.`,
    'payment.returned': ({ amount, reason }) =>
      afterInEnglish(amount === '' ? 'Payment returned' : `Payment of ${amount} returned`, reason),
    'payment.changed': () => 'Payment changed.',
    'payment.confirmed': () => 'Payments confirmed up to date.',
    'allocation.made': () => 'Payment or credit allocated.',
    'allocation.undone': () => 'Allocation undone.',
    'credit.covers-everything': () => 'Covered by the customer’s credits: no reminder.',
    'reminder.planned': ({ level, amount }) => `${level} prepared, ${amount}.`,
    'reminder.approved': () => 'Message approved.',
    'reminder.approval-undone': () => 'Approval undone.',
    'reminder.held-back': () => 'Message held back: it waits for approval again.',
    'reminder.edited': () => 'Text of the message changed.',
    'reminder.postponed': ({ day, reason }) => afterInEnglish(`Message postponed to ${day}`, reason),
    'reminder.refused': ({ reason }) => afterInEnglish('Message not sent, by decision', reason),
    'reminder.dropped': ({ reason }) => afterInEnglish('Message taken out', reason),
    'reminder.sent': ({ level, amount, to }) => `${level} sent to ${to}${amount === '' ? '' : `, ${amount}`}.`,
    'reminder.captured': ({ level, amount, to }) =>
      `${level} captured, for ${to}${amount === '' ? '' : `, ${amount}`}.`,
    'reminder.delayed': ({ text }) => afterInEnglish('Refused for now by the server, to be tried again', text),
    'reminder.failed': ({ text, reason }) => afterInEnglish('Could not be sent', text === '' ? reason : text),
    'reminder.undelivered': ({ level, to, text }) => afterInEnglish(`${level} not delivered to ${to}`, text),
    'reminder.partly-delivered': ({ level, to, others, text }) =>
      afterInEnglish(`${level} refused by ${to}, delivered to ${others}`, text),
    'reminder.delivery-delayed': ({ level, to, text }) =>
      afterInEnglish(`${level} delayed for ${to}, nothing to do`, text),
    'reminder.delivery-unclear': ({ level, to, text }) =>
      afterInEnglish(`${level} refused by ${to}, to be checked: whether the customer has it is not known`, text),
    'reminder.in-doubt': () => 'To be checked: the connection was cut while it was sent.',
    'reminder.resolved': ({ text }) =>
      text === 'left' ? 'Checked: the message left.' : 'Checked: the message is sent again.',
    'step.skipped': ({ level, reason }) => afterInEnglish(`${level} skipped`, reason),
    'task.created': ({ text, day }) => `Task for ${day}: ${text}`,
    'task.changed': ({ text, day }) => `Task changed, for ${day}: ${text}`,
    'reminder.done': ({ level, text, reason }) =>
      afterInEnglish(`Task done, ${level}`, reason === '' ? text : `${text}: ${reason}`),
    'reminder.undone': ({ level, text }) => afterInEnglish(`Task to do again, ${level}`, text),
    'task.done': ({ text, reason }) => afterInEnglish('Task done', reason === '' ? text : `${text}: ${reason}`),
    'task.undone': ({ text }) => afterInEnglish('Task to do again', text),
    'task.deleted': ({ text }) => afterInEnglish('Task deleted', text),
    'company.created': ({ text }) => afterInEnglish('Company created', text),
    'company.went-live': () => 'Gone live: messages are sent.',
    'company.clock-set': ({ day }) => (day === '' ? 'Simulated date taken away.' : `Simulated date: ${day}.`),
    'company.changed': () => 'Settings of the company changed.',
    'closure.added': (told) => `Closure added: ${periodInEnglish(told)}.`,
    'closure.changed': (told) => `Closure changed: ${periodInEnglish(told)}.`,
    'closure.removed': (told) => `Closure removed: ${periodInEnglish(told)}.`,
    'mail-server.changed': ({ text }) => afterInEnglish('Mail server set up', text),
    'mail-server.tested': ({ text }) => afterInEnglish('Mail server tried, with success', text),
    'letterhead.changed': () => 'Letterhead changed.',
    'company-file.added': ({ text }) => afterInEnglish('Attachment added', text),
    'company-file.replaced': ({ text }) => afterInEnglish('Attachment replaced', text),
    'company-file.removed': ({ text }) => afterInEnglish('Attachment removed', text),
    'api-key.created': ({ text }) => afterInEnglish('API key created', text),
    'api-key.revoked': ({ text }) => afterInEnglish('API key revoked', text),
    'member.added': ({ person, role }) => `${person} added to the users, as ${roles.en[role] ?? role}.`,
    'member.role-changed': ({ person, role }) => `Role of ${person} changed: ${roles.en[role] ?? role}.`,
    'member.removed': ({ person }) => `${person} removed from the users.`,
    'member.away': ({ person, from, day, text }) => `${person} is away from ${from} to ${day}: ${text} stands in.`,
    'member.back': ({ person }) => `The absence of ${person} is over.`,
    'member.password-reset': ({ person }) => `Password of ${person} replaced.`,
    'sequence.created': ({ text }) => afterInEnglish('Sequence created', text),
    'sequence.changed': ({ text }) => afterInEnglish('Sequence changed', text),
    'sequence.deleted': () => 'Sequence deleted.',
    'enrolment-rule.added': ({ text }) => afterInEnglish('Enrolment rule added', text),
    'enrolment-rule.changed': ({ text }) => afterInEnglish('Enrolment rule changed', text),
    'enrolment-rule.removed': ({ text }) => afterInEnglish('Enrolment rule removed', text),
    'enrolment-rules.reordered': () => 'Order of the enrolment rules changed.',
    'company.default-sequence-changed': () => 'Default sequence changed.',
    'template.created': ({ text }) => afterInEnglish('Message template created', text),
    'template.changed': ({ text }) => afterInEnglish('Message template changed', text),
    'template.restored': ({ text }) => afterInEnglish('Original text of the template restored', text),
    'template.tested': ({ text }) => afterInEnglish('Template sent as a test, to its author', text),
    'template.deleted': ({ text }) => afterInEnglish('Message template deleted', text),
    'operation.finished': ({ text }) => `${operations.en[text] ?? operations.en.remind} finished.`,
    'operation.undone': ({ text }) => `${operations.en[text] ?? operations.en.approve} undone.`,
    'run.finished': ({ count }) =>
      count === '0'
        ? 'Reminders of the day: no message prepared.'
        : `Reminders of the day, messages prepared: ${count}.`,
    'import.finished': ({ role, text, count }) =>
      `Import of ${kindsOfFiles.en[role] ?? role}: ${text}, new rows: ${count}.`,
    'backup.taken': ({ text }) => afterInEnglish('Backup downloaded', text),
  },
  ofTasks: {
    'reminder.planned': ({ level, amount, text }) => `Task, ${level}, ${amount}: ${text}`,
    'reminder.refused': ({ reason }) => afterInEnglish('Task not done, by decision', reason),
    'reminder.dropped': ({ reason }) => afterInEnglish('Task taken out', reason),
  },
  ofThanks: {
    'reminder.planned': ({ reason }) => afterInEnglish('Thanks prepared', reason),
    'reminder.refused': ({ reason }) => afterInEnglish('Thanks not sent, by decision', reason),
    'reminder.dropped': ({ reason }) => afterInEnglish('Thanks taken out', reason),
    'reminder.sent': ({ to }) => `Thanks sent to ${to}.`,
    'reminder.captured': ({ to }) => `Thanks captured, for ${to}.`,
    'reminder.undelivered': ({ to, text }) => afterInEnglish(`Thanks not delivered to ${to}`, text),
    'reminder.partly-delivered': ({ to, others, text }) =>
      afterInEnglish(`Thanks refused by ${to}, delivered to ${others}`, text),
    'reminder.delivery-delayed': ({ to, text }) => afterInEnglish(`Thanks delayed for ${to}, nothing to do`, text),
    'reminder.delivery-unclear': ({ to, text }) =>
      afterInEnglish(`Thanks refused by ${to}, to be checked: whether the customer has them is not known`, text),
  },
  ofPlans: {
    'promise.made': ({ amount, day, reason }) => afterInEnglish(`Payment plan agreed, ${amount} until ${day}`, reason),
    'promise.kept': ({ amount }) => `Payment plan kept, ${amount}.`,
    'promise.goes-on': ({ day }) => `Payment plan kept after all: it goes on until ${day}.`,
    'promise.broken': ({ amount, day }) => `Payment plan broken, ${amount} until ${day}.`,
    'promise.replaced': ({ day }) => `The payment plan until ${day} is replaced by another agreement.`,
    'promise.withdrawn': ({ day, reason }) => afterInEnglish(`Payment plan until ${day} withdrawn`, reason),
  } as Sentences,
  withCharges: (amount, charges) => `${amount} and ${charges} of interest and fees`,
  elsewhere: (level, note) => afterInEnglish(`${level} made outside Relance`, note),
  level: (level) => (level === 0 ? 'Notice before the due date' : `Reminder R${level}`),
};

export const eventWords = { fr, en };
type EventWords = typeof fr;

/** Of a reminder that a person gives: there is no message to read. */
export const isOfTask = ({ type, payload }: Pick<EventToTell, 'type' | 'payload'>): boolean =>
  /^reminder\.(done|undone)$/.test(type) || payload?.channel === 'task';

/** Who did it, in words. */
export function sayActor(
  { actor, actorName }: { actor: string; actorName: string | null },
  words: EventWords['by'],
): string {
  if (actor === 'system' || actor === 'cli') return words[actor];
  const name = actorName ?? words.unknown;
  return actor.startsWith('key:') ? words.key(name) : name;
}

/** What of an event is told. */
export interface EventToTell {
  type: string;
  payload: Record<string, unknown> | null;
  personName?: string | null | undefined;
}

/** What the sentence of an event is made with. */
export interface EventTelling {
  words: EventWords;
  reasons: (typeof reasonWords)['fr'];
  writing: Writing;
  /** 'fr-FR', 'en-GB': how a count is written. */
  locale: string;
  /** Of amounts whose event does not say it. */
  currency: string;
}

export function sayEvent({ type, payload, personName }: EventToTell, telling: EventTelling): string {
  const { words, writing } = telling;
  const told = apartOf(payload, words)?.[type] ?? words.sentences[type];
  if (told === undefined) return type;
  if (payload === null) return words.erased;
  const text = (name: string): string => (typeof payload[name] === 'string' ? payload[name] : '');
  const number = (name: string): number | null => (typeof payload[name] === 'number' ? payload[name] : null);
  const level = words.level(number('level') ?? 0);
  if (payload.elsewhere === true) return words.elsewhere(level, text('note'));
  const minor = number('askedMinor') ?? number('amountMinor') ?? number('totalMinor');
  const day =
    text('untilOn') ||
    text('until') ||
    text('promisedOn') ||
    (type.startsWith('task.') ? text('on') : type === 'company.clock-set' ? text('to') : '');
  const { reason, to, others } = payload;
  // A short day ends with a point of its own ('nov.'), which also ends the sentence.
  const sentence = told({
    level,
    amount: minor === null ? '' : amountTold(minor, text('currency') || telling.currency, payload.charges, telling),
    day: day === '' ? '' : writing.day(day),
    from: text('fromOn') === '' ? '' : writing.day(text('fromOn')),
    yearly: payload.yearly === true,
    reason: isReason(reason) ? sayReason(reason, telling.reasons, writing) : text('reason') || text('note'),
    to: Array.isArray(to) ? to.join(', ') : '',
    others: Array.isArray(others) ? others.join(', ') : '',
    text: textNames.map(text).find((one) => one !== '') ?? '',
    person: personName ?? words.by.unknown,
    nobody: payload.userId === null,
    role: type === 'import.finished' ? text('kind') : text('role') || text('to'),
    count: (number('created') ?? (number('ready') ?? 0) + (number('toApprove') ?? 0)).toLocaleString(telling.locale),
  });
  return sentence.replace(/\.\.$/, '.');
}

/** What has words of its own, by what its payload says that it is about. */
function apartOf(payload: EventToTell['payload'], words: EventWords): Sentences | null {
  if (payload?.channel === 'task') return words.ofTasks;
  if (payload?.thanks === true) return words.ofThanks;
  return payload?.instalments === undefined ? null : words.ofPlans;
}

/** With what a message asked for beside the principal, in the same currency. */
function amountTold(minor: number, currency: string, charges: unknown, { words, writing }: EventTelling): string {
  const amount = writing.amount(minor, currency);
  if (!Array.isArray(charges)) return amount;
  const sum = (charges as { currency: string; minor: number }[])
    .filter((one) => one.currency === currency)
    .reduce((total, one) => total + one.minor, 0);
  return sum === 0 ? amount : words.withCharges(amount, writing.amount(sum, currency));
}

/** Where a payload has its own words, whichever it has. */
const textNames = [
  'half',
  'answer',
  'address',
  'number',
  'outcome',
  'how',
  'task',
  'name',
  'title',
  'host',
  'file',
  'kind',
];

const isReason = (value: unknown): value is CodedReason =>
  typeof value === 'object' && value !== null && 'code' in value;
