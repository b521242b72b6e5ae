// Writing what is ready-made into a company: its sequence from the first minute, others when they are added, and their messages in
// French and English (templates/, as Markdown).
import { readFileSync } from 'node:fs';
import type { Kysely } from 'kysely';
import type { Day } from '../core/day.ts';
import { daysOf } from '../core/ending.ts';
import type { Template } from '../core/message.ts';
import type { Tone } from '../core/sequence.ts';
import { newId } from '../db/id.ts';
import type { Tables } from '../db/tables.ts';
import {
  type ReadyMadeSequence,
  type ReadyMadeTemplateKey,
  readyMadeSequences,
  templateNames,
} from './ready-made-sequences.ts';

const languages = ['fr', 'en'] as const;

/** Writes the templates and the sequence that every company begins with; answers the sequence, which is to be its default. */
export async function addReadyMade(
  tx: Kysely<Tables>,
  companyId: string,
  language: 'fr' | 'en',
  today: Day,
): Promise<string> {
  return (await writeReadyMade(tx, companyId, readyMadeSequences.business, language, today)).sequenceId;
}

/** Writes a ready-made sequence, and those of its templates that the company hasn't got: an edited one is never overwritten. */
export async function writeReadyMade(
  tx: Kysely<Tables>,
  companyId: string,
  { titles, descriptions, steps, ending }: ReadyMadeSequence,
  language: 'fr' | 'en',
  today: Day,
): Promise<{ sequenceId: string; templates: number }> {
  const written = await writeTemplates(
    tx,
    companyId,
    steps.map(({ templateKey }) => templateKey),
  );
  const sequenceId = newId();
  await tx
    .insertInto('sequence')
    .values({
      company_id: companyId,
      id: sequenceId,
      title: titles[language],
      description: descriptions[language],
      created_on: today,
      ending: ending.kind,
      ending_days: daysOf(ending),
      ending_set_on: today,
    })
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
        channels: [step.toDo === null ? 'email' : 'task'],
        task_text: step.toDo?.[language] ?? null,
        template_key: step.templateKey,
        tone: step.tone,
        roles_to: [...step.rolesTo],
        requires_approval: step.requiresApproval,
        formal_notice: step.formalNotice,
        added_on: today,
      })),
    )
    .execute();
  return { sequenceId, templates: written };
}

/** Writes those of these templates that the company hasn't got, in each language; answers how many texts. */
export async function writeTemplates(
  tx: Kysely<Tables>,
  companyId: string,
  keys: readonly ReadyMadeTemplateKey[],
): Promise<number> {
  const templates = languages.flatMap((language) =>
    keys.map((key) => ({ company_id: companyId, id: newId(), key, language, ...readTemplate(language, key) })),
  );
  const written = await tx
    .insertInto('template')
    .values(templates)
    .onConflict((conflict) => conflict.columns(['company_id', 'key', 'language']).doNothing())
    .returning('id')
    .execute();
  return written.length;
}

export interface ReadyMadeTemplate {
  name: string;
  subject: string;
  body: string;
}

/** The text that Relance brings under this key in this language; null where it brings none. */
export function originalTemplate(key: string, language: string): ReadyMadeTemplate | null {
  const isKnown = Object.hasOwn(templateNames, key) && (languages as readonly string[]).includes(language);
  return isKnown ? readTemplate(language as 'fr' | 'en', key as ReadyMadeTemplateKey) : null;
}

export const isReadyMade = (key: string): boolean => Object.hasOwn(templateNames, key);

export function readTemplate(language: 'fr' | 'en', key: ReadyMadeTemplateKey): ReadyMadeTemplate {
  return { name: templateNames[key][language], ...readText(`${language}/${key}`) };
}

/** The files of templates/ that a new template begins with. */
export const textsOfTones: Record<Tone, string> = { courteous: 'friendly', firm: 'firm', final: 'last-notice' };

/** The text that a template of a step in that tone begins with, in each language. */
export function textsOfTone(tone: Tone): (Template & { language: 'fr' | 'en' })[] {
  return languages.map((language) => ({ language, ...readText(`${language}/${textsOfTones[tone]}`) }));
}

const readBefore = new Map<string, Template>();

/** A template file: the subject, a line of three dashes, the body. */
function readText(place: string): Template {
  const known = readBefore.get(place);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`../../templates/${place}.md`, import.meta.url), 'utf8');
  const [subject, ...body] = text.split('\n---\n');
  const read = { subject: subject!.trim(), body: body.join('\n---\n').trim() };
  readBefore.set(place, read);
  return read;
}
