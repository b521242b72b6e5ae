// The company's letterhead and logo: read, saved field by field judged, shown as the foot that messages get.
import { createHash } from 'node:crypto';
import { done, failed, type Result } from '../core/fault.ts';
import { footerLines, type Letterhead, letterheadFields, readLetterhead } from '../core/letterhead.ts';
import { recordEvents } from '../db/event.ts';
import { deleteLogo, logoHash, putLogo, readLogo } from '../db/logo.ts';
import type { Row } from '../db/tables.ts';
import { type Acting, type Context, forCompany } from './context.ts';

const nothing = Object.fromEntries(letterheadFields.map((field) => [field, null])) as Letterhead;

export interface LetterheadShown {
  letterhead: Letterhead;
  /** SHA-256 of the logo in hexadecimal; null: there is none. */
  logo: string | null;
  /** The lines that messages in each language get. */
  footer: { fr: string[]; en: string[] };
}

const shown = (letterhead: Letterhead | null, logo: string | null): LetterheadShown => ({
  letterhead: letterhead ?? nothing,
  logo,
  footer: { fr: footerLines(letterhead, 'fr'), en: footerLines(letterhead, 'en') },
});

export function showLetterhead(context: Context, acting: Acting): Promise<LetterheadShown> {
  return forCompany(context, acting, async ({ tx, company }) =>
    shown(company.letterhead, await logoHash(tx, company.id)),
  );
}

/** Replaces all of it. Faults: 'invalid-input' with the fields that are wrong; then nothing is changed. */
export function saveLetterhead(context: Context, acting: Acting, typed: Letterhead): Promise<Result<LetterheadShown>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    const { letterhead, wrong } = readLetterhead(typed);
    if (wrong.length > 0) return failed('invalid-input', { fields: wrong.map(({ field }) => field).join(', ') }, wrong);
    const before = company.letterhead ?? nothing;
    const fields = letterheadFields.filter((field) => letterhead[field] !== before[field]);
    if (fields.length > 0) {
      // An empty one is none: messages are then as they always were.
      const kept = letterheadFields.some((field) => letterhead[field] !== null) ? letterhead : null;
      await tx
        .updateTable('company')
        .set({ letterhead: kept === null ? null : JSON.stringify(kept) })
        .where('id', '=', company.id)
        .execute();
      await recordEvents(tx, scope, [{ type: 'letterhead.changed', payload: { fields } }]);
    }
    return done(shown(letterhead, await logoHash(tx, company.id)));
  });
}

const kinds = [
  // RFC 2083 §3.1; ISO/IEC 10918-1 annex B: the start of an image, then a marker.
  { type: 'image/png', begins: Buffer.from('89504e470d0a1a0a', 'hex') },
  { type: 'image/jpeg', begins: Buffer.from('ffd8ff', 'hex') },
] as const;

/** Known by its first bytes, whatever its name says. Faults: 'logo-kind'. */
export function saveLogo(context: Context, acting: Acting, bytes: Buffer): Promise<Result<{ logo: string }>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    const kind = kinds.find(({ begins }) => bytes.subarray(0, begins.length).equals(begins));
    if (kind === undefined) return failed('logo-kind');
    const sha256 = createHash('sha256').update(bytes).digest();
    await putLogo(tx, { company_id: company.id, media_type: kind.type, bytes, sha256 });
    await recordEvents(tx, scope, [{ type: 'letterhead.changed', payload: { fields: ['logo'] } }]);
    return done({ logo: sha256.toString('hex') });
  });
}

/** Faults: 'not-found' where there is none. */
export function removeLogo(context: Context, acting: Acting): Promise<Result<object>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    if (!(await deleteLogo(tx, company.id))) return failed('not-found', { what: 'logo' });
    await recordEvents(tx, scope, [{ type: 'letterhead.changed', payload: { fields: ['logo'] } }]);
    return done({});
  });
}

export function openLogo(context: Context, acting: Acting): Promise<Result<Row<'logo'>>> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const logo = await readLogo(tx, company.id);
    return logo === null ? failed('not-found', { what: 'logo' }) : done(logo);
  });
}
