// What every company has from its first minute: a sequence and its messages, in French and English (templates/, as Markdown).
import { readFileSync } from 'node:fs';
import type { Kysely } from 'kysely';
import type { Day } from '../core/day.ts';
import { newId } from '../db/id.ts';
import type { Tables } from '../db/tables.ts';

const languages = ['fr', 'en'] as const;

/** The ready-made templates by their keys, in the order of the ladder. */
const templateNames = {
  notice: { fr: 'Rappel avant échéance', en: 'Notice before due date' },
  friendly: { fr: 'Relance courtoise', en: 'Friendly reminder' },
  firm: { fr: 'Relance ferme', en: 'Firm reminder' },
  'formal-notice': { fr: 'Mise en demeure', en: 'Formal notice' },
} as const;

type ReadyMadeKey = keyof typeof templateNames;
const keys = Object.keys(templateNames) as ReadyMadeKey[];

interface ReadyMadeStep {
  level: number;
  names: { fr: string; en: string };
  offsetDays: number;
  templateKey: ReadyMadeKey;
  formal: boolean;
}

/** B3, the usual ladder: a notice before the due date, a friendly reminder, a firm one, the formal notice with approval. */
const steps: readonly ReadyMadeStep[] = [
  {
    level: 0,
    names: { fr: 'Rappel avant échéance', en: 'Notice before due date' },
    offsetDays: -3,
    templateKey: 'notice',
    formal: false,
  },
  {
    level: 1,
    names: { fr: 'Relance courtoise', en: 'Friendly reminder' },
    offsetDays: 5,
    templateKey: 'friendly',
    formal: false,
  },
  { level: 2, names: { fr: 'Relance ferme', en: 'Firm reminder' }, offsetDays: 15, templateKey: 'firm', formal: false },
  {
    level: 3,
    names: { fr: 'Mise en demeure', en: 'Formal notice' },
    offsetDays: 30,
    templateKey: 'formal-notice',
    formal: true,
  },
];

const titles = {
  fr: {
    title: 'Séquence standard',
    description: 'J−3 rappel, J+5 courtoise, J+15 ferme, J+30 mise en demeure à valider.',
  },
  en: {
    title: 'Standard sequence',
    description: 'D−3 notice, D+5 friendly, D+15 firm, D+30 formal notice with approval.',
  },
};

/** Writes the ready-made templates and sequence; answers the sequence, which is to be the company's default. */
export async function addReadyMade(
  tx: Kysely<Tables>,
  companyId: string,
  language: 'fr' | 'en',
  today: Day,
): Promise<string> {
  const templates = languages.flatMap((lang) =>
    keys.map((key) => ({ company_id: companyId, id: newId(), key, language: lang, ...readTemplate(lang, key) })),
  );
  await tx.insertInto('template').values(templates).execute();
  const sequenceId = newId();
  await tx
    .insertInto('sequence')
    .values({ company_id: companyId, id: sequenceId, ...titles[language], created_on: today })
    .execute();
  await tx
    .insertInto('step')
    .values(
      steps.map((step) => ({
        company_id: companyId,
        id: newId(),
        sequence_id: sequenceId,
        level: step.level,
        name: step.names[language],
        offset_days: step.offsetDays,
        template_key: step.templateKey,
        roles_to: ['accounts_payable', 'main', 'management'] as ('accounts_payable' | 'main' | 'management')[],
        requires_approval: step.formal,
        formal_notice: step.formal,
        added_on: today,
      })),
    )
    .execute();
  return sequenceId;
}

export interface ReadyMadeTemplate {
  name: string;
  subject: string;
  body: string;
}

/** The text that Relance brings under this key in this language; null where it brings none. */
export function originalTemplate(key: string, language: string): ReadyMadeTemplate | null {
  const isKnown = Object.hasOwn(templateNames, key) && (languages as readonly string[]).includes(language);
  return isKnown ? readTemplate(language as 'fr' | 'en', key as ReadyMadeKey) : null;
}

export const isReadyMade = (key: string): boolean => Object.hasOwn(templateNames, key);

const readBefore = new Map<string, ReadyMadeTemplate>();

/** A template file: the subject, a line of three dashes, the body. */
function readTemplate(language: 'fr' | 'en', key: ReadyMadeKey): ReadyMadeTemplate {
  const place = `${language}/${key}`;
  const known = readBefore.get(place);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`../../templates/${place}.md`, import.meta.url), 'utf8');
  const [subject, ...body] = text.split('\n---\n');
  const read = { name: templateNames[key][language], subject: subject!.trim(), body: body.join('\n---\n').trim() };
  readBefore.set(place, read);
  return read;
}
