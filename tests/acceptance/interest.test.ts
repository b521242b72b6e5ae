// The arithmetic of interest: golden vectors of the law's rates, and what must hold of any of them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '../../src/core/day.ts';
import { type Debt, halfYearOf, interestOn, interestParts, type Rates } from '../../src/core/interest.ts';
import { publishedRates } from '../../src/core/published-rates.ts';

const ofTheLaw: Rates = {
  byHalfYear: Object.fromEntries(
    publishedRates('FR')
      .filter(({ kind, confirmed }) => kind === 'late_payment' && confirmed)
      .map(({ half, rate }) => [half, rate]),
  ),
};

const debt = (principalMinor: number, dueOn: string, ...reductions: Debt['reductions']): Debt => ({
  principalMinor,
  reductions,
  fromOn: addDays(dueOn, 1),
});

describe('Interest', () => {
  // Worked out on paper: amount × rate × days / 365 for each half-year, added up, rounded once.
  test.each([
    [
      '1 200.00 due 2025-10-31, paid 2025-12-15',
      debt(120_000, '2025-10-31', { on: '2025-12-15', minor: 120_000 }),
      1_798,
    ],
    [
      '12 000.00 due 2024-12-01, paid 2025-02-15',
      debt(1_200_000, '2024-12-01', { on: '2025-02-15', minor: 1_200_000 }),
      33_942,
    ],
    [
      '5 000.00 due 2023-11-15, paid 2024-03-10',
      debt(500_000, '2023-11-15', { on: '2024-03-10', minor: 500_000 }),
      22_726,
    ],
    // 10 days on 1 000.00 and 20 on 400.00 at 12.15 %: 3.3288 + 2.6630.
    [
      '1 000.00 due 2025-09-01, 600.00 paid on the 11th, the rest on 1 October',
      debt(100_000, '2025-09-01', { on: '2025-09-11', minor: 60_000 }, { on: '2025-10-01', minor: 40_000 }),
      599,
    ],
    ['paid before it was due', debt(100_000, '2025-09-01', { on: '2025-08-20', minor: 100_000 }), 0],
  ])('%s', (_, owed, expected) => {
    expect(interestOn(interestParts(ofTheLaw, owed, '2026-06-30')!)).toBe(expected);
  });

  test('Half a cent is rounded up; a leap year counts 365 days', () => {
    // 36.50 at 50 % for a day: 0.05; at 5 %: 0.005.
    expect(interestOn([{ fromOn: '2024-02-29', toOn: '2024-02-29', baseMinor: 3_650, rate: 5_000 }])).toBe(5);
    expect(interestOn([{ fromOn: '2024-02-29', toOn: '2024-02-29', baseMinor: 3_650, rate: 500 }])).toBe(1);
    expect(interestOn([{ fromOn: '2024-02-29', toOn: '2024-02-29', baseMinor: 3_649, rate: 500 }])).toBe(0);
  });

  test('A half-year that is not known: no interest at all, rather than an older rate', () => {
    expect(interestParts(ofTheLaw, debt(100_000, '2026-06-20'), '2026-06-30')).toHaveLength(1);
    expect(interestParts(ofTheLaw, debt(100_000, '2026-06-20'), '2026-07-01')).toBeNull();
    // Nothing is owed any more in it: it is not needed.
    const paid = debt(100_000, '2026-06-20', { on: '2026-06-25', minor: 100_000 });
    expect(interestParts(ofTheLaw, paid, '2026-07-20')).toHaveLength(1);
  });

  const day = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2023-06-01', days));
  const payment = fc.record({ on: day, minor: fc.integer({ min: 1, max: 50_000_00 }) });

  /** Day by day, by each day's own rate, in millionths of a unit: shares no line with what it checks. */
  function dayByDay(owed: Debt, toOn: string): number {
    let sum = 0;
    for (let on = owed.fromOn; on <= toOn; on = addDays(on, 1)) {
      const before = owed.reductions.filter((one) => one.on < on).reduce((total, { minor }) => total + minor, 0);
      const base = Math.max(0, owed.principalMinor - before);
      const rate = 'byHalfYear' in ofTheLaw ? ofTheLaw.byHalfYear[halfYearOf(on)]! : 0;
      sum += (base * rate) / 3_650_000;
    }
    return sum;
  }

  test('It is what adding up each day by itself gives, whatever order payments are entered in', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_00 }),
        day,
        fc.array(payment, { maxLength: 4 }),
        day,
        (principalMinor, dueOn, reductions, toOn) => {
          const owed = debt(principalMinor, dueOn, ...reductions);
          const interest = interestOn(interestParts(ofTheLaw, owed, toOn)!);
          expect(Math.abs(interest - dayByDay(owed, toOn))).toBeLessThanOrEqual(0.500_001);
          const reversed = { ...owed, reductions: [...reductions].reverse() };
          expect(interestOn(interestParts(ofTheLaw, reversed, toOn)!)).toBe(interest);
          if (daysBetween(dueOn, toOn) <= 0) expect(interest).toBe(0);
        },
      ),
    );
  });
});
