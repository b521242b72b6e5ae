// Delivery to a local SMTP server of another process, against a bare pooled nodemailer loop over the same bytes.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { changeCompany, goLive, saveMailServer, testMailServer } from '../../src/app/change-company.ts';
import { forCompany } from '../../src/app/context.ts';
import { emptyOutbox, makeWorker, noneYet, type Worker } from '../../src/app/deliver-outbox.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { runDunning } from '../../src/app/run-dunning.ts';
import { smtpSender, testMailServer as tryServer } from '../../src/channels/smtp.ts';
import { storeDocuments } from '../../src/db/document.ts';
import { sha256 } from '../../src/formats/mail.ts';
import { startComposer } from '../../src/main/composer.ts';
import { type BenchWorld, benchWorld, fill, must } from './world.ts';

export interface DeliveryFigures {
  messages: number;
  attachmentBytes: number;
  oursPerSecond: number;
  barePerSecond: number;
}

const connections = 10;

/** Sent before, by both: a worker has been running for a while, and so has a loop. */
const warmUp = 400;

/** The one whose ratio stands in the middle is answered. */
const rounds = 3;

export async function benchDelivery(messages: number, attachmentBytes: number): Promise<DeliveryFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'relance-bench-smtp-'));
  writeFileSync(join(folder, 'log'), '');
  const server = spawn(
    process.execPath,
    [join(import.meta.dirname, '../world/smtp-process.ts'), join(folder, 'log'), '0'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const world = await benchWorld();
  const composer = startComposer();
  try {
    const [line] = (await once(createInterface({ input: server.stdout! }), 'line')) as [string];
    const port = Number(line);
    await readyToLeave(world, port, warmUp + rounds * messages, attachmentBytes);
    const worker = makeWorker(smtpSender, { compose: composer.compose });
    await round(world, worker, port, warmUp);
    const measured: { ours: number; bare: number }[] = [];
    for (let time = 0; time < rounds; time++) measured.push(await round(world, worker, port, messages));
    const { ours, bare } = measured.sort((one, other) => one.bare / one.ours - other.bare / other.ours)[
      Math.floor(rounds / 2)
    ]!;
    return {
      messages,
      attachmentBytes,
      oursPerSecond: (messages / ours) * 1000,
      barePerSecond: (messages / bare) * 1000,
    };
  } finally {
    await composer.stop();
    server.kill('SIGKILL');
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** So many messages leave, then the same ones again in the loop; how long each took, in milliseconds. */
async function round(
  world: BenchWorld,
  worker: Worker,
  port: number,
  messages: number,
): Promise<{ ours: number; bare: number }> {
  await putOffAllBut(world, messages);
  const counts = noneYet();
  const since = Temporal.Now.instant();
  const started = performance.now();
  // Until the outcome of the last one is written. To plan what follows is the run's, and is measured there.
  await emptyOutbox(world.context, world.acting.companyId, worker, counts);
  const ours = performance.now() - started;
  if (counts.sent !== messages) throw new Error(`${counts.sent} sent, ${messages} expected`);
  return { ours, bare: await bareLoop(port, await mailsSent(world, since)) };
}

/** Of what waits, so many may leave. */
async function putOffAllBut({ database, settle }: BenchWorld, count: number): Promise<void> {
  await sql`update reminder set next_attempt_at =
    case when id in (select id from reminder where state = 'ready' order by customer_id, id limit ${count}) then null else '2099-01-01'::timestamptz end
    where state = 'ready'`.execute(database.owner);
  await sql`vacuum analyze`.execute(database.owner);
  await settle();
}

/** A live company whose outbox holds that many reminders, each with a PDF of its own where one is wanted. */
async function readyToLeave(world: BenchWorld, port: number, messages: number, attachmentBytes: number): Promise<void> {
  const { context, acting, database } = world;
  await fill(world, messages, messages);
  if (attachmentBytes > 0) await attach(world, attachmentBytes);
  must(
    await changeCompany(context, acting, {
      senderEmail: 'compta@bench.example',
      sendingFrom: '00:00',
      sendingUntil: '23:59',
    }),
  );
  must(await saveMailServer(context, acting, { host: '127.0.0.1', port, security: 'none', auth: 'none', connections }));
  must(await testMailServer(context, acting, tryServer));
  must(await goLive(context, acting));
  await sql`update company set first_sending_approved_at = now()`.execute(database.owner);
  await sql`update dunning_case set entry = 'entered'`.execute(database.owner);
  await runDunning(context, acting);
}

async function attach({ context, acting, database }: BenchWorld, bytes: number): Promise<void> {
  const invoices = await sql<{ id: string }>`select id from invoice`.execute(database.owner);
  await forCompany(context, acting, async ({ tx, company, today }) => {
    for (const { id } of invoices.rows) {
      const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes - 9)]);
      await storeDocuments(tx, company.id, today, [{ sha256: sha256(pdf), kind: 'invoice', bytes: pdf }]);
      await tx
        .updateTable('invoice')
        .set({ pdf_sha256: sha256(pdf), pdf_name: 'facture.pdf' })
        .where('company_id', '=', company.id)
        .where('id', '=', id)
        .execute();
    }
  });
}

async function mailsSent(
  { context, acting, database }: BenchWorld,
  since: Temporal.Instant,
): Promise<{ to: string[]; raw: Buffer }[]> {
  const { rows } = await sql<{ id: string }>`
    select reminder_id as id from attempt where ended_at >= ${since.toString()}::timestamptz`.execute(database.owner);
  const mails: { to: string[]; raw: Buffer }[] = [];
  for (const { id } of rows) {
    const message = must(await readMessage(context, acting, id));
    mails.push({ to: message.to, raw: message.eml });
  }
  return mails;
}

async function bareLoop(port: number, mails: readonly { to: string[]; raw: Buffer }[]): Promise<number> {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: connections,
    maxMessages: 500,
    ignoreTLS: true,
  });
  const started = performance.now();
  await Promise.all(
    mails.map(({ to, raw }) => transport.sendMail({ envelope: { from: 'compta@bench.example', to }, raw })),
  );
  const took = performance.now() - started;
  transport.close();
  return took;
}
