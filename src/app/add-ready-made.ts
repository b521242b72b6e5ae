// Ready-made sequences: which there are, which the company has, and adding one. The history knows which came from here: it tells
// so when one is added, and no column has to say it a second time.
import { done, failed, type Result } from '../core/fault.ts';
import { recordEvents } from '../db/event.ts';
import { readyMadeAdded } from '../db/sequence.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { writeReadyMade } from './ready-made.ts';
import {
  isReadyMadeCode,
  type ReadyMadeCode,
  type ReadyMadeSequence,
  readyMadeCodes,
  readyMadeSequences,
} from './ready-made-sequences.ts';

export interface ReadyMadeShown {
  sequence: ReadyMadeSequence;
  /** That of the company's sequences which came from it and still stands, whatever it is called and holds by now. */
  sequenceId: string | null;
}

export interface ReadyMadeOffer {
  /** What is added is in the company's language, and so is what is shown of it. */
  language: 'fr' | 'en';
  rows: ReadyMadeShown[];
}

export function browseReadyMade(context: Context, acting: Acting): Promise<ReadyMadeOffer> {
  return forCompany(context, acting, async (work) => {
    const there = await thoseThere(work);
    const rows = readyMadeCodes.map((code) => ({
      sequence: readyMadeSequences[code],
      sequenceId: there.get(code)?.id ?? null,
    }));
    return { language: work.company.language, rows };
  });
}

/**
 * Adds a ready-made sequence, with those of its templates that the company hasn't got. Nobody is enrolled by that.
 * Faults: 'not-found', 'ready-made-there' where it was added before and still stands.
 */
export function addReadyMadeSequence(
  context: Context,
  acting: Acting,
  { code }: { code: string },
): Promise<Result<{ sequenceId: string; templates: number }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    if (!isReadyMadeCode(code)) return failed('not-found', { what: 'ready-made sequence', id: code });
    // Two who add it at the same instant: the second sees what the first has added.
    await tx.selectFrom('company').select('id').where('id', '=', company.id).forUpdate().execute();
    const present = (await thoseThere(work)).get(code);
    if (present !== undefined) return failed('ready-made-there', { title: present.title });
    const readyMade = readyMadeSequences[code];
    const written = await writeReadyMade(tx, company.id, readyMade, company.language, today);
    const title = readyMade.titles[company.language];
    const { sequenceId, templates } = written;
    await recordEvents(tx, scope, [
      {
        type: 'sequence.created',
        payload: { sequenceId, title, steps: readyMade.steps.length, readyMade: code, templates },
      },
    ]);
    return done(written);
  });
}

/** What the company has, by what it came from: the first sequence of a company is the business one (create-company.ts). */
async function thoseThere({
  tx,
  company,
}: CompanyWork): Promise<ReadonlyMap<ReadyMadeCode, { id: string; title: string }>> {
  const sequences = await tx
    .selectFrom('sequence')
    .select(['id', 'title', 'status'])
    .where('company_id', '=', company.id)
    .orderBy('id')
    .execute();
  const first = sequences[0];
  const added = [
    ...(first === undefined ? [] : [{ sequenceId: first.id, code: 'business' }]),
    ...(await readyMadeAdded(tx, company.id)),
  ];
  const there = new Map<ReadyMadeCode, { id: string; title: string }>();
  for (const { sequenceId, code } of added) {
    const found = sequences.find(({ id, status }) => id === sequenceId && status === 'active');
    if (found !== undefined && isReadyMadeCode(code)) there.set(code, found);
  }
  return there;
}
