// S7: the process is killed at any instant, then started again: no message twice, none lost.
import { expect, test } from 'vitest';
import { killSeries } from './killed-series.ts';

test('S7 2,000 reminders, the worker killed at 60 random moments: none twice, none lost, the doubtful shown', {
  timeout: 600_000,
}, async () => {
  const figures = await killSeries({ reminders: 2_000, kills: 60, seed: 7 });
  console.log(
    `kills ${figures.kills}, accepted ${figures.accepted}, in doubt ${figures.inDoubt} of ${figures.reminders}`,
  );
  expect(figures.accepted + figures.inDoubt).toBeGreaterThanOrEqual(2_000);
});
