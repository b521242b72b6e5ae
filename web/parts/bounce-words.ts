// The words of messages that came back: on the message, in the dialog that says so, where reports are handed in.
import { wordsOf } from '../words/words.tsx';

const fr = {
  failed: (address: string, reason: string) => `Refusé par ${address} : ${reason}`,
  delayed: (address: string, reason: string) => `Retardé pour ${address}, le serveur essaie encore : ${reason}`,
  unclear: (address: string, reason: string) =>
    `Refusé par ${address}, sans qu’on sache si le client l’a reçu : ${reason}`,
  sources: { server: 'réponse du serveur', report: 'avis de non-remise', person: 'signalé à la main' },
  undelivered: 'Personne ne l’a reçu.',
  waits: 'Il ne compte pas comme relance, et les étapes suivantes attendent votre décision.',
  others: (addresses: string) => `Remis à ${addresses} : la séquence continue.`,
  report: 'Signaler comme non remis…',
  title: 'Message non remis',
  hint: 'Vous avez vu dans votre messagerie que ce message est revenu.',
  addresses: 'Refusé par',
  reason: 'Ce que dit l’avis',
  reasons: {
    unknown: 'L’adresse n’existe pas',
    full: 'La boîte est pleine',
    refused: 'Le message est refusé',
  },
  blocks: 'Ne plus écrire à cette adresse',
  blocksHint:
    'Pour tous les clients qui l’ont, jusqu’à ce que vous la débloquiez. Une adresse corrigée n’est pas bloquée.',
  submit: 'Signaler',
  reported: (others: string, waits: boolean) => {
    if (others !== '') return `Noté. Remis aux autres : ${others}.`;
    return waits ? 'Noté : le message vous attend sous « À vérifier ».' : 'Noté. Il n’attend rien de vous.';
  },
  handIn: 'Avis de non-remise…',
  handInTitle: 'Déposer des avis de non-remise',
  handInHint:
    'L’e-mail par lequel un serveur dit qu’un message n’a pas été remis, enregistré depuis votre messagerie (.eml). Relance y lit de quel message il s’agit, et pourquoi.',
  choose: 'Choisir des fichiers…',
  drop: 'ou déposez-les ici',
  reading: 'Lecture…',
  results: 'Ce que disent ces avis',
  outcomes: {
    undelivered: (customer: string, addresses: string) => `${customer} : non remis à ${addresses}.`,
    partly: (customer: string, addresses: string) => `${customer} : refusé par ${addresses}, remis aux autres.`,
    noted: (customer: string, addresses: string) => `${customer} : refusé par ${addresses}, déjà renvoyé depuis.`,
    unclear: (customer: string, addresses: string) =>
      `${customer} : refusé par ${addresses}, sans qu’on sache si le client l’a reçu. Une tâche vous le demande.`,
    delayed: (customer: string, addresses: string) => `${customer} : retardé pour ${addresses}, rien ne change.`,
    delivered: (customer: string, addresses: string) => `${customer} : remis à ${addresses}, rien ne change.`,
    known: (customer: string, addresses: string) => `${customer} : déjà noté pour ${addresses}, rien ne change.`,
  },
  blocked: (addresses: string) => `Rien n’est plus envoyé à ${addresses}.`,
  read: 'Lire le message',
};
const en: typeof fr = {
  failed: (address, reason) => `Refused by ${address}: ${reason}`,
  delayed: (address, reason) => `Delayed for ${address}, the server still tries: ${reason}`,
  unclear: (address, reason) => `Refused by ${address}; whether the customer has it is not known: ${reason}`,
  sources: { server: 'the server’s answer', report: 'delivery report', person: 'reported by hand' },
  undelivered: 'Nobody received it.',
  waits: 'It does not count as a reminder, and the next steps wait for your decision.',
  others: (addresses) => `Delivered to ${addresses}: the sequence goes on.`,
  report: 'Report as not delivered…',
  title: 'Message not delivered',
  hint: 'You saw in your mailbox that this message came back.',
  addresses: 'Refused by',
  reason: 'What the report says',
  reasons: { unknown: 'The address does not exist', full: 'The mailbox is full', refused: 'The message is refused' },
  blocks: 'Do not write to this address any more',
  blocksHint: 'For every customer who has it, until you unblock it. A corrected address is not blocked.',
  submit: 'Report',
  reported: (others, waits) => {
    if (others !== '') return `Noted. Delivered to the others: ${others}.`;
    return waits ? 'Noted: the message waits for you under “To check”.' : 'Noted. It waits for nothing from you.';
  },
  handIn: 'Delivery reports…',
  handInTitle: 'Hand in delivery reports',
  handInHint:
    'The e-mail in which a server says that a message was not delivered, saved from your mailbox (.eml). Relance reads which message it is about, and why.',
  choose: 'Choose files…',
  drop: 'or drop them here',
  reading: 'Reading…',
  results: 'What these reports say',
  outcomes: {
    undelivered: (customer, addresses) => `${customer}: not delivered to ${addresses}.`,
    partly: (customer, addresses) => `${customer}: refused by ${addresses}, delivered to the others.`,
    noted: (customer, addresses) => `${customer}: refused by ${addresses}, sent again since.`,
    unclear: (customer, addresses) =>
      `${customer}: refused by ${addresses}; whether the customer has it is not known. A task asks you.`,
    delayed: (customer, addresses) => `${customer}: delayed for ${addresses}, nothing changes.`,
    delivered: (customer, addresses) => `${customer}: delivered to ${addresses}, nothing changes.`,
    known: (customer, addresses) => `${customer}: noted already for ${addresses}, nothing changes.`,
  },
  blocked: (addresses) => `Nothing is sent to ${addresses} any more.`,
  read: 'Read the message',
};

export const useBounceWords = wordsOf({ fr, en });
