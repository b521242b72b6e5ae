// Looking ahead: the plan rolled sixty days forward for every open invoice, against reading the same facts once and deciding each once.

import { forCompany } from '../../src/app/context.ts';
import { previewRun } from '../../src/app/preview-run.ts';
import { simulateSequence } from '../../src/app/simulate-sequence.ts';
import { addDays } from '../../src/core/day.ts';
import { planCustomer } from '../../src/core/plan.ts';
import { customersWithOpen, readCompany, readCustomers } from '../../src/db/facts.ts';
import { median } from './run.ts';
import { type BenchWorld, benchWorld, fill, must, today } from './world.ts';

export interface AheadFigures {
  /** Messages foreseen in sixty days. */
  messages: number;
  /** Medians, in milliseconds. */
  onceMs: number;
  previewMs: number;
  /** What the editor shows of a draft: both rolls, that of today's sequence and that of the draft. */
  simulationMs: number;
}

const days = 60;
const rounds = 5;

export async function benchAhead(open: number): Promise<AheadFigures> {
  const world = await benchWorld();
  try {
    await fill(world, open, open / 20);
    const figures: { once: number; preview: number; simulation: number }[] = [];
    let messages = 0;
    // The first round is not counted.
    for (let round = 0; round <= rounds; round++) {
      const once = await timed(() => decideOnce(world));
      const preview = await timed(async () => {
        const { reminders } = must(await previewRun(world.context, world.acting, { day: addDays(today, days) }));
        messages = reminders.length;
      });
      const simulation = await timed(async () => void must(await simulateSequence(world.context, world.acting, draft)));
      if (round > 0) figures.push({ once, preview, simulation });
    }
    return {
      messages,
      onceMs: median(figures.map(({ once }) => once)),
      previewMs: median(figures.map(({ preview }) => preview)),
      simulationMs: median(figures.map(({ simulation }) => simulation)),
    };
  } finally {
    await world.close();
  }
}

const draft = {
  title: 'Draft',
  days,
  who: 'everyone' as const,
  steps: [7, 21, 45].map((offsetDays, index) => ({
    level: index + 1,
    name: `R${index + 1}`,
    offsetDays,
  })),
};

async function decideOnce({ context, acting }: BenchWorld): Promise<void> {
  await forCompany(context, acting, async ({ tx, company, today: day }) => {
    const snapshot = await readCompany(tx, company, day);
    let after: string | null = null;
    for (;;) {
      const ids: string[] = await customersWithOpen(tx, company.id, after, 500);
      if (ids.length === 0) return;
      after = ids.at(-1)!;
      for (const { facts } of await readCustomers(tx, snapshot, ids)) planCustomer(snapshot.facts, facts, day);
    }
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
