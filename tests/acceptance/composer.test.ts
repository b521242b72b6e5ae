// Composing in a thread of its own: the same bytes as here, also with an attachment, and a failure is told to whoever asked.
import { expect, test } from 'vitest';
import { changeCompany } from '../../src/app/change-company.ts';
import { type BatchToCompose, composeBatch } from '../../src/app/compose-batch.ts';
import { approveReminders, editReminder } from '../../src/app/decide-reminders.ts';
import { deliverOutbox, makeWorker } from '../../src/app/deliver-outbox.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { attachPdf } from '../../src/app/save-invoice.ts';
import { startComposer } from '../../src/main/composer.ts';
import { makeWorld, value } from '../world/world.ts';

const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(60_000, 7)]);

/** Three messages, one with a PDF and one edited, and the batch that they were composed from in the thread. */
async function composedInAThread() {
  const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }] });
  value(await changeCompany(world.context, world.acting, { senderEmail: 'compta@kerbrat.example' }));
  for (const name of ['Brun', 'Émile & Œuvre', 'Petit']) {
    const invoiceId = await world.invoice(await world.customer(name));
    if (name === 'Brun')
      value(await attachPdf(world.context, world.acting, { invoiceId, name: 'été.pdf', bytes: pdf }));
  }
  await world.plan(world.J(5));
  const reminderIds = (await world.waiting()).map((one) => one.reminderId);
  const text = { subject: 'Votre compte', body: 'Bonjour {{ customer_name }},\n\n{{ invoice_table }}\n' };
  value(await editReminder(world.context, world.acting, { reminderId: reminderIds[2]!, ...text }));
  value(await approveReminders(world.context, world.acting, { reminderIds }));
  const composer = startComposer();
  const batches: BatchToCompose[] = [];
  const inPractice = () => {
    throw new Error('in practice nothing is sent');
  };
  const worker = makeWorker(inPractice, {
    compose: async (batch) => {
      batches.push(structuredClone(batch));
      return composer.compose(batch);
    },
  });
  const counts = await deliverOutbox(world.context, world.acting.companyId, worker);
  return { world, composer, batch: batches[0]!, counts };
}

test('a delivery that composes in a thread keeps, byte for byte, what composing here gives', async () => {
  const { world, composer, batch, counts } = await composedInAThread();
  expect(counts).toMatchObject({ captured: 3, failed: 0 });
  const here = await composeBatch(batch);
  for (const [index, { reminder }] of batch.reminders.entries()) {
    const kept = value(await readMessage(world.context, world.acting, reminder.id));
    const composition = here[index]!;
    if (!composition.ok) throw new Error('a template that renders in the thread renders here');
    expect(bare(kept.eml)).toEqual(bare(composition.composed.raw));
  }
  await composer.stop();
});

test('what can’t be composed fails whoever asked, and the thread goes on', async () => {
  const { composer, batch } = await composedInAThread();
  const broken = {
    ...batch,
    reminders: [
      {
        reminder: { ...batch.reminders[0]!.reminder, items: [] },
        asked: new Map(),
        information: [],
        charges: [],
        toConsumer: false,
      },
    ],
  };
  await expect(composer.compose(structuredClone(broken))).rejects.toThrow();
  expect(await composer.compose(batch)).toHaveLength(3);
  await composer.stop();
});

/** Without the boundaries between a mail's parts, which are drawn anew each time it is composed. */
function bare(mail: Buffer): string {
  return mail.toString('latin1').replaceAll(/--_NmP-[0-9a-f]+-Part_\d+/g, '--PART');
}
