// S7 over a thousand kills.
import { expect, test } from 'vitest';
import { killSeries } from '../scenarios/killed-series.ts';

test('S7 20,000 reminders, the worker killed at 1,000 random moments', { timeout: 3_600_000 }, async () => {
  const figures = await killSeries({ reminders: 20_000, kills: 1_000, seed: 11 });
  console.log(
    `kills ${figures.kills}, accepted ${figures.accepted}, in doubt ${figures.inDoubt} of ${figures.reminders}`,
  );
  expect(figures.accepted + figures.inDoubt).toBeGreaterThanOrEqual(20_000);
});
