// A reason in words: its code chooses the sentence, its days and amounts are written as wherever it is shown writes them.
import { invoiceTypes } from './values.ts';
import type { Writing } from './writing.ts';

type With = Record<string, string | number>;

const because = (r: With): string => (r.reason ? ` : ${r.reason}.` : '.');
const becauseInEnglish = (r: With): string => (r.reason ? `: ${r.reason}.` : '.');

/** 'facture de situation' */
const typeName = (names: Record<string, string>, type: string | number | undefined): string =>
  (names[String(type)] ?? String(type)).toLowerCase();

/** Days and amounts come formatted: `openAmount`, `dueOn` … are already words. */
const fr = {
  'not-yet-issued': (r: With) => `Pas encore émise : elle le sera le ${r.issuedOn}.`,
  'step-not-reached': (r: With) => `L’étape R${r.level} viendra le ${r.dueOn}.`,
  paused: (r: With) => (r.untilOn ? `En pause jusqu’au ${r.untilOn} inclus${because(r)}` : `En pause${because(r)}`),
  'payment-plan': (r: With) => `Échéancier en cours : ${r.amount} attendus le ${r.dueOn}, rien jusqu’à ce jour inclus.`,
  promised: (r: With) =>
    r.amount
      ? `Règlement de ${r.amount} promis pour le ${r.promisedOn} : rien jusqu’à ce jour inclus.`
      : `Règlement promis pour le ${r.promisedOn} : rien jusqu’à ce jour inclus.`,
  postponed: (r: With) => (r.until ? `Reporté au ${r.until}.` : 'Reporté.'),
  'customer-week-full': (r: With) =>
    r.perWeek === 1
      ? `Attend le ${r.until} : un seul message par semaine à ce client.`
      : `Attend le ${r.until} : au plus ${r.perWeek} messages par semaine à ce client.`,
  'too-soon-after-another': (r: With) =>
    r.apartDays === 1
      ? `Attend le ${r.until} : jamais deux messages le même jour à ce client.`
      : `Attend le ${r.until} : au moins ${r.apartDays} jours entre deux messages à ce client.`,
  draft: () => 'Brouillon : elle n’est pas émise.',
  'to-process': () => 'À traiter : elle n’est pas émise.',
  quote: () => 'C’est un devis.',
  'no-due-date': () => 'Il lui manque une date d’échéance.',
  'direct-debit': () => 'Réglée par prélèvement.',
  disputed: () => 'En litige.',
  'no-address': () => 'Aucune adresse e-mail : complétez la fiche client.',
  'email-forbidden': () =>
    'L’e-mail n’est pas autorisé pour ce client : prévoyez un autre canal, ou modifiez sa fiche.',
  'address-blocked': (r: With) => `L’adresse ${r.address} a été refusée : il en faut une autre.`,
  'waits-for-approval': () => 'Un message attend votre validation.',
  'waits-to-leave': () => 'Un message est prêt à partir.',
  'waits-to-be-done': () => 'Une tâche attend d’être faite.',
  'failed-before': () => 'L’envoi précédent a échoué.',
  'not-delivered': () => 'Le message n’a pas été remis : renvoyez-le ou passez l’étape.',
  'another-message-today': () => 'Un message plus pressant part pour ce client ce jour-là.',
  'task-to-come': (r: With) => `La dernière étape est partie : une tâche viendra le ${r.dueOn}.`,
  'litigation-to-come': (r: With) =>
    `La dernière étape est partie : le passage en contentieux sera proposé le ${r.dueOn}.`,
  'formal-notice-first': () => 'Une mise en demeure ne part jamais sans relance avant elle.',
  'covered-by-credits': () => 'Couverte par les avoirs du client, à imputer.',
  'below-tolerance': (r: With) =>
    r.openAmount
      ? `Le reste (${r.openAmount}) est trop petit pour être relancé.`
      : 'Le reste est trop petit pour être relancé.',
  'bank-not-fresh': (r: With) =>
    r.knownOn ? `Les règlements ne sont connus que jusqu’au ${r.knownOn}.` : 'Aucun règlement n’a encore été importé.',
  'rate-not-known': (r: With) =>
    `Le taux d’intérêt du semestre ${r.semester} de ${r.year} n’est pas confirmé : voir Réglages, Pénalités et frais.`,
  'mail-server-missing': () => 'Aucun serveur d’envoi n’est réglé.',
  'no-sequence': () => 'Ce client n’est dans aucune séquence.',
  'type-excluded': (r: With) => `Non relancée, par la règle « ${r.rule} » : ${typeName(invoiceTypes.fr, r.type)}.`,
  'overdue-outside': () => 'Échue avant son arrivée : à inclure si vous le voulez.',
  'below-minimum': () => 'Sous le montant minimum de cette étape.',
  'refused-by-person': (r: With) =>
    `Une personne a choisi de ne pas ${r.channel === 'task' ? 'la faire' : 'l’envoyer'}${because(r)}`,
  'not-a-task-any-more': () => 'Cette étape n’est plus une tâche.',
  'notice-too-late': () => 'Le rappel avant échéance viendrait trop tard.',
  settled: () => 'Réglée.',
  cancelled: () => 'Annulée.',
  'written-off': () => 'Passée en perte.',
  'sequence-finished': () => 'La séquence est terminée.',
  'task-made': () => 'La séquence est terminée : une tâche attend une personne.',
  'litigation-proposed': () => 'La séquence est terminée : le passage en contentieux est à décider.',
  'nothing-left-to-take': () => 'Plus aucune étape à prendre.',
  'sequence-deleted': () => 'Sa séquence a été supprimée.',
  'step-due': (r: With) =>
    r.level === 0 ? `Rappel avant échéance prévu le ${r.dueOn}.` : `Étape R${r.level} prévue le ${r.dueOn}.`,
  'step-again': (r: With) => `Étape R${r.level} de nouveau (répétition n° ${r.occurrence}), prévue le ${r.dueOn}.`,
  'step-due-by-task': (r: With) =>
    `${r.level === 0 ? 'Rappel avant échéance prévu' : `Étape R${r.level} prévue`} le ${r.dueOn} : une tâche, faute d’adresse e-mail.`,
  'not-paid-any-more': () => 'La facture n’est plus réglée en entier par un règlement.',
  'not-reminded': () => 'Aucune relance n’est parvenue au client pour cette facture.',
  'still-owes': () => 'Le client doit encore autre chose, échu ou réclamé.',
  'email-not-wanted': () => 'Aucun e-mail ne doit être envoyé à ce client.',
  'thanks-not-wanted': () => 'L’entreprise ne remercie plus de ces règlements.',
  'recipients-differ': () => 'Cette facture a maintenant d’autres destinataires.',
  paid: (r: With) => `Facture relancée, réglée le ${r.paidOn}.`,
  'step-due-not-by-email': (r: With) =>
    `${r.level === 0 ? 'Rappel avant échéance prévu' : `Étape R${r.level} prévue`} le ${r.dueOn} : une tâche, car l’e-mail n’est pas autorisé pour ce client.`,
  'by-hand': () => 'Demandé par une personne.',
  'done-elsewhere': () => 'Relance faite en dehors de Relance.',
  'sent-anew': () => 'Renvoyé, sur décision d’une personne.',
  'went-live': () => 'Passage en réel.',
  'approved-already': () => 'Quelqu’un d’autre l’avait déjà validé.',
  'left-already': () => 'Le message était déjà parti.',
  'enrolled-already': () => 'Le client suivait déjà ces relances.',
  'pause-over': () => 'Le dernier jour de la pause était déjà passé.',
  'customer-merged': (r: With) => `Le client a été fusionné avec ${r.name}.`,
  'customer-moved': () => 'Le client a changé de séquence.',
};
const en: typeof fr = {
  'not-yet-issued': (r: With) => `Not issued yet: it will be on ${r.issuedOn}.`,
  'step-not-reached': (r: With) => `Step R${r.level} comes on ${r.dueOn}.`,
  paused: (r: With) =>
    r.untilOn ? `Paused up to and including ${r.untilOn}${becauseInEnglish(r)}` : `Paused${becauseInEnglish(r)}`,
  'payment-plan': (r: With) =>
    `A payment plan runs: ${r.amount} expected on ${r.dueOn}, nothing up to and including that day.`,
  promised: (r: With) =>
    r.amount
      ? `Payment of ${r.amount} promised for ${r.promisedOn}: nothing up to and including that day.`
      : `Payment promised for ${r.promisedOn}: nothing up to and including that day.`,
  postponed: (r: With) => (r.until ? `Postponed to ${r.until}.` : 'Postponed.'),
  'customer-week-full': (r: With) =>
    r.perWeek === 1
      ? `Waits for ${r.until}: one message a week only to this customer.`
      : `Waits for ${r.until}: at most ${r.perWeek} messages a week to this customer.`,
  'too-soon-after-another': (r: With) =>
    r.apartDays === 1
      ? `Waits for ${r.until}: never two messages on one day to this customer.`
      : `Waits for ${r.until}: at least ${r.apartDays} days between two messages to this customer.`,
  draft: () => 'A draft: it is not issued.',
  'to-process': () => 'To process: it is not issued.',
  quote: () => 'It is a quote.',
  'no-due-date': () => 'It has no due date.',
  'direct-debit': () => 'Collected by direct debit.',
  disputed: () => 'Disputed.',
  'no-address': () => 'No e-mail address: complete the customer page.',
  'email-forbidden': () => 'E-mail is not allowed for this customer: have another channel, or edit the customer.',
  'address-blocked': (r: With) => `The address ${r.address} was refused: another one is needed.`,
  'waits-for-approval': () => 'A message waits for your approval.',
  'waits-to-leave': () => 'A message is ready to leave.',
  'waits-to-be-done': () => 'A task waits to be done.',
  'failed-before': () => 'The sending before failed.',
  'not-delivered': () => 'The message was not delivered: send it again, or skip the step.',
  'another-message-today': () => 'A more pressing message leaves for this customer that day.',
  'task-to-come': (r: With) => `The last step has left: a task comes on ${r.dueOn}.`,
  'litigation-to-come': (r: With) =>
    `The last step has left: the hand-over to litigation will be proposed on ${r.dueOn}.`,
  'formal-notice-first': () => 'A formal notice never leaves without a reminder before it.',
  'covered-by-credits': () => 'Covered by the customer’s credits, to be allocated.',
  'below-tolerance': (r: With) =>
    r.openAmount ? `What is left (${r.openAmount}) is too small to ask for.` : 'What is left is too small to ask for.',
  'bank-not-fresh': (r: With) =>
    r.knownOn ? `Payments are known up to ${r.knownOn} only.` : 'No payment has been imported yet.',
  'rate-not-known': (r: With) =>
    `The interest rate of half-year ${r.semester} of ${r.year} is not confirmed: see Settings, Interest and fees.`,
  'mail-server-missing': () => 'No mail server is set up.',
  'no-sequence': () => 'This customer is in no sequence.',
  'type-excluded': (r: With) => `Left out by the rule “${r.rule}”: ${typeName(invoiceTypes.en, r.type)}.`,
  'overdue-outside': () => 'Overdue before it arrived: include it if you wish.',
  'below-minimum': () => 'Below the minimum amount of this step.',
  'refused-by-person': (r) => `A person chose not to ${r.channel === 'task' ? 'do' : 'send'} it${becauseInEnglish(r)}`,
  'not-a-task-any-more': () => 'This step is no task any more.',
  'notice-too-late': () => 'The notice before the due date would come too late.',
  settled: () => 'Settled.',
  cancelled: () => 'Cancelled.',
  'written-off': () => 'Written off.',
  'sequence-finished': () => 'The sequence is finished.',
  'task-made': () => 'The sequence is finished: a task waits for a person.',
  'litigation-proposed': () => 'The sequence is finished: a person decides on the hand-over to litigation.',
  'nothing-left-to-take': () => 'No step is left to take.',
  'sequence-deleted': () => 'Its sequence was deleted.',
  'step-due': (r: With) =>
    r.level === 0 ? `Notice before the due date, planned for ${r.dueOn}.` : `Step R${r.level}, planned for ${r.dueOn}.`,
  'step-again': (r: With) => `Step R${r.level} again (repetition no. ${r.occurrence}), planned for ${r.dueOn}.`,
  'step-due-by-task': (r: With) =>
    `${r.level === 0 ? 'Notice before the due date' : `Step R${r.level}`}, planned for ${r.dueOn}: a task, for want of an e-mail address.`,
  'not-paid-any-more': () => 'The invoice is not paid in full by a payment any more.',
  'not-reminded': () => 'No reminder of this invoice has reached the customer.',
  'still-owes': () => 'The customer still owes something else, overdue or claimed.',
  'email-not-wanted': () => 'This customer is not to be sent e-mail.',
  'thanks-not-wanted': () => 'The company does not thank for these payments any more.',
  'recipients-differ': () => 'This invoice has other recipients now.',
  paid: (r: With) => `A reminded invoice, paid on ${r.paidOn}.`,
  'step-due-not-by-email': (r: With) =>
    `${r.level === 0 ? 'Notice before the due date' : `Step R${r.level}`}, planned for ${r.dueOn}: a task, because e-mail is not allowed for this customer.`,
  'by-hand': () => 'Asked for by a person.',
  'done-elsewhere': () => 'Reminded outside Relance.',
  'sent-anew': () => 'Sent again, as a person decided.',
  'went-live': () => 'Going live.',
  'approved-already': () => 'Somebody else had approved it already.',
  'left-already': () => 'The message had left already.',
  'enrolled-already': () => 'The customer followed these reminders already.',
  'pause-over': () => 'The last day of the pause was past already.',
  'customer-merged': (r: With) => `The customer was merged into ${r.name}.`,
  'customer-moved': () => 'The customer moved to another sequence.',
};

export const reasonWords = { fr, en };

export interface CodedReason {
  code: string;
  with?: With | undefined;
}

/** '' where there is none; a code that the words do not have stays a code: nothing is hidden. */
export function sayReason(reason: CodedReason | null, words: typeof fr, writing: Writing): string {
  if (reason === null) return '';
  const sentence = (words as Record<string, (parameters: With) => string>)[reason.code];
  // A short day ends with a point of its own ('nov.'), which also ends the sentence.
  return sentence === undefined ? reason.code : sentence(inWords(reason.with ?? {}, writing)).replace(/\.\.$/, '.');
}

function inWords(parameters: With, writing: Writing): With {
  const shown = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      return [name, typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? writing.day(value) : value];
    }),
  );
  const { openMinor, amountMinor, currency } = parameters;
  if (typeof openMinor === 'number' && typeof currency === 'string')
    shown.openAmount = writing.amount(openMinor, currency);
  if (typeof amountMinor === 'number' && typeof currency === 'string')
    shown.amount = writing.amount(amountMinor, currency);
  return shown;
}
