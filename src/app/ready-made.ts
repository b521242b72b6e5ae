// What every company has from its first minute: a sequence and its messages, in French and English (templates/, as Markdown).
import { readFileSync } from 'node:fs';
import type { Kysely } from 'kysely';
import type { Day } from '../core/day.ts';
import { newId } from '../db/id.ts';
import type { Tables } from '../db/tables.ts';

const languages = ['fr', 'en'] as const;
const keys = ['notice', 'friendly', 'firm', 'formal-notice'] as const;

interface ReadyMadeStep {
  level: number;
  names: { fr: string; en: string };
  offsetDays: number;
  templateKey: (typeof keys)[number];
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

/** A template file: the subject, a line of three dashes, the body. */
function readTemplate(language: string, key: string): { subject: string; body: string } {
  const text = readFileSync(new URL(`../../templates/${language}/${key}.md`, import.meta.url), 'utf8');
  const [subject, ...body] = text.split('\n---\n');
  return { subject: subject!.trim(), body: body.join('\n---\n').trim() };
}
