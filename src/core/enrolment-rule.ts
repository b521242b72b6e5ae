// Which rule holds a customer, and so which sequence it follows: a person's choice first, then the first rule that matches, then the
// company's default (B4). Pure: the database, the preview and the tests ask the same function.
import type { InvoiceType } from './facts.ts';

export type CustomerKind = 'business' | 'consumer' | 'public';

/** Credit notes are never dunned. */
export type ExcludableType = Exclude<InvoiceType, 'credit_note'>;

/** Its conditions all hold at once; an empty list or null asks for nothing. */
export interface EnrolmentRule {
  id: string;
  name: string;
  /** null: no reminders ("aucune relance"). */
  sequenceId: string | null;
  /** One of these, whatever the case of their letters. */
  categories: string[];
  kinds: CustomerKind[];
  languages: string[];
  countries: string[];
  /** What the customer owes at least, in minor units of the company's currency; other currencies don't count. */
  openFromMinor: number | null;
  keyAccount: boolean | null;
  /** Invoices of these types are not dunned where the rule holds their customer. */
  excludedTypes: ExcludableType[];
}

/** What rules look at. Language and country are the company's where the customer has none of its own. */
export interface CustomerToPlace {
  category: string | null;
  kind: CustomerKind;
  language: string;
  country: string;
  keyAccount: boolean;
  /** Of issued invoices, in minor units of the company's currency. */
  openMinor: number;
  /** A message about something that is open has left, or waits to. */
  inMidCourse: boolean;
  /** The rule that holds it now. */
  ruleId: string | null;
}

/**
 * Why the rules are asked. 'facts': something of the customer changed; an amount then moves nobody who is in mid-course, for it changes
 * with every invoice and payment. 'person': somebody changes the rules or gives a customer back to them, and has seen what that does.
 */
export type Occasion = 'facts' | 'person';

/** The first rule that matches; null: none does. */
export function ruleFor(
  customer: CustomerToPlace,
  rules: readonly EnrolmentRule[],
  occasion: Occasion,
): EnrolmentRule | null {
  return rules.find((rule) => matches(rule, customer, occasion)) ?? null;
}

function matches(rule: EnrolmentRule, customer: CustomerToPlace, occasion: Occasion): boolean {
  const category = customer.category === null ? null : folded(customer.category);
  return (
    (rule.categories.length === 0 || rule.categories.some((one) => folded(one) === category)) &&
    isOneOf(rule.kinds, customer.kind) &&
    isOneOf(rule.languages, customer.language) &&
    isOneOf(rule.countries, customer.country) &&
    (rule.keyAccount === null || rule.keyAccount === customer.keyAccount) &&
    (rule.openFromMinor === null || isReached(rule.openFromMinor, rule, customer, occasion))
  );
}

/** In mid-course, the rule that holds the customer goes on holding it, whatever is left to pay. */
function isReached(
  openFromMinor: number,
  rule: EnrolmentRule,
  { openMinor, inMidCourse, ruleId }: CustomerToPlace,
  occasion: Occasion,
): boolean {
  if (inMidCourse && rule.id === ruleId) return true;
  if (inMidCourse && occasion === 'facts') return false;
  return openMinor >= openFromMinor;
}

const isOneOf = <T>(list: readonly T[], value: T): boolean => list.length === 0 || list.includes(value);

const folded = (text: string): string => text.trim().toLowerCase();

export interface Placed {
  enrolment: 'default' | 'chosen' | 'none';
  /** Of 'chosen'. */
  chosenId: string | null;
}

/** Where a customer is: a person's choice, else where its rule puts it, else in the default. Null: in none. */
export function sequenceIdOf(
  { enrolment, chosenId }: Placed,
  rule: EnrolmentRule | null,
  defaultSequenceId: string | null,
): string | null {
  if (enrolment === 'none') return null;
  if (enrolment === 'chosen') return chosenId;
  return rule === null ? defaultSequenceId : rule.sequenceId;
}

interface LeavesOut {
  excludedTypes: readonly InvoiceType[];
}

/** Types that the former rule left out and the other does not: their invoices meet their sequence on that day. */
export function typesLetIn(former: LeavesOut | null, other: LeavesOut | null): InvoiceType[] {
  return (former?.excludedTypes ?? []).filter((type) => other?.excludedTypes.includes(type) !== true);
}
