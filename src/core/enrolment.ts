// A customer in another sequence, in memory: what enrolling or saving would make of its facts. A simulation asks the plan about
// these facts; the database is changed in the same way by makeMoves and saveSequence.
import type { Day } from './day.ts';
import { typesLetIn } from './enrolment-rule.ts';
import type { CompanyFacts, CustomerFacts, SequenceFact } from './facts.ts';
import { planCustomer } from './plan.ts';

/**
 * Enrolled today in that sequence: what had entered its sequence is moved (rule 11), the rest is met today (rule 10). What met its
 * own on an earlier day has entered it or not, though no run has looked at it yet.
 */
export function enrolledIn(
  company: CompanyFacts,
  customer: CustomerFacts,
  sequence: SequenceFact,
  today: Day,
): CustomerFacts {
  // Its own, changed: the steps that it has taken are known by their identifiers (E4).
  if (customer.sequence?.id === sequence.id)
    return { ...customer, sequence: { ...sequence, pauses: customer.sequence.pauses } };
  const receivables = planCustomer(company, customer, today).map(({ receivable, entry }) => {
    if (receivable.openMinor <= 0) return receivable;
    const settled = receivable.entry === 'pending' && receivable.metOn < today ? entry : receivable.entry;
    const moved = settled === 'entered';
    return {
      ...receivable,
      metOn: today,
      metHow: moved ? ('moved' as const) : ('enrolled' as const),
      entry: moved ? ('entered' as const) : ('pending' as const),
    };
  });
  return { ...customer, sequence, receivables };
}

/** Where rules would put it today: in another sequence or in none, or where it is with other types of invoices left out. */
export function placedIn(
  company: CompanyFacts,
  customer: CustomerFacts,
  { sequence, rule }: Pick<CustomerFacts, 'sequence' | 'rule'>,
  today: Day,
): CustomerFacts {
  if (sequence === null) return { ...customer, sequence, rule };
  if (customer.sequence?.id !== sequence.id) return { ...enrolledIn(company, customer, sequence, today), rule };
  const letIn = typesLetIn(customer.rule, rule);
  const receivables = customer.receivables.map((one) =>
    one.entry === 'pending' && letIn.includes(one.type) ? { ...one, metOn: today, metHow: 'enrolled' as const } : one,
  );
  return { ...customer, rule, receivables };
}
