// Going live, and the practice clock: what is set aside, and what starts anew.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { Tables } from './tables.ts';

/** Whether anything was planned, left, paid or promised after that day: the clock can't go back behind it. */
export async function startedBefore(tx: Kysely<Tables>, companyId: string, day: Day): Promise<boolean> {
  const found = await sql<{ started: boolean }>`
    select exists (select from reminder where company_id = ${companyId} and planned_on > ${day}::date)
      or exists (select from item where company_id = ${companyId} and left_on > ${day}::date)
      or exists (select from bounce where company_id = ${companyId} and noted_on > ${day}::date)
      or exists (select from ended where company_id = ${companyId} and ended_on > ${day}::date)
      or exists (select from promise where company_id = ${companyId} and (made_on > ${day}::date or ended_on > ${day}::date)) as started`.execute(
    tx,
  );
  return found.rows[0]!.started;
}

/** What was set on a day that is to come now is set on that day: its steps, and what comes after the last. */
export async function bringBackSequences(tx: Kysely<Tables>, companyId: string, day: Day): Promise<void> {
  await sql`update step set added_on = ${day}::date where company_id = ${companyId} and added_on > ${day}::date`.execute(
    tx,
  );
  await sql`update sequence set ending_set_on = ${day}::date where company_id = ${companyId} and ending_set_on > ${day}::date`.execute(
    tx,
  );
}

/** The same of the day from which customers are thanked. */
export async function bringBackThanks(tx: Kysely<Tables>, companyId: string, day: Day): Promise<void> {
  await sql`update company set thanks_since = ${day}::date where id = ${companyId} and thanks_since > ${day}::date`.execute(
    tx,
  );
}

/** Practice reminders that wait are dropped; their items too, so nothing of practice waits to leave. */
export async function dropPracticeReminders(tx: Kysely<Tables>, companyId: string): Promise<void> {
  await sql`
    with dropped as (
      update reminder set state = 'dropped', claimed_by = null, claim_id = null, reason = '{"code":"went-live"}'
      where company_id = ${companyId} and practice and state in ('to_approve', 'ready', 'sending', 'failed', 'to_do') returning id
    )
    update item i set state = 'dropped', reason = '{"code":"went-live"}' from dropped
    where i.company_id = ${companyId} and i.reminder_id = dropped.id and i.state = 'open'`.execute(tx);
  await sql`
    update thanked t set state = 'dropped', reason = '{"code":"went-live"}' from reminder r
    where t.company_id = ${companyId} and t.state = 'standing' and r.company_id = t.company_id and r.id = t.reminder_id
      and r.practice and r.state = 'dropped'`.execute(tx);
  // What came back in practice stays as it is, and waits for nobody any more.
  await sql`
    update item i set state = 'dropped', reason = '{"code":"went-live"}' from reminder r
    where i.company_id = ${companyId} and r.company_id = i.company_id and r.id = i.reminder_id and i.state = 'open'
      and r.practice and r.state = 'undelivered'`.execute(tx);
}

/**
 * What practice claimed was never owed: what was paid of it is a credit again, to be allocated to what is. The charges stay, marked,
 * and are read by nobody.
 */
export async function withdrawPracticeCharges(tx: Kysely<Tables>, companyId: string, today: Day): Promise<void> {
  await sql`
    insert into allocation (company_id, id, charge_id, payment_id, credit_note_id, amount_minor, undoes_id, allocated_on)
    select a.company_id, uuid_v7(), a.charge_id, a.payment_id, a.credit_note_id, -a.amount_minor, a.id, ${today}::date
    from allocation a join charge c on c.company_id = a.company_id and c.id = a.charge_id
    where a.company_id = ${companyId} and c.practice and a.amount_minor > 0
      and not exists (select from allocation u where u.company_id = a.company_id and u.undoes_id = a.id)`.execute(tx);
}

/** What a run of practice asked of a person, and nobody did; what a person noted for later stays. */
export async function dropPracticeTasks(tx: Kysely<Tables>, companyId: string): Promise<void> {
  await sql`delete from task where company_id = ${companyId} and created_by = 'system' and done_on is null`.execute(tx);
}

/**
 * A new pass for every receivable, met today: what practice sent counts for nothing, neither for one that is paid and whose money is taken
 * back later. Answers how many are open, and so looked at today.
 */
export async function startLivePass(tx: Kysely<Tables>, companyId: string, today: Day): Promise<number> {
  const started = await sql<{ open: number }>`
    with started as (
      update dunning_case c set pass = c.pass + 1, met_on = ${today}::date, met_how = 'live', entry = 'pending',
        level_by_hand = null, level_set_on = null, next_on = null, next_step_id = null,
        state = case when r.open_minor > 0 then 'pending' else c.state end,
        reason = case when r.open_minor > 0 then null else c.reason end,
        look_on = case when r.open_minor > 0 then ${today}::date else c.look_on end
      from receivable r
      where c.company_id = ${companyId} and r.company_id = c.company_id and r.id = c.receivable_id
      returning r.open_minor > 0 as is_open
    )
    select count(*) filter (where is_open)::int as open from started`.execute(tx);
  return started.rows[0]!.open;
}
