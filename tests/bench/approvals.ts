// Approving many messages in one operation: how many statements the database is asked for each of them.
import { sql } from 'kysely';
import { Client } from 'pg';
import { approveMany } from '../../src/app/approve-many.ts';
import { runDunning } from '../../src/app/run-dunning.ts';
import { workOperation } from '../../src/app/work-operations.ts';
import { benchWorld, fill, must } from './world.ts';

export interface ApprovalFigures {
  messages: number;
  /** Statements in all, those that begin and end a transaction included. */
  statements: number;
  milliseconds: number;
}

export async function benchApprovals(messages: number): Promise<ApprovalFigures> {
  // Before anything connects: a connection that prepares what repeats asks by the function it found.
  const counted = countStatements();
  const world = await benchWorld();
  try {
    await fill(world, messages * 10, messages);
    await sql`update step set requires_approval = true`.execute(world.database.owner);
    await runDunning(world.context, world.acting);
    const waiting = await sql<{ id: string }>`select id from reminder where state = 'to_approve'`.execute(
      world.database.owner,
    );
    const reminderIds = waiting.rows.map(({ id }) => id);
    if (reminderIds.length !== messages) throw new Error(`${reminderIds.length} wait, ${messages} expected`);
    const before = counted();
    const started = performance.now();
    const { operationId } = must(await approveMany(world.context, world.acting, { reminderIds }));
    await workOperation(world.context, world.acting.companyId, operationId);
    const milliseconds = performance.now() - started;
    const statements = counted() - before;
    const left = await sql<{ count: number }>`select count(*) from reminder where state = 'ready'`.execute(
      world.database.owner,
    );
    if (left.rows[0]!.count !== messages) throw new Error(`${left.rows[0]!.count} approved, ${messages} expected`);
    return { messages, statements, milliseconds };
  } finally {
    await world.close();
  }
}

/** Counts what every connection of this process asks from now on. */
function countStatements(): () => number {
  const { query } = Client.prototype;
  let count = 0;
  Client.prototype.query = function (this: Client, ...args: unknown[]) {
    count += 1;
    return Reflect.apply(query, this, args);
  } as typeof query;
  return () => count;
}
