// Templates: listed, made, changed, restored, deleted.
import { done, failed, type Result } from '../core/fault.ts';
import { checkTemplate, type Template } from '../core/message.ts';
import type { Tone } from '../core/sequence.ts';
import { kindOfTemplate, templateKey, thanksTemplate } from '../core/template-key.ts';
import { recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import type { Row } from '../db/tables.ts';
import { sequencesUsing } from '../db/template.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { isReadyMade, originalTemplate, textsOfTone } from './ready-made.ts';

export interface TemplateShown extends Pick<Row<'template'>, 'key' | 'language' | 'name' | 'subject' | 'body'> {
  /** Of the messages that it makes. */
  kind: 'reminder' | 'thanks';
  /** Comes with Relance in this language, so that its original text can be had back. */
  readyMade: boolean;
  /** Its text is the original one. */
  original: boolean;
}

/** By key and language. */
export function browseTemplates(context: Context, acting: Acting): Promise<TemplateShown[]> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const rows = await tx
      .selectFrom('template')
      .select(['key', 'language', 'name', 'subject', 'body'])
      .where('company_id', '=', company.id)
      .orderBy('key')
      .orderBy('language')
      .execute();
    return rows.map((row) => {
      const original = originalTemplate(row.key, row.language);
      const isSame = original !== null && original.subject === row.subject && original.body === row.body;
      return { ...row, kind: kindOfTemplate(row.key), readyMade: original !== null, original: isSame };
    });
  });
}

export interface TemplateInput extends Template {
  key: string;
  language: string;
  /** Missing: it keeps the one that it has, a new one is called by its key. Given: its name in every language. */
  name?: string | undefined;
}

/** Saves a template, a new one too; an unknown, missing or broken tag is refused with its name and line (D2). */
export function saveTemplate(
  context: Context,
  acting: Acting,
  input: TemplateInput,
): Promise<Result<{ key: string; name: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, scope } = work;
    const checked = checkTemplate(input, kindOfTemplate(input.key));
    if (!checked.ok) return checked;
    const { key, language, subject, body } = input;
    const known = await inEachLanguage(work, key);
    const own = known.find((row) => row.language === language) ?? known[0];
    const name = input.name ?? own?.name ?? originalTemplate(key, language)?.name ?? key;
    await write(work, { key, language, name, subject, body });
    if (input.name !== undefined)
      await tx
        .updateTable('template')
        .set({ name })
        .where('company_id', '=', company.id)
        .where('key', '=', key)
        .execute();
    const type = known.length === 0 ? 'template.created' : 'template.changed';
    await recordEvents(tx, scope, [{ type, payload: { key, language, name } }]);
    return done({ key, name });
  });
}

export interface NewTemplate {
  name: string;
  /** The template that it begins as a copy of, in all its languages; missing: a short text in the company's language. */
  copyOf?: string | undefined;
  /** Instead: the ready-made text of that tone, in both languages. */
  tone?: Tone | undefined;
}

const beginning: Record<'fr' | 'en', Template> = {
  fr: {
    subject: 'Facture {{ invoice_number }}',
    body: 'Bonjour,\n\n{{ invoice_table }}\n\nCordialement,\n{{ sender_name }}\n{{ company_name }}',
  },
  en: {
    subject: 'Invoice {{ invoice_number }}',
    body: 'Hello,\n\n{{ invoice_table }}\n\nKind regards,\n{{ sender_name }}\n{{ company_name }}',
  },
};

/** Makes a template under a key of its own, made of its name. */
export function createTemplate(context: Context, acting: Acting, input: NewTemplate): Promise<Result<{ key: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, scope } = work;
    const { name, copyOf, tone } = input;
    const copied = copyOf === undefined ? [] : await inEachLanguage(work, copyOf);
    if (copyOf !== undefined && copied.length === 0) return failed('not-found', { what: 'template', id: copyOf });
    const plain = [{ language: company.language, ...beginning[company.language] }];
    const rows = copyOf !== undefined ? copied : tone !== undefined ? textsOfTone(tone) : plain;
    const taken = await tx.selectFrom('template').select('key').where('company_id', '=', company.id).execute();
    const key = templateKey(name, new Set([...taken.map((row) => row.key), thanksTemplate]));
    await tx
      .insertInto('template')
      .values(
        rows.map(({ language, subject, body }) => ({
          company_id: company.id,
          id: newId(),
          key,
          language,
          name,
          subject,
          body,
        })),
      )
      .execute();
    const from = { ...(copyOf === undefined ? {} : { copyOf }), ...(tone === undefined ? {} : { tone }) };
    await recordEvents(tx, scope, [{ type: 'template.created', payload: { key, name, ...from } }]);
    return done({ key });
  });
}

/** The text that Relance brought, again; also where that language was never there or is no more. */
export function restoreTemplate(
  context: Context,
  acting: Acting,
  { key, language }: { key: string; language: string },
): Promise<Result<{ key: string; name: string }>> {
  return forCompany(context, acting, async (work) => {
    const original = originalTemplate(key, language);
    if (original === null) return failed('template-not-ready-made', { key, language });
    const known = (await inEachLanguage(work, key)).find((row) => row.language === language);
    const name = known?.name ?? original.name;
    await write(work, { key, language, ...original, name });
    await recordEvents(work.tx, work.scope, [{ type: 'template.restored', payload: { key, language, name } }]);
    return done({ key, name });
  });
}

/** Deletes a template in all its languages; one that a sequence needs stays, and so does one that comes with Relance. */
export function deleteTemplate(
  context: Context,
  acting: Acting,
  { key }: { key: string },
): Promise<Result<{ key: string }>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    // First: whoever saves a sequence with it now is waited for, and then counts.
    const locked = await tx
      .selectFrom('template')
      .select('name')
      .where('company_id', '=', company.id)
      .where('key', '=', key)
      .forUpdate()
      .execute();
    if (locked.length === 0) return failed('not-found', { what: 'template', id: key });
    if (isReadyMade(key)) return failed('template-ready-made', { key });
    const sequences = await sequencesUsing(tx, company.id, key);
    if (sequences.length > 0) return failed('template-in-use', { key, sequences: sequences.join(', ') });
    await tx.deleteFrom('template').where('company_id', '=', company.id).where('key', '=', key).execute();
    await recordEvents(tx, scope, [{ type: 'template.deleted', payload: { key, name: locked[0]!.name } }]);
    return done({ key });
  });
}

function inEachLanguage({ tx, company }: CompanyWork, key: string): Promise<Row<'template'>[]> {
  return tx
    .selectFrom('template')
    .selectAll()
    .where('company_id', '=', company.id)
    .where('key', '=', key)
    .orderBy('language')
    .execute();
}

async function write(
  { tx, company }: CompanyWork,
  { subject, body, ...row }: Pick<Row<'template'>, 'key' | 'language' | 'name' | 'subject' | 'body'>,
): Promise<void> {
  await tx
    .insertInto('template')
    .values({ company_id: company.id, id: newId(), ...row, subject, body })
    .onConflict((conflict) => conflict.columns(['company_id', 'key', 'language']).doUpdateSet({ subject, body }))
    .execute();
}
