// Why something was sent, held, skipped or ended: a code with parameters, never a sentence. Words come from the catalogues
// when it is shown (src/core/words.ts).

export const reasonCodes = [
  // waiting, with a day to look again
  'not-yet-issued',
  'step-not-reached',
  'paused',
  'promised',
  'payment-plan',
  'postponed',
  'customer-week-full',
  'too-soon-after-another',
  'another-message-today',
  'task-to-come',
  'litigation-to-come',
  // held until something changes
  'draft',
  'to-process',
  'quote',
  'no-due-date',
  'direct-debit',
  'disputed',
  'no-address',
  'address-blocked',
  'email-forbidden',
  'waits-for-approval',
  'waits-to-leave',
  'waits-to-be-done',
  'failed-before',
  'not-delivered',
  'formal-notice-first',
  'covered-by-credits',
  'below-tolerance',
  'mail-server-missing',
  'bank-not-fresh',
  'rate-not-known',
  'no-sequence',
  'type-excluded',
  'overdue-outside',
  // skipped: counts as left, the sequence goes on
  'below-minimum',
  'refused-by-person',
  'notice-too-late',
  'not-a-task-any-more',
  // ended
  'settled',
  'cancelled',
  'written-off',
  'sequence-finished',
  'task-made',
  'litigation-proposed',
  'nothing-left-to-take',
  'sequence-deleted',
  // not thanked for (any more)
  'not-paid-any-more',
  'not-reminded',
  'still-owes',
  'email-not-wanted',
  'thanks-not-wanted',
  'recipients-differ',
  // taken
  'step-due',
  'step-again',
  'step-due-by-task',
  'paid',
  'step-due-not-by-email',
  'by-hand',
  'done-elsewhere',
  'sent-anew',
  'went-live',
  'customer-moved',
  'customer-merged',
  // not approved together with others, or not taken back
  'approved-already',
  'left-already',
  // left out of what was done for many
  'enrolled-already',
  'pause-over',
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

export interface Reason {
  code: ReasonCode;
  /** Days as 'YYYY-MM-DD', amounts as minor units with their currency beside them. */
  with?: Record<string, string | number>;
}

export function because(code: ReasonCode, parameters?: Record<string, string | number>): Reason {
  return parameters === undefined ? { code } : { code, with: parameters };
}

/** Whether two reasons say the same, whatever the order of their parameters. */
export function isSameReason(a: Reason | null, b: Reason | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.code !== b.code) return false;
  const [first, second] = [a.with ?? {}, b.with ?? {}];
  const names = Object.keys(first);
  return names.length === Object.keys(second).length && names.every((name) => first[name] === second[name]);
}
