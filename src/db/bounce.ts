// Messages that did not arrive: what was said of each of their addresses, and the step that is to be taken again.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { Reason } from '../core/reason.ts';
import { given } from './given.ts';
import { notBegun } from './reminder.ts';
import type { Row, Tables } from './tables.ts';

export interface NewBounce {
  reminderId: string;
  /** In lower case. */
  address: string;
  kind: Row<'bounce'>['kind'];
  reason: string;
  /** It is the address's fault. */
  blocks: boolean;
}

/** Of an address of a message each kind is noted once. Answers what says something new: all of it, or that it is the address's fault. */
export async function insertBounces(
  tx: Kysely<Tables>,
  companyId: string,
  { day, at, actor, source }: { day: Day; at: Date; actor: string; source: Row<'bounce'>['source'] },
  bounces: readonly NewBounce[],
): Promise<(NewBounce & { isFirst: boolean })[]> {
  if (bounces.length === 0) return [];
  const noted = await sql<NewBounce & { isFirst: boolean }>`
    insert into bounce (company_id, reminder_id, address, kind, source, reason, blocks, noted_on, noted_at, noted_by)
    select ${companyId}::uuid, "reminderId", address, kind, ${source}, reason, blocks, ${day}::date, ${at}, ${actor}
    from ${given(bounces, { reminderId: 'uuid', address: 'text', kind: 'text', reason: 'text', blocks: 'boolean' })}
    on conflict (company_id, reminder_id, address, kind) do update set blocks = true where excluded.blocks and not bounce.blocks
    returning reminder_id as "reminderId", address, kind, reason, blocks, xmax = 0 as "isFirst"`.execute(tx);
  return noted.rows;
}

/** A message is taken over after an earlier try of it was refused: what the server said of these addresses then holds no more. */
export async function forgetRefusals(
  tx: Kysely<Tables>,
  companyId: string,
  taken: readonly { reminderId: string; address: string }[],
): Promise<void> {
  if (taken.length === 0) return;
  await sql`delete from bounce b using ${given(taken, { reminderId: 'uuid', address: 'text' })}
    where b.company_id = ${companyId} and b.reminder_id = given."reminderId" and b.address = lower(given.address)
      and b.kind = 'failed' and b.source = 'server'`.execute(tx);
}

/**
 * How often a message may have been taken over by the mail server, under its one Message-ID, and whether one of these is under way. What
 * the server refused at once comes back in no report.
 */
export async function timesHandedOver(
  tx: Kysely<Tables>,
  companyId: string,
  reminderId: string,
): Promise<{ times: number; begun: boolean }> {
  const found = await sql<{ times: number; begun: boolean }>`
    select count(*) as times, coalesce(bool_or(state = 'begun'), false) as begun from attempt
    where company_id = ${companyId} and reminder_id = ${reminderId} and state in ('begun', 'accepted', 'in_doubt', 'captured')`.execute(
    tx,
  );
  return found.rows[0]!;
}

export interface BounceShown {
  address: string;
  kind: Row<'bounce'>['kind'];
  source: Row<'bounce'>['source'];
  reason: string;
  notedOn: Day;
}

export async function bouncesOf(tx: Kysely<Tables>, companyId: string, reminderId: string): Promise<BounceShown[]> {
  const found = await sql<BounceShown>`
    select address, kind, source, reason, noted_on as "notedOn" from bounce
    where company_id = ${companyId} and reminder_id = ${reminderId} order by noted_at, address`.execute(tx);
  return found.rows;
}

/**
 * A message that left has come back. Its steps are to be taken again, but for those after which something has left (claimed alone it has
 * not), was passed over or a person was asked already: what the customer has had since would otherwise come again. Answers the receivables that it holds back.
 */
export async function takeBackUndelivered(
  tx: Kysely<Tables>,
  companyId: string,
  reminderId: string,
  reason: Reason,
): Promise<string[]> {
  await sql`update reminder set state = 'undelivered', reason = ${JSON.stringify(reason)}::jsonb
    where company_id = ${companyId} and id = ${reminderId}`.execute(tx);
  const open = await sql<{ receivable_id: string }>`
    update item i set state = 'open', left_on = null
    from dunning_case c
    where i.company_id = ${companyId} and i.reminder_id = ${reminderId} and i.state = 'taken'
      and c.company_id = i.company_id and c.receivable_id = i.receivable_id and c.pass = i.pass
      and not exists (select from item o left join reminder r on r.company_id = o.company_id and r.id = o.reminder_id
        where o.company_id = i.company_id and o.receivable_id = i.receivable_id and o.pass = i.pass and o.id > i.id
          and (o.state in ('taken', 'skipped') or (o.state = 'open' and (r.state = 'undelivered' or (r.state = 'sending' and not ${notBegun})))))
      and not exists (select from ended e
        where e.company_id = i.company_id and e.receivable_id = i.receivable_id and e.pass = i.pass)
    returning i.receivable_id`.execute(tx);
  return open.rows.map((row) => row.receivable_id);
}

/**
 * The same message anew, as another one of its own: what came back keeps its bytes. It takes over the steps that wait, its text, files
 * and addresses, and is ready to leave. Answers how many steps: none, where nothing waits any more.
 */
export async function sendAnew(
  tx: Kysely<Tables>,
  companyId: string,
  { reminderId, newId, today, actor, at }: { reminderId: string; newId: string; today: Day; actor: string; at: Date },
): Promise<number> {
  const anew = '{"code":"sent-anew"}';
  const moved = await sql<{
    receivable_id: string;
    step_id: string;
    pass: number;
    occurrence: number;
    due_on: Day;
    asked_minor: number | null;
  }>`
    update item set state = 'dropped', reason = ${anew}::jsonb
    where company_id = ${companyId} and reminder_id = ${reminderId} and state = 'open'
    returning receivable_id, step_id, pass, occurrence, due_on, asked_minor`.execute(tx);
  if (moved.rows.length === 0) return 0;
  await sql`
    insert into reminder (company_id, id, customer_id, sequence_id, step_id, level, channel, language, currency, state, practice,
      by_hand, planned_on, send_on, reason, recipients, recipients_chosen, attaches_invoices, company_file_ids, subject_edited, body_edited,
      asked_minor, asked_others, approved_by, approved_at)
    select company_id, ${newId}::uuid, customer_id, sequence_id, step_id, level, channel, language, currency, 'ready', practice,
      by_hand, ${today}::date, ${today}::date, ${anew}::jsonb, recipients, recipients_chosen, attaches_invoices, company_file_ids,
      subject_edited, body_edited, asked_minor, asked_others, ${actor}, ${at}
    from reminder where company_id = ${companyId} and id = ${reminderId}`.execute(tx);
  await sql`
    insert into item (company_id, id, reminder_id, receivable_id, step_id, pass, occurrence, state, due_on, asked_minor)
    select ${companyId}::uuid, uuid_v7(), ${newId}::uuid, given.receivable_id, given.step_id, given.pass, given.occurrence, 'open', given.due_on, given.asked_minor
    from ${given(moved.rows, { receivable_id: 'uuid', step_id: 'uuid', pass: 'integer', occurrence: 'integer', due_on: 'date', asked_minor: 'bigint' })}`.execute(
    tx,
  );
  await sql`
    insert into reminder_file (company_id, id, customer_id, reminder_id, sha256, name, type, bytes, added_on, added_by)
    select company_id, uuid_v7(), customer_id, ${newId}::uuid, sha256, name, type, bytes, added_on, added_by
    from reminder_file where company_id = ${companyId} and reminder_id = ${reminderId} order by id`.execute(tx);
  return moved.rows.length;
}
