// Enrolment rules as they are shown; what others would do before they are saved; and what an enrolment by hand would leave behind.
// The same functions find who moves as saving does, and the plan tells what would leave.
import { addDays } from '../core/day.ts';
import { placedIn } from '../core/enrolment.ts';
import type { EnrolmentRule } from '../core/enrolment-rule.ts';
import { done, type Result } from '../core/fault.ts';
import { type Simulated, Simulation } from '../core/simulation.ts';
import { countHeld, countLeftOut, type LeftBehind, readConditionValues, readUnderWay } from '../db/enrolment-rule.ts';
import { readCompany, readCustomers } from '../db/facts.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { changesWhatIsSent, isMoved, type Move, readPlacing } from './place-customers.ts';
import { versionOf } from './rules-version.ts';
import { draftedRules, movesBetween, type RulesInput } from './save-rules.ts';
import { type Enrolment, movesOf, sequenceToEnrolIn } from './save-sequence.ts';

export interface RuleShown extends EnrolmentRule {
  customers: number;
  /** Open invoices that it leaves out for their type. */
  leftOut: number;
}

export interface RulesShown {
  version: string;
  rules: RuleShown[];
  defaultSequenceId: string | null;
  /** For whom no rule matches. */
  byDefault: number;
  /** Whom a person placed, in a sequence or in none. */
  chosen: number;
  none: number;
  /** What the customers' fields hold, the most frequent first. */
  values: { categories: string[]; languages: string[]; countries: string[] };
}

export function browseRules(context: Context, acting: Acting): Promise<RulesShown> {
  return forCompany(context, acting, async (work) => {
    const { tx, company } = work;
    const placing = await readPlacing(work);
    const { byRule, chosen, none } = await countHeld(tx, company.id);
    const leftOut = await countLeftOut(tx, company.id);
    return {
      version: versionOf(placing),
      rules: placing.rules.map((rule) => ({
        ...rule,
        customers: byRule.get(rule.id) ?? 0,
        leftOut: leftOut.get(rule.id) ?? 0,
      })),
      defaultSequenceId: placing.defaultSequenceId,
      byDefault: byRule.get('') ?? 0,
      chosen,
      none,
      values: await readConditionValues(tx, company.id),
    };
  });
}

/** Customers who leave one sequence for another; null: none. */
export interface Passage {
  from: string | null;
  to: string | null;
  customers: number;
  /** Their open invoices. */
  invoices: number;
  /** Of these, reminded of at least once or about to be: they go on in the other sequence from where they stand. */
  begun: number;
  /** Messages that wait, and won't leave. */
  waiting: number;
}

export interface RulesEffect {
  /** How many customers each rule of the input would hold, in its order. */
  held: number[];
  byDefault: number;
  passages: Passage[];
  /** Of those for whom what is sent changes. */
  effect: Simulated;
}

/** So many customers are read at once. */
const pageSize = 200;

/** What saving these rules would do, with the messages of so many days; nothing is written. Faults: those of saveRules. */
export function previewRules(
  context: Context,
  acting: Acting,
  input: RulesInput & { days: number },
): Promise<Result<RulesEffect>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today } = work;
    const former = await readPlacing(work);
    const drafted = await draftedRules(work, input, former);
    if (!drafted.ok) return drafted;
    const moves = await movesBetween(work, former, drafted.value);
    const { byRule } = await countHeld(tx, company.id);
    const heldBy = new Map(byRule);
    for (const { from, to } of moves) {
      heldBy.set(from.rule?.id ?? '', (heldBy.get(from.rule?.id ?? '') ?? 0) - 1);
      heldBy.set(to.rule?.id ?? '', (heldBy.get(to.rule?.id ?? '') ?? 0) + 1);
    }
    const snapshot = await readCompany(tx, company, today);
    const simulation = new Simulation(snapshot.facts, today, addDays(today, input.days));
    const changing = new Map(moves.filter(changesWhatIsSent).map((move) => [move.customerId, move]));
    const ids = [...changing.keys()];
    for (let start = 0; start < ids.length; start += pageSize)
      for (const { facts } of await readCustomers(tx, snapshot, ids.slice(start, start + pageSize))) {
        const { sequenceId, rule } = changing.get(facts.id)!.to;
        const sequence = sequenceId === null ? null : snapshot.sequences.get(sequenceId)!;
        simulation.add(facts, placedIn(snapshot.facts, facts, { sequence, rule }, today));
      }
    return done({
      held: drafted.value.rules.map(({ id }) => heldBy.get(id) ?? 0),
      byDefault: heldBy.get('') ?? 0,
      passages: await passagesOf(work, moves),
      effect: simulation.result(),
    });
  });
}

/** What an enrolment by hand would leave behind; nothing is written. Fault: 'not-found'. */
export function previewEnrolment(
  context: Context,
  acting: Acting,
  input: Enrolment,
): Promise<Result<{ passages: Passage[] }>> {
  return forCompany(context, acting, async (work) => {
    const into = await sequenceToEnrolIn(work, input);
    if (!into.ok) return into;
    return done({
      passages: await passagesOf(work, await movesOf(work, input.customerIds, input.enrolment, into.value)),
    });
  });
}

/** The most customers first. */
export async function passagesOf({ tx, company }: CompanyWork, moves: readonly Move[]): Promise<Passage[]> {
  const moving = moves.filter(isMoved);
  const underWay = new Map<string, LeftBehind>();
  const ids = moving.map((move) => move.customerId);
  for (const one of await readUnderWay(tx, company.id, ids)) underWay.set(one.customerId, one);
  const passages = [...Map.groupBy(moving, ({ from, to }) => `${from.sequenceId} ${to.sequenceId}`).values()].map(
    (those): Passage => {
      const sum = (of: 'invoices' | 'begun' | 'waiting'): number =>
        those.reduce((total, { customerId }) => total + (underWay.get(customerId)?.[of] ?? 0), 0);
      return {
        from: those[0]!.from.sequenceId,
        to: those[0]!.to.sequenceId,
        customers: those.length,
        invoices: sum('invoices'),
        begun: sum('begun'),
        waiting: sum('waiting'),
      };
    },
  );
  return passages.sort((a, b) => b.customers - a.customers);
}
