// What is wrong or odd about a sequence, in French and in English: what, and what to do.
import type { ScreenLanguage } from './reason-words.ts';
import type { SequenceProblem, SequenceProblemCode } from './sequence.ts';

const sentences: Record<SequenceProblemCode, Record<ScreenLanguage, string>> = {
  'no-title': { fr: 'Donnez un titre à la séquence.', en: 'Give the sequence a title.' },
  'no-steps': { fr: 'Ajoutez au moins une étape.', en: 'Add at least one step.' },
  'no-step-before': {
    fr: 'La première étape ne peut pas compter depuis la précédente : choisissez un jour par rapport à l’échéance.',
    en: 'The first step can’t count from the one before it: choose a day around the due date.',
  },
  'two-steps-on-one-day': {
    fr: 'Deux étapes le même jour : les messages se croiseraient. Déplacez l’une des deux.',
    en: 'Two steps on one day: their messages would cross. Move one of them.',
  },
  'steps-cross': {
    fr: 'Selon l’échéance, cette étape tomberait avant la précédente : choisissez J+{days} ou plus tard, ou comptez depuis la précédente.',
    en: 'Depending on the due date this step would come before the one before it: choose D+{days} or later, or count from that one.',
  },
  'formal-notice-first': {
    fr: 'La première étape ne peut pas être une mise en demeure : ajoutez une relance avant elle.',
    en: 'The first step can’t be a formal notice: add a reminder before it.',
  },
  'formal-notice-before-due': {
    fr: 'Une mise en demeure vient après l’échéance : avant, rien n’est exigible.',
    en: 'A formal notice comes after the due date: before it nothing can be demanded.',
  },
  'formal-notice-as-task': {
    fr: 'Une mise en demeure est écrite : elle ne peut pas être une tâche.',
    en: 'A formal notice is written: it can’t be a task.',
  },
  'levels-not-rising': {
    fr: 'Les niveaux doivent monter d’une étape à la suivante : R{level} vient après un niveau aussi haut.',
    en: 'Levels must rise from step to step: R{level} comes after a level as high.',
  },
  'unknown-template': {
    fr: 'Le modèle « {key} » n’existe pas : choisissez-en un autre.',
    en: 'Template “{key}” does not exist: choose another one.',
  },
  'thanks-as-step': {
    fr: 'Le modèle de remerciement ne relance personne : choisissez-en un autre.',
    en: 'The template of thanks reminds nobody: choose another one.',
  },
  'unknown-file': {
    fr: 'Une pièce jointe de cette étape n’existe plus : retirez-la, ou choisissez-en une autre.',
    en: 'An attachment of this step does not exist any more: take it out, or choose another one.',
  },
  'formal-notice-repeated': {
    fr: 'Une mise en demeure ne se répète pas d’elle-même : choisissez une autre suite.',
    en: 'A formal notice is never repeated by itself: choose something else to follow.',
  },
  'notice-repeated': {
    fr: 'Un rappel avant échéance ne se répète pas : ajoutez une étape après l’échéance, ou choisissez une autre suite.',
    en: 'A notice before the due date is not repeated: add a step after the due date, or choose something else to follow.',
  },
  'formal-notice-without-reminder': {
    fr: 'Aucune relance après l’échéance ne précède cette mise en demeure : elle ne partirait jamais.',
    en: 'No reminder after the due date comes before this formal notice: it would never leave.',
  },
  'formal-notice-without-approval': {
    fr: 'Cette mise en demeure partirait sans que personne ne l’ait lue.',
    en: 'This formal notice would leave without anybody having read it.',
  },
  'formal-notice-by-mail-alone': {
    fr: 'Une mise en demeure par e-mail seul se prouve mal : gardez une trace de sa réception, ou doublez-la d’un courrier recommandé.',
    en: 'A formal notice by e-mail alone is hard to prove: keep a trace of its receipt, or send a registered letter beside it.',
  },
  'email-never-used': {
    fr: 'Une tâche est toujours possible : l’e-mail placé après elle ne servirait jamais.',
    en: 'A task can always be done: the e-mail after it would never be used.',
  },
  'formal-notice-early': {
    fr: 'Une mise en demeure {days} jours après l’échéance surprend : laissez plus de temps.',
    en: 'A formal notice {days} days after the due date surprises: leave more time.',
  },
  'steps-close-together': {
    fr: '{days} jour(s) seulement après l’étape précédente : le client n’a pas le temps de payer.',
    en: 'Only {days} day(s) after the step before: the customer has no time to pay.',
  },
  'nothing-after-due-date': {
    fr: 'Aucune étape après l’échéance : une facture impayée ne serait jamais relancée.',
    en: 'No step after the due date: an unpaid invoice would never be reminded of.',
  },
  'late-first-reminder': {
    fr: 'La première relance vient {days} jours après l’échéance : une facture oubliée se paie d’autant plus tard.',
    en: 'The first reminder comes {days} days after the due date: a forgotten invoice is paid that much later.',
  },
  'two-formal-notices': {
    fr: 'Deux mises en demeure dans une séquence : la seconde affaiblit la première.',
    en: 'Two formal notices in one sequence: the second weakens the first.',
  },
  'files-too-large': {
    fr: 'Les pièces jointes pèsent {megabytes} Mo en tout, sans les factures : bien des serveurs refuseraient ce message.',
    en: 'The attachments are {megabytes} MB in all, without the invoices: many servers would refuse this message.',
  },
  'repeats-close-together': {
    fr: 'La dernière étape se répéterait au bout de {days} jour(s) seulement : le client n’a pas le temps de payer.',
    en: 'The last step would be repeated after only {days} day(s): the customer has no time to pay.',
  },
};

export function sequenceSentence({ code, with: parameters }: SequenceProblem, language: ScreenLanguage): string {
  const days = Number(parameters.days);
  return sentences[code][language]
    .replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? '…'))
    .replaceAll(/(jour|day)\(s\)/g, (_, word: string) => (days === 1 ? word : `${word}s`));
}
