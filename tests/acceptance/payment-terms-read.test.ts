// Payment terms as such: the day that they give, against days counted by hand and against a slow way of counting; what they are called,
// and what is understood of what people write.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day } from '../../src/core/day.ts';
import { dueOn, mayExceedLaw, type PaymentTerms } from '../../src/core/payment-terms.ts';
import { readTerms, termsInWords } from '../../src/core/payment-terms-words.ts';

/** By hand, on a calendar: issued, terms as people write them, due. */
test.each<[Day, string, Day]>([
  ['2026-01-15', '30 jours', '2026-02-14'],
  ['2026-01-15', 'à réception', '2026-01-15'],
  ['2026-01-15', '30 jours fin de mois', '2026-02-28'],
  ['2024-01-15', '30 jours fin de mois', '2024-02-29'],
  // 45 days end of month, both accepted readings: the days first, and the end of the month first (LAW, 2).
  ['2026-01-20', '45 jours fin de mois', '2026-03-31'],
  ['2026-01-20', 'fin de mois + 45 jours', '2026-03-17'],
  ['2026-01-31', 'fin de mois', '2026-01-31'],
  ['2026-01-15', 'fin de mois le 15', '2026-02-15'],
  ['2026-01-15', '30 jours fin de mois le 15', '2026-03-15'],
  ['2026-01-31', '30 jours fin de mois le 31', '2026-04-30'],
  ['2026-01-10', 'le 15', '2026-01-15'],
  ['2026-01-15', 'le 15', '2026-02-15'],
  ['2026-01-10', 'le 15 du mois suivant', '2026-02-15'],
  ['2026-01-15', '31 jours le 15', '2026-02-15'],
  ['2026-01-16', '31 jours le 15', '2026-03-15'],
  ['2026-12-15', '30 jours fin de mois', '2027-01-31'],
])('issued on %s, %s: due on %s', (issuedOn, text, due) => {
  expect(dueOn(issuedOn, readTerms(text)!)).toBe(due);
});

const terms: fc.Arbitrary<PaymentTerms> = fc
  .record({
    days: fc.integer({ min: 0, max: 365 }),
    endOfMonth: fc.constantFrom('after' as const, 'before' as const, null),
    dayOfMonth: fc.option(fc.integer({ min: 1, max: 31 })),
  })
  // Said in the same words: no days after the end of a month are the end of the month.
  .map((one) => (one.days === 0 && one.endOfMonth === 'before' ? { ...one, endOfMonth: 'after' as const } : one));
const issued = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2023-01-01', days));

/** Day by day on the calendar, with nothing of what is tested. */
function counted(issuedOn: Day, { days, endOfMonth, dayOfMonth }: PaymentTerms): Day {
  const date = new Date(`${issuedOn}T00:00:00Z`);
  const next = () => date.setUTCDate(date.getUTCDate() + 1);
  const isLast = () => new Date(date.getTime() + 86_400_000).getUTCDate() === 1;
  const toMonthEnd = () => {
    while (!isLast()) next();
  };
  if (endOfMonth === 'before') toMonthEnd();
  for (let day = 0; day < days; day++) next();
  if (endOfMonth === 'after') toMonthEnd();
  if (dayOfMonth !== null) {
    if (endOfMonth === 'after' || days === 0) next();
    while (date.getUTCDate() !== dayOfMonth && !(isLast() && date.getUTCDate() < dayOfMonth)) next();
  }
  return date.toISOString().slice(0, 10);
}

test('any terms give the day that counting day by day gives, never one before the invoice', () => {
  fc.assert(
    fc.property(issued, terms, (issuedOn, one) => {
      expect(dueOn(issuedOn, one)).toBe(counted(issuedOn, one));
      expect(dueOn(issuedOn, one) >= issuedOn).toBe(true);
    }),
  );
});

test('what terms are called is understood again, in both languages', () => {
  fc.assert(
    fc.property(terms, fc.constantFrom('fr' as const, 'en' as const), (one, language) => {
      expect(readTerms(termsInWords(one, language))).toEqual(one);
    }),
  );
});

test.each<[string, string]>([
  ['30J FDM', '30 jours fin de mois'],
  ['30 EOM', '30 jours fin de mois'],
  ['30 jours, fin de mois', '30 jours fin de mois'],
  ['45 jours nets', '45 jours'],
  ['Net 30', '30 jours'],
  ['30 days net', '30 jours'],
  ['Paiement à 30 jours date de facture', '30 jours'],
  ['30 jours à compter de la date de facture', '30 jours'],
  ['30 days from the invoice date', '30 jours'],
  ['Comptant', 'à réception'],
  ['A RECEPTION DE FACTURE', 'à réception'],
  ['due on receipt', 'à réception'],
  ['FDM + 15', 'fin de mois + 15 jours'],
  ['15 jours après fin de mois', 'fin de mois + 15 jours'],
  ['fin de mois le 15', 'fin de mois le 15'],
  ['60 jours fin de mois le 10', '60 jours fin de mois le 10'],
  ['le 1er', 'le 1er'],
  ['le 15 du mois suivant', 'fin de mois le 15'],
  ['15th of the following month', 'fin de mois le 15'],
  ['end of month, on the 2nd', 'fin de mois le 2'],
])('“%s” is %s', (text, said) => {
  const read = readTerms(text);
  expect(read && termsInWords(read, 'fr')).toBe(said);
});

test.each([
  '',
  '30',
  '3',
  'R30',
  '30/60/90',
  '2/10 net 30',
  '30 ou 60 jours',
  '-30 jours',
  '30,5 jours',
  '400 jours',
  'le 32',
  'le 0',
  'virement',
  'LCR 30 jours',
  'fin de mois 30 fin de mois',
  '1/2 à la commande, solde à 30 jours',
  '30 jours fin de décade',
  'bientôt',
])('“%s” is not understood, and not guessed', (text) => {
  expect(readTerms(text)).toBeNull();
});

// C. com. L441-10 I: 60 days from the day of issue, or 45 days end of month, counted in either way.
test.each<[string, boolean]>([
  ['60 jours', false],
  ['61 jours', true],
  ['45 jours fin de mois', false],
  ['fin de mois + 45 jours', false],
  ['46 jours fin de mois', true],
  ['60 jours fin de mois', true],
  ['fin de mois le 15', false],
  ['30 jours le 10', false],
  ['45 jours fin de mois le 10', true],
])('%s: beyond what the law lets businesses agree on: %s', (text, beyond) => {
  expect(mayExceedLaw(readTerms(text)!)).toBe(beyond);
});
