// Expected failures are values: one closed union, a stable code and parameters. Sentences come from the catalogues
// (words.ts); http turns a fault into problem+json in one place, the command line into an exit code in one place.

export const faultCodes = [
  // what was asked is not there, or not allowed
  'not-found',
  'not-allowed',
  'not-signed-in',
  'conflict',
  'invalid-input',
  'name-unknown',
  'name-ambiguous',
  // receivables
  'invoice-exists',
  'number-taken',
  'payer-is-itself',
  'payer-has-payer',
  'pays-for-others',
  'customer-merged',
  'merge-into-itself',
  'merge-makes-chain',
  'merge-operation-runs',
  'merge-message-leaves',
  'amount-exceeds-open',
  'amount-exceeds-credit',
  'currency-differs',
  'already-settled',
  'already-undone',
  'nothing-to-promise',
  'terms-unknown',
  'promise-ended',
  // dunning
  'not-to-approve',
  'not-in-doubt',
  'nobody-to-write-to',
  'address-blocked',
  'not-blocked',
  'not-sent-yet',
  'report-none',
  'report-auto-reply',
  'report-unknown',
  'report-elsewhere',
  'nothing-to-undo',
  'dunning-went-on',
  'task-of-step',
  'no-step-left',
  'sequence-refused',
  'sequence-is-default',
  'ready-made-there',
  'not-to-remind',
  'tag-unknown',
  'tag-asks',
  'template-broken',
  'template-in-use',
  'template-ready-made',
  'template-not-ready-made',
  // company
  'not-practice',
  'not-sample',
  'already-live',
  'mail-server-missing',
  'sender-missing',
  'mail-server-untested',
  'mail-server-refused',
  'clock-backwards',
  'closure-backwards',
  'closure-too-long',
  'no-sending-day',
  'indemnity-unknown',
  'logo-kind',
  'selector-wrong',
  'dns-silent',
  // accounts
  'user-exists',
  'wrong-credentials',
  'key-refused',
  'not-for-keys',
  'day-past',
  'last-owner',
  'stand-in-self',
  'absence-backwards',
  'own-password',
  'password-elsewhere',
  'too-many-attempts',
  'not-first-visit',
  'origin-refused',
  'too-large',
  // files
  'file-unreadable',
  'file-type-refused',
  'company-file-kind',
  'file-empty',
  'columns-missing',
  'column-unknown',
  'rows-refused',
  'file-changed',
  'file-is-other-format',
  'dates-contradict',
  'too-many-rows',
] as const;

export type FaultCode = (typeof faultCodes)[number];

export interface Fault {
  code: FaultCode;
  /** Where and what: field, row, number, name … shown in the sentence. */
  with: Record<string, string | number>;
  /** Which fields of a form are wrong, each with its own sentence. */
  fields?: readonly WrongField[];
}

export interface WrongField {
  field: string;
  code: 'siren' | 'siret' | 'other-siren' | 'vat-number' | 'iban' | 'bic' | 'phone' | 'website';
}

export type Result<T> = { ok: true; value: T } | { ok: false; fault: Fault };

export function done<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed(
  code: FaultCode,
  parameters: Record<string, string | number> = {},
  fields?: readonly WrongField[],
): { ok: false; fault: Fault } {
  return { ok: false, fault: { code, with: parameters, ...(fields === undefined ? {} : { fields }) } };
}
