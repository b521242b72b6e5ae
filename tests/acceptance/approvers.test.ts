// The morning's mail to whoever approves: once a day, in a live company only, to those who may, with what waits and the way there.
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { deliverOutbox, makeWorker } from '../../src/app/deliver-outbox.ts';
import { tick } from '../../src/app/tick.ts';
import { smtpSender } from '../../src/channels/smtp.ts';
import { startMailServer } from '../world/mail-server.ts';
import { firstOwner, owner, startSite } from '../world/site.ts';

const address = 'https://relance.morvan.example';

async function liveSite() {
  const site = await startSite({ now: '2026-11-23T09:30:00Z' });
  const server = await startMailServer();
  const { visitor, companyId } = await firstOwner(site);
  const at = (path: string) => `/api/companies/${companyId}${path}`;
  const { customerId } = (
    await visitor.ask('POST', at('/customers'), {
      name: 'Brun & <Fils>',
      contacts: [{ email: 'compta@brun.example' }],
    })
  ).body;
  await visitor.ask('POST', at('/invoices'), {
    customerId,
    number: 'F-1',
    issuedOn: '2026-10-20',
    dueOn: '2026-11-19',
    totalMinor: 123_456,
  });
  for (const [name, role] of [
    ['Paul', 'agent'],
    ['Rita', 'reader'],
  ]) {
    const email = `${name!.toLowerCase()}@morvan.example`;
    await visitor.ask('POST', at('/members'), { name, role, email, password: 'provisoire-2026' });
  }
  await visitor.ask('PATCH', at(''), { senderEmail: 'compta@morvan.example', senderName: 'Compta' });
  await visitor.ask('PUT', at('/mail-server'), {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    auth: 'none',
  });
  await visitor.ask('POST', at('/mail-server/test'), {});
  const worker = makeWorker(smtpSender);
  return { site, server, visitor, at, ticked: () => tick(site.context, worker, address) };
}

test('nobody is told in practice', async () => {
  const { site, server, ticked } = await liveSite();
  site.setNow('2026-11-24T09:30:00Z');
  expect((await ticked()).told).toBe(0);
  expect(server.seen).toEqual([]);
  await site.stop();
});

test('those who may approve are told once a morning, with what waits and the link; a reader is not', async () => {
  const { site, server, visitor, at, ticked } = await liveSite();
  await visitor.ask('POST', at('/go-live'), { confirmed: true });
  // The first step comes on J+5, and the first real sending waits for approval as a whole.
  site.setNow('2026-11-24T09:30:00Z');
  expect((await ticked()).told).toBe(2);
  expect(server.accepted.map(({ to }) => to).sort()).toEqual([[owner.email], ['paul@morvan.example']].sort());
  const mail = await simpleParser(server.accepted[0]!.raw);
  expect(mail.subject).toContain('1 relance attend votre accord');
  expect(mail.text).toContain('Brun & <Fils>');
  expect(mail.text).toMatch(/1\s234,56\s€/);
  expect(mail.text).toContain(`${address}/approve`);
  expect(mail.html).toContain('Brun &amp; &lt;Fils&gt;');
  expect(mail.html).toContain(`href="${address}/approve"`);

  site.setNow('2026-11-24T15:00:00Z');
  expect((await ticked()).told).toBe(0);
  site.setNow('2026-11-25T09:30:00Z');
  expect((await ticked()).told).toBe(2);
  await visitor.ask('PATCH', at(''), { tellsApprovers: false });
  site.setNow('2026-11-26T09:30:00Z');
  expect((await ticked()).told).toBe(0);
  await site.stop();
});

test('nobody is told on a day without sending, nor when nothing waits', async () => {
  const { site, server, visitor, at, ticked } = await liveSite();
  await visitor.ask('POST', at('/go-live'), { confirmed: true });
  site.setNow('2026-11-23T10:00:00Z');
  expect((await ticked()).told).toBe(0);
  site.setNow('2026-11-28T09:30:00Z');
  expect((await ticked()).told).toBe(0);
  expect(server.seen).toEqual([]);
  await site.stop();
});

test('what leaves by itself later on is told too, and where nothing else waits it leads to what is about to leave', async () => {
  const { site, server, visitor, at, ticked } = await liveSite();
  const [sequence] = (await visitor.ask('GET', at('/sequences'))).body.rows;
  const { id: sequenceId, title, steps } = sequence;
  const later = steps.map((step: { offsetDays: number }) => ({ ...step, channels: undefined, leavesAfterHours: 5 }));
  expect((await visitor.ask('PUT', at(`/sequences/${sequenceId}`), { title, steps: later })).status).toBe(200);
  await visitor.ask('POST', at('/go-live'), { confirmed: true });
  await sql`update company set first_sending_approved_at = now()`.execute(site.database.owner);
  site.setNow('2026-11-24T08:30:00Z');
  expect((await ticked()).told).toBe(2);
  const mail = await simpleParser(server.accepted[0]!.raw);
  expect(mail.subject).toContain('1 relance partira d’elle-même');
  expect(mail.text).toContain('sauf si vous le retenez');
  expect(mail.html).toContain(`href="${address}/#leaving"`);
  await site.stop();
});

