// The sentence of every reason, in French and in English, as it is shown beside an invoice.
import { formatAmount, formatDay } from './format.ts';
import type { Reason, ReasonCode } from './reason.ts';

export type ScreenLanguage = 'fr' | 'en';

/** {name} stands for a parameter; amounts and days are written as people write them. */
const sentences: Record<ReasonCode, Record<ScreenLanguage, string>> = {
  'not-yet-issued': {
    fr: 'La facture est datée du {issuedOn} : rien avant.',
    en: 'The invoice is dated {issuedOn}: nothing before.',
  },
  'step-not-reached': { fr: 'Prochaine étape (R{level}) le {dueOn}.', en: 'Next step (R{level}) on {dueOn}.' },
  paused: { fr: 'En pause{untilOn| jusqu’au } {reason|: }', en: 'Paused{untilOn| until } {reason|: }' },
  promised: {
    fr: 'Règlement {amountMinor|de } promis pour le {promisedOn} : rien jusqu’à ce jour inclus.',
    en: 'Payment {amountMinor|of } promised for {promisedOn}: nothing up to and including that day.',
  },
  'payment-plan': {
    fr: 'Échéancier en cours : {amountMinor} attendus le {dueOn}, rien jusqu’à ce jour inclus.',
    en: 'A payment plan runs: {amountMinor} expected on {dueOn}, nothing up to and including that day.',
  },
  postponed: { fr: 'Reportée au {until}.', en: 'Postponed to {until}.' },
  'customer-week-full': {
    fr: 'R{level} attend le {until} : ce client a déjà tous ses messages de la semaine (limite : {perWeek}).',
    en: 'R{level} waits for {until}: this customer has all its messages of the week already (limit: {perWeek}).',
  },
  'too-soon-after-another': {
    fr: 'R{level} attend le {until} : trop tôt après un autre message à ce client (écart en jours : {apartDays}).',
    en: 'R{level} waits for {until}: too soon after another message to this customer (days apart: {apartDays}).',
  },
  draft: { fr: 'La facture est un brouillon.', en: 'The invoice is a draft.' },
  'to-process': { fr: 'La facture est à traiter.', en: 'The invoice is to be processed.' },
  quote: { fr: 'C’est un devis.', en: 'This is a quote.' },
  'no-due-date': { fr: 'Pas de date d’échéance : à compléter.', en: 'No due date: to be completed.' },
  'direct-debit': {
    fr: 'Prélevée : relancée seulement si le prélèvement est rejeté.',
    en: 'Collected by direct debit: reminded only if the debit is returned.',
  },
  disputed: { fr: 'Litige en cours.', en: 'A dispute is open.' },
  'no-address': { fr: 'Aucune adresse e-mail utilisable pour R{level}.', en: 'No usable e-mail address for R{level}.' },
  'email-forbidden': {
    fr: 'Ce client ne doit pas être relancé par e-mail : R{level} attend un autre canal.',
    en: 'This customer is not to be reminded by e-mail: R{level} waits for another channel.',
  },
  'address-blocked': {
    fr: 'R{level} attend une autre adresse : {address} a été refusée.',
    en: 'R{level} waits for another address: {address} was refused.',
  },
  'waits-for-approval': { fr: 'R{level} attend votre validation.', en: 'R{level} waits for approval.' },
  'waits-to-leave': { fr: 'R{level} va partir.', en: 'R{level} is about to leave.' },
  'waits-to-be-done': {
    fr: 'R{level} attend que la tâche soit faite.',
    en: 'R{level} waits for its task to be done.',
  },
  'failed-before': { fr: 'L’envoi a échoué {answer|: }', en: 'Sending failed {answer|: }' },
  'not-delivered': {
    fr: 'R{level} n’a pas été remise {answer|: }',
    en: 'R{level} was not delivered {answer|: }',
  },
  'another-message-today': {
    fr: 'Un message plus pressant part pour ce client ce jour-là : R{level} vient le {until}.',
    en: 'A more pressing message leaves for this customer that day: R{level} comes on {until}.',
  },
  'task-to-come': {
    fr: 'La dernière étape est partie : une tâche viendra le {dueOn}.',
    en: 'The last step has left: a task comes on {dueOn}.',
  },
  'litigation-to-come': {
    fr: 'La dernière étape est partie : le passage en contentieux sera proposé le {dueOn}.',
    en: 'The last step has left: the hand-over to litigation will be proposed on {dueOn}.',
  },
  'formal-notice-first': {
    fr: 'La mise en demeure ne peut pas être le premier message : relancez d’abord.',
    en: 'A formal notice can’t be the first message: send a reminder first.',
  },
  'covered-by-credits': {
    fr: 'Couverte par un avoir ou un règlement à imputer.',
    en: 'Covered by a credit to allocate.',
  },
  'below-tolerance': {
    fr: 'Reste de {openMinor}, sous la tolérance : à passer en perte.',
    en: 'A rest of {openMinor}, below the tolerance: to be written off.',
  },
  'bank-not-fresh': {
    fr: 'R{level} attend que les règlements soient importés {knownOn|: connus jusqu’au }',
    en: 'R{level} waits for payments to be imported {knownOn|: known up to }',
  },
  'rate-not-known': {
    fr: 'R{level} attend le taux d’intérêt du semestre {semester} de {year} : à confirmer dans les réglages.',
    en: 'R{level} waits for the interest rate of half-year {semester} of {year}: to be confirmed in the settings.',
  },
  'mail-server-missing': { fr: 'Le serveur de messagerie n’est pas réglé.', en: 'The mail server is not set up.' },
  'no-sequence': {
    fr: 'Aucune relance : le client n’est dans aucune séquence.',
    en: 'No reminders: the customer is in no sequence.',
  },
  'type-excluded': {
    fr: 'La règle « {rule} » ne relance pas les factures de ce type.',
    en: 'The rule “{rule}” leaves invoices of this type out.',
  },
  'overdue-outside': {
    fr: 'Échue, hors relance : arrivée après sa première étape.',
    en: 'Overdue, outside dunning: it arrived after its first step.',
  },
  'below-minimum': {
    fr: 'Reste dû de {openMinor}, sous le minimum de {minimumMinor}.',
    en: 'Amount due {openMinor}, below the minimum of {minimumMinor}.',
  },
  'refused-by-person': { fr: 'Non envoyée sur décision {reason|: }', en: 'Not sent, as decided {reason|: }' },
  'not-a-task-any-more': {
    fr: 'L’étape R{level} n’est plus une tâche.',
    en: 'Step R{level} is no task any more.',
  },
  'notice-too-late': {
    fr: 'Rappel avant échéance dont le jour est passé.',
    en: 'Notice before the due date whose day is past.',
  },
  settled: { fr: 'Réglée.', en: 'Settled.' },
  cancelled: { fr: 'Annulée.', en: 'Cancelled.' },
  'written-off': { fr: 'Passée en perte.', en: 'Written off.' },
  'sequence-finished': { fr: 'Séquence terminée.', en: 'The sequence is finished.' },
  'task-made': {
    fr: 'Séquence terminée : une tâche attend une personne.',
    en: 'The sequence is finished: a task waits for a person.',
  },
  'litigation-proposed': {
    fr: 'Séquence terminée : une personne décide du passage en contentieux.',
    en: 'The sequence is finished: a person decides whether to hand over to litigation.',
  },
  'nothing-left-to-take': {
    fr: 'Plus aucune étape à prendre dans cette séquence.',
    en: 'No step of this sequence is left to take.',
  },
  'sequence-deleted': { fr: 'La séquence a été supprimée.', en: 'The sequence was deleted.' },
  'step-due': { fr: 'R{level} : l’étape est atteinte le {dueOn}.', en: 'R{level}: the step is reached on {dueOn}.' },
  'step-again': {
    fr: 'R{level} de nouveau, répétition n° {occurrence} : due le {dueOn}.',
    en: 'R{level} again, repetition no. {occurrence}: due on {dueOn}.',
  },
  'step-due-by-task': {
    fr: 'R{level} : l’étape est atteinte le {dueOn} ; une tâche, faute d’adresse e-mail utilisable.',
    en: 'R{level}: the step is reached on {dueOn}; a task, for want of a usable e-mail address.',
  },
  'not-paid-any-more': {
    fr: 'La facture n’est plus réglée en entier par un règlement.',
    en: 'The invoice is not paid in full by a payment any more.',
  },
  'not-reminded': {
    fr: 'Aucune relance n’est parvenue au client pour cette facture.',
    en: 'No reminder of this invoice has reached the customer.',
  },
  'still-owes': {
    fr: 'Le client doit encore autre chose, échu ou réclamé.',
    en: 'The customer still owes something else, overdue or claimed.',
  },
  'email-not-wanted': {
    fr: 'Aucun e-mail ne doit être envoyé à ce client.',
    en: 'This customer is not to be sent e-mail.',
  },
  'thanks-not-wanted': {
    fr: 'L’entreprise ne remercie plus de ces règlements.',
    en: 'The company does not thank for these payments any more.',
  },
  'recipients-differ': {
    fr: 'Cette facture a maintenant d’autres destinataires.',
    en: 'This invoice has other recipients now.',
  },
  paid: { fr: 'Facture relancée, réglée le {paidOn}.', en: 'A reminded invoice, paid on {paidOn}.' },
  'step-due-not-by-email': {
    fr: 'R{level} : l’étape est atteinte le {dueOn} ; une tâche, car l’e-mail n’est pas autorisé pour ce client.',
    en: 'R{level}: the step is reached on {dueOn}; a task, because e-mail is not allowed for this customer.',
  },
  'by-hand': { fr: 'Décision d’une personne.', en: 'Decided by a person.' },
  'done-elsewhere': { fr: 'Relancée autrement {note|: }', en: 'Reminded by other means {note|: }' },
  'sent-anew': { fr: 'Renvoyée, sur décision d’une personne.', en: 'Sent again, as a person decided.' },
  'went-live': { fr: 'Le mode test est terminé.', en: 'Practice has ended.' },
  'approved-already': {
    fr: 'Quelqu’un d’autre l’avait déjà validé.',
    en: 'Somebody else had approved it already.',
  },
  'left-already': { fr: 'Le message était déjà parti.', en: 'The message had left already.' },
  'enrolled-already': {
    fr: 'Le client suivait déjà ces relances.',
    en: 'The customer followed these reminders already.',
  },
  'pause-over': {
    fr: 'Le dernier jour de la pause était déjà passé.',
    en: 'The last day of the pause was past already.',
  },
  'customer-merged': { fr: 'Le client a été fusionné avec {name}.', en: 'The customer was merged into {name}.' },
  'customer-moved': { fr: 'Le client a changé de séquence.', en: 'The customer was moved to another sequence.' },
};

/** The reason in words. `{name|before}` is left out where the parameter is missing or empty. */
export function reasonSentence(reason: Reason, language: ScreenLanguage): string {
  const values = reason.with ?? {};
  const sentence = sentences[reason.code][language].replace(
    /\{(\w+)(?:\|([^}]*))?\}/g,
    (_, name: string, before: string | undefined) => {
      const shown = show(name, values, language);
      if (before === undefined) return shown;
      return shown === '' ? '' : `${before}${shown}`;
    },
  );
  const tidy = sentence.replace(/ +/g, ' ').trim();
  return /[.!?]$/.test(tidy) ? tidy : `${tidy}.`;
}

function show(name: string, values: NonNullable<Reason['with']>, language: ScreenLanguage): string {
  const value = values[name];
  if (value === undefined) return '';
  if (name.endsWith('Minor')) return formatAmount(Number(value), String(values.currency ?? 'EUR'), language);
  if (/^\d{4}-\d{2}-\d{2}$/.test(String(value))) return formatDay(String(value), language);
  return String(value);
}
