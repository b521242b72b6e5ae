// Reminding at once because a person wants to: which step an invoice takes, and whether it may.
import type { Day } from './day.ts';
import type { CompanyFacts, CustomerFacts, ReceivableFact, StepFact } from './facts.ts';
import { reminderHasLeft } from './ladder.ts';
import { askedAmounts, whyNotAnyMore, whyRateHolds, whyUnreachable } from './plan.ts';
import { because, type Reason } from './reason.ts';
import { type Addressees, addresseesOf } from './recipients.ts';

export interface ChosenByHand {
  step: StepFact;
  addressees: Addressees;
  /** Minor units of the receivable's currency. */
  askedMinor: number;
}

/**
 * The step of that level, or without one the next that was not taken: the gap to it need not be over, a pause does not hold
 * it, no minimum counts; it may stand outside. All else holds: nothing that is paid, disputed, covered by credits or without an
 * address, no step twice in a pass, no formal notice as the first message.
 */
export function chooseByHand(
  company: CompanyFacts,
  customer: CustomerFacts,
  receivable: ReceivableFact,
  level: number | null,
  today: Day,
): ChosenByHand | { reason: Reason } {
  const entered: ReceivableFact = {
    ...receivable,
    entry: 'entered',
    items: receivable.items.filter((item) => item.state !== 'open'),
  };
  const why = whyNotAnyMore(company, customer, entered, {}, true, today);
  if (why !== null) return { reason: why.reason };
  if (customer.sequence === null) return { reason: because('no-sequence') };
  const step = freeStep(customer.sequence.steps, entered, level, today);
  if (step === undefined) return { reason: because('nothing-left-to-take') };
  if (step.formalNotice && !reminderHasLeft(entered, entered.items))
    return { reason: because('formal-notice-first', { level: step.level }) };
  const unknown = whyRateHolds(company, customer, { ...entered, dueOn: receivable.dueOn! }, step, today);
  if (unknown !== null) return { reason: unknown };
  const addressees = addresseesOf(company, customer, receivable, step);
  if (addressees === null) return { reason: whyUnreachable(company, customer, receivable, step) };
  return { step, addressees, askedMinor: askedAmounts(customer).get(receivable.id) ?? 0 };
}

function freeStep(
  steps: readonly StepFact[],
  { items, dueOn, levelByHand }: ReceivableFact,
  level: number | null,
  today: Day,
): StepFact | undefined {
  const overdue = dueOn !== null && dueOn < today;
  const free = steps.filter(
    (step) => !items.some((item) => item.stepId === step.id) && (overdue ? step.offsetDays >= 0 : !step.formalNotice),
  );
  if (level !== null) return free.find((step) => step.level === level);
  const reached = Math.max(levelByHand ?? -1, ...items.map((item) => item.level));
  return free.find((step) => step.level > reached);
}