describe('a step of which whoever is in charge is told', () => {
  const followedSite = async (channels: ('email' | 'task')[] = ['email']) => {
    const live = await liveSite();
    const { site, visitor, at } = live;
    const [sequence] = (await visitor.ask('GET', at('/sequences'))).body.rows;
    const { id: sequenceId, title, steps } = sequence;
    const told = steps.map((step: { formalNotice: boolean }) => ({
      ...step,
      channels: step.formalNotice ? ['email'] : channels,
      tellsInCharge: true,
    }));
    expect((await visitor.ask('PUT', at(`/sequences/${sequenceId}`), { title, steps: told })).status).toBe(200);
    await visitor.ask('PATCH', at(''), { tellsApprovers: false });
    const worker = makeWorker(smtpSender);
    /** The mails of that tick to people of the company: 'to: subject'. */
    const morning = async (instant: string): Promise<string[]> => {
      site.setNow(instant);
      const before = live.server.accepted.length;
      await tick(site.context, worker, address);
      const mails = await Promise.all(live.server.accepted.slice(before).map(({ raw }) => simpleParser(raw)));
      return mails.map(({ to, subject }) => `${[to].flat()[0]!.text}: ${subject}`).sort();
    };
    return { ...live, morning };
  };

  test('only they: when it waits, once more when it has left, and never twice of the same; nobody in practice', async () => {
    const { site, server, visitor, at, morning } = await followedSite();
    await sql`update customer set in_charge_user_id = (select id from account."user" where email = 'paul@morvan.example')`.execute(
      site.database.owner,
    );
    await visitor.ask('POST', at('/runs'));
    expect(await morning('2026-11-23T10:00:00Z')).toEqual([]);
    await visitor.ask('POST', at('/go-live'), { confirmed: true });
    expect(await morning('2026-11-24T09:30:00Z')).toEqual(['paul@morvan.example: 1 relance à suivre, Atelier Morvan']);
    const mail = await simpleParser(server.accepted.at(-1)!.raw);
    expect(mail.text).toContain(
      '1 message attend une validation :\n\n- Brun & <Fils> · R1 Relance courtoise · 1\u202f234,56\u00a0€',
    );
    expect(mail.html).toContain('Brun &amp; &lt;Fils&gt;');
    expect(mail.text).toContain(`${address}/approve`);
    expect(await morning('2026-11-24T15:00:00Z')).toEqual([]);
    expect(await morning('2026-11-25T09:30:00Z')).toEqual([]);
    const { rows } = (await visitor.ask('GET', at('/reminders?state=to_approve&limit=10'))).body;
    await visitor.ask('POST', at('/reminders/approve'), { reminderIds: rows.map((row: { id: string }) => row.id) });
    await deliverOutbox(site.context, at('').split('/').at(-1)!, makeWorker(smtpSender));
    // Away on that day: whoever stands in is told as well, and why.
    const { rows: team } = (await visitor.ask('GET', at('/members'))).body;
    const idOf = (email: string) => team.find((one: { email: string }) => one.email === email).userId;
    const away = { standInUserId: idOf(owner.email), fromOn: '2026-11-26', untilOn: '2026-11-26' };
    const saidFor = await visitor.ask('PUT', at(`/members/${idOf('paul@morvan.example')}/absence`), away);
    expect(saidFor.status).toBe(200);
    expect(await morning('2026-11-26T09:30:00Z')).toEqual(
      [owner.email, 'paul@morvan.example'].sort().map((to) => `${to}: 1 relance à suivre, Atelier Morvan`),
    );
    const texts = await Promise.all(server.accepted.slice(-2).map(async ({ raw }) => (await simpleParser(raw)).text));
    for (const text of texts) expect(text).toContain('1 message est parti :');
    expect(texts.filter((text) => text!.startsWith('Vous remplacez Paul'))).toHaveLength(1);
    expect(await morning('2026-11-27T09:30:00Z')).toEqual([]);
    await site.stop();
  });

  test('where nobody is in charge, those who may approve', async () => {
    const { site, visitor, at, morning } = await followedSite();
    await visitor.ask('POST', at('/go-live'), { confirmed: true });
    const told = await morning('2026-11-24T09:30:00Z');
    expect(told.map((line) => line.split(':')[0])).toEqual([owner.email, 'paul@morvan.example'].sort());
    await site.stop();
  });

  test('a task of it is told as one to do, once, and leads to the tasks', async () => {
    const { site, server, visitor, at, morning } = await followedSite(['task']);
    await visitor.ask('POST', at('/go-live'), { confirmed: true });
    expect(await morning('2026-11-24T09:30:00Z')).toHaveLength(2);
    const { text } = await simpleParser(server.accepted.at(-1)!.raw);
    expect(text).toContain('1 tâche à faire :\n\n- Brun & <Fils> · R1 Relance courtoise');
    expect(text).toContain(`Voir les tâches : ${address}/\n`);
    const [task] = (await visitor.ask('GET', at('/tasks?state=open&limit=10'))).body.rows;
    expect((await visitor.ask('POST', at(`/tasks/${task.id}/done`))).status).toBeLessThan(300);
    expect(await morning('2026-11-25T09:30:00Z')).toEqual([]);
    await site.stop();
  });
});
