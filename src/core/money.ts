// Money: an integer number of minor units with its currency. Two currencies never add; there are no exchange rates.

/** An ISO 4217 code, 'EUR'. */
export type Currency = string;

const digitsByCurrency = new Map<Currency, number>();

/** How many decimals the currency has (ISO 4217, as the runtime's CLDR knows it): 2 for EUR, 0 for JPY, 3 for TND. */
export function digitsOf(currency: Currency): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

/** Whether the text is a currency code of ISO 4217 that the runtime knows. */
export function isCurrency(text: string): boolean {
  return knownCurrencies.has(text);
}

const knownCurrencies = new Set(Intl.supportedValuesOf('currency'));

/** Minor units of a plain decimal ('1234.5', '-0.07'), or null where it is none, has too many decimals or is too large. */
export function parseDecimal(text: string, currency: Currency): number | null {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) return null;
  const digits = digitsOf(currency);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return null;
  const minor = Number(match[2] + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return null;
  return match[1] === '-' && minor !== 0 ? -minor : minor;
}

/** The plain decimal of an amount: 2453036 EUR is '24530.36'. */
export function toDecimal(minor: number, currency: Currency): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${minor < 0 ? '-' : ''}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`}`;
}
