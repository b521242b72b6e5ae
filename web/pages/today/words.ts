// The words of the day's own parts: its four figures, what leaves, what went wrong.
import { wordsOf } from '../../words/words.tsx';

const several = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('fr-FR')} ${count >= 2 ? more : one}`;
const severalInEnglish = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`;

const fr = {
  day: 'La journée',
  toApprove: 'À valider',
  nothingToApprove: 'Rien n’attend votre accord',
  formalNotices: (count: number) => `dont ${several(count, 'mise en demeure', 'mises en demeure')}`,
  tooLong: (count: number, days: number) =>
    `${several(count, 'attend', 'attendent')} depuis plus de ${several(days, 'jour d’envoi', 'jours d’envoi')}`,
  leaveNow: 'Partent maintenant',
  leaveAt: (hour: string) => `Partent à ${hour}`,
  leaveOn: (day: string) => `Partent ${day}`,
  leaveOnAt: (day: string, hour: string) => `Partent ${day} à ${hour}`,
  leaveWhenReady: 'Prêts à partir',
  hour: (hour: string) => hour.replace(/^0/, '').replace(':', ' h '),
  inMinutes: (minutes: number) =>
    minutes < 60
      ? `dans ${minutes} min`
      : `dans ${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`,
  nothingLeaves: 'Rien n’est prêt à partir',
  noServer: 'Ils attendent que le serveur d’envoi soit réglé',
  setServer: 'Régler le serveur d’envoi',
  cameIn: (day: string) => `Reçu depuis le ${day}`,
  nothingCameIn: 'Aucun règlement reçu',
  payments: (count: number) => several(count, 'règlement', 'règlements'),
  toAllocate: (count: number) => `dont ${count.toLocaleString('fr-FR')} à imputer`,
  toCheck: 'À vérifier',
  nothingToCheck: 'Rien à vérifier',
  inDoubt: (count: number) => several(count, 'envoi à vérifier', 'envois à vérifier'),
  failed: (count: number) => several(count, 'envoi impossible', 'envois impossibles'),
  undelivered: (count: number) => several(count, 'message non remis', 'messages non remis'),
  held: (count: number) => several(count, 'échéance en attente', 'échéances en attente'),
  leaving: 'Prêts à partir',
  leavingHint: 'Retenu, un message attend de nouveau votre accord.',
  when: 'Départ',
  whenNow: 'dans un instant',
  whenAgain: (hour: string) => `nouvel essai à ${hour}`,
  whenSending: 'en cours d’envoi',
  holdBack: 'Retenir',
  holdBackOne: (customer: string) => `Retenir le message à ${customer}`,
  holdBackAll: (count: number) => (count >= 2 ? `Tout retenir (${count.toLocaleString('fr-FR')})` : 'Retenir'),
  heldBack: (count: number) =>
    count >= 2
      ? `${count.toLocaleString('fr-FR')} messages retenus : ils attendent votre accord.`
      : 'Message retenu : il attend votre accord.',
  gone: (count: number) =>
    count >= 2
      ? `${count.toLocaleString('fr-FR')} sont déjà en train de partir.`
      : 'Un message est déjà en train de partir.',
  released: 'Le message va partir.',
  problems: {
    failedHint: 'Corrigez ce qui manque, puis renvoyez-le ; ou ne l’envoyez pas, et la séquence continue.',
    undelivered: 'Le message est revenu : personne ne l’a reçu.',
    undeliveredTo: (addresses: string, answer: string) => `Non remis à ${addresses} : ${answer}`,
    serverSaid: (answer: string) => `Réponse du serveur : ${answer}`,
    answers: {
      unknown: 'L’adresse n’existe pas chez le destinataire.',
      full: 'La boîte du destinataire est pleine.',
      blocked:
        'Le serveur du destinataire refuse ce message : expéditeur non autorisé, ou pris pour du courrier indésirable.',
      tooLarge: 'Le message est trop volumineux pour le destinataire.',
      signIn: 'Le serveur d’envoi a refusé l’identifiant ou le mot de passe.',
      sender: 'Le serveur d’envoi n’accepte pas cette adresse d’expéditeur.',
      other: 'Le serveur a refusé le message.',
    },
    template: 'Le texte du message n’a pas pu être composé : vérifiez ses balises.',
  },
};
const en: typeof fr = {
  day: 'The day',
  toApprove: 'To approve',
  nothingToApprove: 'Nothing waits for you',
  formalNotices: (count) => `${severalInEnglish(count, 'formal notice', 'formal notices')} among them`,
  tooLong: (count, days) =>
    `${severalInEnglish(count, 'has', 'have')} waited for more than ${severalInEnglish(days, 'sending day', 'sending days')}`,
  leaveNow: 'Leaving now',
  leaveAt: (hour) => `Leaving at ${hour}`,
  leaveOn: (day) => `Leaving on ${day}`,
  leaveOnAt: (day, hour) => `Leaving on ${day} at ${hour}`,
  leaveWhenReady: 'Ready to leave',
  hour: (hour) => hour,
  inMinutes: (minutes) =>
    minutes < 60 ? `in ${minutes} min` : `in ${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`,
  nothingLeaves: 'Nothing is ready to leave',
  noServer: 'They wait for the mail server to be set up',
  setServer: 'Set up the mail server',
  cameIn: (day) => `Came in since ${day}`,
  nothingCameIn: 'No payment received',
  payments: (count) => severalInEnglish(count, 'payment', 'payments'),
  toAllocate: (count) => `${count.toLocaleString('en-GB')} of them to allocate`,
  toCheck: 'To check',
  nothingToCheck: 'Nothing to check',
  inDoubt: (count) => severalInEnglish(count, 'sending in doubt', 'sendings in doubt'),
  failed: (count) => severalInEnglish(count, 'failed sending', 'failed sendings'),
  undelivered: (count) => severalInEnglish(count, 'message not delivered', 'messages not delivered'),
  held: (count) => severalInEnglish(count, 'instalment held', 'instalments held'),
  leaving: 'Ready to leave',
  leavingHint: 'Held back, a message waits for approval again.',
  when: 'Leaves',
  whenNow: 'in a moment',
  whenAgain: (hour) => `tried again at ${hour}`,
  whenSending: 'on its way',
  holdBack: 'Hold back',
  holdBackOne: (customer) => `Hold back the message to ${customer}`,
  holdBackAll: (count) => (count === 1 ? 'Hold back' : `Hold all back (${count.toLocaleString('en-GB')})`),
  heldBack: (count) =>
    count === 1
      ? 'Message held back: it waits for approval.'
      : `${count.toLocaleString('en-GB')} messages held back: they wait for approval.`,
  gone: (count) =>
    count === 1 ? 'One message is leaving already.' : `${count.toLocaleString('en-GB')} are leaving already.`,
  released: 'The message is about to leave.',
  problems: {
    failedHint: 'Put right what is missing, then send it again; or do not send it, and the sequence goes on.',
    undelivered: 'The message came back: nobody received it.',
    undeliveredTo: (addresses, answer) => `Not delivered to ${addresses}: ${answer}`,
    serverSaid: (answer) => `The server’s answer: ${answer}`,
    answers: {
      unknown: 'The recipient’s server does not know this address.',
      full: 'The recipient’s mailbox is full.',
      blocked: 'The recipient’s server refuses this message: the sender is not allowed, or it is taken for spam.',
      tooLarge: 'The message is too large for the recipient.',
      signIn: 'The mail server refused the user name or the password.',
      sender: 'The mail server does not accept this sender’s address.',
      other: 'The server refused the message.',
    },
    template: 'The message could not be composed: check its tags.',
  },
};

export const useTodayWords = wordsOf({ fr, en });
