// A notice before the due date that is held must not hold back what comes after it: found by the property "a preview equals
// the runs that follow it".
import { expect, test } from 'vitest';
import { makeWorld } from '../world/world.ts';

test('Rule 10 a notice that nobody can be sent is dropped after the due date, and the next step has its turn', async () => {
  const world = await makeWorld({
    steps: [
      { at: -3, rolesTo: ['management'] },
      { at: 5, rolesTo: ['main'] },
    ],
  });
  await world.invoice(await world.customer('Brun', { contacts: [{ role: 'main', email: 'brun@example.fr' }] }));
  await world.run(world.J(-3));
  expect(await world.reasonOf('F-1')).toBe('no-address');
  await world.runDays(-2, 10);
  expect(await world.diary()).toEqual(['J+5 R1 F-1']);
});
