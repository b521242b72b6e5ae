// What is wrong with a template, in French and in English: where, what, and what to do.
import type { Fault } from './fault.ts';
import type { ScreenLanguage } from './reason-words.ts';
import type { TemplateProblem } from './template-syntax.ts';

const sentences: Record<TemplateProblem, Record<ScreenLanguage, string>> = {
  'not-closed': {
    fr: '« {tag} » est ouvert et n’est pas fermé. Une balise finit par « }} », un bloc par « {% endif %} » ou « {% endfor %} ».',
    en: '“{tag}” is opened and not closed. A tag ends with “}}”, a block with “{% endif %}” or “{% endfor %}”.',
  },
  'not-open': {
    fr: '« {tag} » ne ferme rien qui soit ouvert. Retirez-le, ou ouvrez le bloc avant lui.',
    en: '“{tag}” closes nothing that is open. Remove it, or open the block before it.',
  },
  'unknown-block': {
    fr: 'le bloc « {tag} » n’existe pas. Seuls « if », « unless », « case » et « for » existent.',
    en: 'there is no block “{tag}”. There are only “if”, “unless”, “case” and “for”.',
  },
  'unknown-filter': {
    fr: 'le filtre « {tag} » n’existe pas. Écrivez la balise sans lui.',
    en: 'there is no filter “{tag}”. Write the tag without it.',
  },
  'loop-over': {
    fr: 'une boucle « for » ne parcourt que les factures, « invoices », et non « {tag} ».',
    en: 'a “for” loop goes over the invoices only, “invoices”, and not over “{tag}”.',
  },
  'loop-in-loop': {
    fr: 'une boucle « for » ne peut pas être dans une autre.',
    en: 'a “for” loop can’t stand within another one.',
  },
  unreadable: { fr: 'ce texte ne peut pas être lu : {detail}', en: 'this text can’t be read: {detail}' },
};

/** 'Ligne 3 : ', of the body; the subject has one line only. Empty where the place is not known. */
export function whereSentence({ field, line }: Fault['with'], language: ScreenLanguage): string {
  if (field === 'subject') return language === 'fr' ? 'Objet : ' : 'Subject: ';
  if (line === undefined) return '';
  return language === 'fr' ? `Ligne ${line} : ` : `Line ${line}: `;
}

export function brokenSentence({ problem, ...parameters }: Fault['with'], language: ScreenLanguage): string {
  const sentence = sentences[problem as TemplateProblem] ?? sentences.unreadable;
  return sentence[language].replace(/\{(tag|detail)\}/g, (_, name: string) => String(parameters[name] ?? '…'));
}
