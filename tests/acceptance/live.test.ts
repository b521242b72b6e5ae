// What is new in a company, as open pages ask for it: nothing that happened is missed, whatever commits first.
import { expect, test } from 'vitest';
import { latestNews } from '../../src/app/browse.ts';
import { forCompany } from '../../src/app/context.ts';
import { recordEvents } from '../../src/db/event.ts';
import { makeWorld, type World } from '../world/world.ts';

const news = (world: World) => latestNews(world.context, world.acting);

test('the news is the same until something happens', async () => {
  const world = await makeWorld();
  const customer = await world.customer();
  const before = await news(world);
  expect(await news(world)).toBe(before);
  await world.invoice(customer);
  expect(await news(world)).not.toBe(before);
});

test('what began before the last event and commits after it is news too', async () => {
  const world = await makeWorld();
  const customerId = await world.customer();
  const mayEnd = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  const slow = forCompany(world.context, world.acting, async ({ tx, scope }) => {
    await recordEvents(tx, scope, [{ type: 'customer.changed', customerId, payload: { fields: [] } }]);
    written.resolve();
    await mayEnd.promise;
  });
  await written.promise;
  await world.customer('Entretemps');
  const seen = await news(world);
  mayEnd.resolve();
  await slow;
  expect(await news(world)).not.toBe(seen);
});
