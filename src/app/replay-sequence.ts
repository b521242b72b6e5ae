// A sequence replayed against the invoices and payments of some past months: what would have left, and how much of it was needless.
import { addDays, type Day, daysBetween, earlierOf } from '../core/day.ts';
import type { Ending } from '../core/ending.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { Replay, type Replayed, type ReplayedMessage } from '../core/replay.ts';
import { type SequenceProblem, whatIsWrong } from '../core/sequence.ts';
import { companyFileSizes } from '../db/company-file.ts';
import { customerNames } from '../db/customer.ts';
import { readCompany, readCustomers } from '../db/facts.ts';
import { customersIssuedTo, readPast } from '../db/past.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { draftedSequence } from './drafted-sequence.ts';
import { draftOf, placed, type SequenceInput } from './save-sequence.ts';

export interface ReplayInput extends SequenceInput {
  /** Invoices issued between these days; the days after `to` on which their steps fall are replayed too. */
  from: Day;
  to: Day;
}

export interface ReplayedSequence {
  from: Day;
  to: Day;
  /** The last day that was looked at. */
  until: Day;
  problems: SequenceProblem[];
  /** Null where the sequence can't be saved as it is. */
  effect: (Omit<Replayed, 'shown'> & { shown: (ReplayedMessage & { customerName: string })[] }) | null;
}

const pageSize = 200;

/** Messages of a report that are shown one by one. */
const shown = 200;

/** A step that was there before anything met it. */
const always: Day = '0001-01-01';

/** Longer than that a replay is no report any more. */
const mostDays = 800;

/** From the last step to the last time that it comes again. */
const daysOfRepeats = (ending: Ending | undefined): number =>
  ending?.kind === 'repeat' ? ending.days * ending.times : 0;

export function replaySequence(
  context: Context,
  acting: Acting,
  input: ReplayInput,
): Promise<Result<ReplayedSequence>> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const { from, to } = input;
    if (to < from || daysBetween(from, to) > mostDays) return failed('invalid-input', { field: 'to', value: to });
    const snapshot = await readCompany(tx, company, today);
    const fileSizes = await companyFileSizes(tx, company.id);
    const templateKeys = new Set(snapshot.templateLanguages.keys());
    const problems = whatIsWrong(draftOf(input), { templateKeys, fileSizes });
    const longest = Math.max(0, ...placed(input.steps).map((step) => step.offsetDays)) + daysOfRepeats(input.ending);
    // What came in after today is not known: nothing is replayed beyond it.
    const until = earlierOf(addDays(to, longest + 60), today);
    if (problems.length > 0) return done({ from, to, until, problems, effect: null });
    // Each of its steps was there all along.
    const { sequence, stepIds } = draftedSequence({ ...input, id: undefined }, undefined, always);
    const replay = new Replay(snapshot.facts, from, until, shown);
    let after: string | null = null;
    for (;;) {
      const customerIds: string[] = await customersIssuedTo(tx, company.id, { from, to }, after, pageSize);
      if (customerIds.length === 0) break;
      after = customerIds.at(-1)!;
      const past = await readPast(tx, company.id, { from, to }, customerIds);
      for (const { facts } of await readCustomers(tx, snapshot, customerIds)) {
        const own = past.get(facts.id);
        if (own === undefined) continue;
        replay.add(
          {
            ...facts,
            sequence,
            pauses: [],
            // Of the past it is not known what was promised when.
            promises: [],
            credits: {},
            anythingLeft: false,
            messages: [],
            receivables: own.receivables,
          },
          own.money,
        );
      }
    }
    const effect = replay.result();
    const byStep = new Map(effect.steps.map((step) => [step.stepId, step]));
    const none = { messages: 0, tasks: 0, needless: 0, amounts: [] };
    const steps = stepIds.map((id) => byStep.get(id) ?? { stepId: id, ...none });
    const names = await customerNames(
      tx,
      company.id,
      effect.shown.map((one) => one.customerId),
    );
    const told = effect.shown.map((one) => ({ ...one, customerName: names.get(one.customerId) ?? '' }));
    return done({ from, to, until, problems, effect: { ...effect, steps, shown: told } });
  });
}
