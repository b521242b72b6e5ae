// What a sequence would do to the invoices of today, before anything is saved: the plan's own function, rolled forward on the facts
// as saving or enrolling would make them (rule 13: approvals the same day, messages delivered, no payment). Nothing is written.
import { addDays, type Day } from '../core/day.ts';
import { enrolledIn } from '../core/enrolment.ts';
import type { SequenceFact } from '../core/facts.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { lengthDays, type SequenceProblem, whatIsOdd, whatIsWrong } from '../core/sequence.ts';
import { type Simulated, Simulation } from '../core/simulation.ts';
import { companyFileSizes } from '../db/company-file.ts';
import { customersWithOpen, readCompany, readCustomers } from '../db/facts.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { draftedSequence } from './drafted-sequence.ts';
import { draftOf, type SequenceInput } from './save-sequence.ts';

export interface SimulationInput extends SequenceInput {
  /** How many days ahead, today not counted. */
  days: number;
  /** Those who are in the sequence, with those who would be were it the default; or everyone who is in any. */
  who: 'enrolled' | 'everyone';
}

export interface SimulatedSequence {
  from: Day;
  to: Day;
  lengthDays: number;
  problems: SequenceProblem[];
  warnings: SequenceProblem[];
  /** Null where the sequence can't be saved as it is. Its steps are in the order of the input. */
  effect: Simulated | null;
}

/** So many customers are read at once. */
const pageSize = 200;

export function simulateSequence(
  context: Context,
  acting: Acting,
  input: SimulationInput,
): Promise<Result<SimulatedSequence>> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const snapshot = await readCompany(tx, company, today);
    const present = input.id === undefined ? undefined : snapshot.sequences.get(input.id);
    if (input.id !== undefined && (present === undefined || present.deleted))
      return failed('not-found', { what: 'sequence', id: input.id });
    const to = addDays(today, input.days);
    const draft = draftOf(input, present);
    const fileSizes = await companyFileSizes(tx, company.id);
    const problems = whatIsWrong(draft, { templateKeys: new Set(snapshot.templateLanguages.keys()), fileSizes });
    const warnings = whatIsOdd(draft, fileSizes);
    const answer = { from: today, to, lengthDays: lengthDays(draft), problems, warnings };
    if (problems.length > 0) return done({ ...answer, effect: null });
    const { sequence, stepIds } = draftedSequence(input, present, today);
    const simulation = new Simulation(snapshot.facts, today, to);
    let after: string | null = null;
    for (;;) {
      const customerIds: string[] = await customersWithOpen(tx, company.id, after, pageSize);
      if (customerIds.length === 0) break;
      after = customerIds.at(-1)!;
      for (const { facts, byDefault } of await readCustomers(tx, snapshot, customerIds))
        if (isConcerned(facts.sequence, byDefault, input))
          simulation.add(facts, enrolledIn(snapshot.facts, facts, sequence, today));
    }
    const effect = simulation.result();
    const byStep = new Map(effect.steps.map((step) => [step.stepId, step]));
    const none = { messages: 0, tasks: 0, toApprove: 0, amounts: [] };
    const steps = stepIds.map((id) => byStep.get(id) ?? { stepId: id, ...none });
    return done({ ...answer, effect: { ...effect, steps } });
  });
}

function isConcerned(
  sequence: SequenceFact | null,
  byDefault: boolean,
  { id, who, makeDefault }: SimulationInput,
): boolean {
  if (sequence === null) return false;
  if (who === 'everyone' || sequence.id === id) return true;
  return makeDefault === true && byDefault;
}
