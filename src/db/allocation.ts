// Allocations: money given to receivables and charges, undone by a negative one, never deleted.
import { type Kysely, sql } from 'kysely';
import type { OpenCharge, OpenReceivable } from '../core/allocation.ts';
import type { Day } from '../core/day.ts';
import { given } from './given.ts';
import { newId } from './id.ts';
import type { Row, Tables } from './tables.ts';

export interface NewAllocation {
  receivableId: string | null;
  chargeId: string | null;
  paymentId: string | null;
  creditNoteId: string | null;
  amountMinor: number;
  undoesId: string | null;
}

export async function insertAllocations(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  allocations: readonly NewAllocation[],
): Promise<void> {
  if (allocations.length === 0) return;
  const rows = allocations.map((one) => ({ id: newId(), ...one }));
  const types = {
    id: 'uuid',
    receivableId: 'uuid',
    chargeId: 'uuid',
    paymentId: 'uuid',
    creditNoteId: 'uuid',
    amountMinor: 'bigint',
    undoesId: 'uuid',
  };
  await sql`
    insert into allocation (company_id, id, receivable_id, charge_id, payment_id, credit_note_id, amount_minor, undoes_id, allocated_on)
    select ${companyId}::uuid, id, "receivableId", "chargeId", "paymentId", "creditNoteId", "amountMinor", "undoesId", ${today}::date
    from ${given(rows, types)}`.execute(tx);
}

/** What stands: allocations that have not been undone, of one payment or credit note, or of all payments of an invoice. */
export async function standingAllocations(
  tx: Kysely<Tables>,
  companyId: string,
  of: { paymentId: string } | { creditNoteId: string } | { id: string },
): Promise<
  {
    id: string;
    receivable_id: string | null;
    charge_id: string | null;
    payment_id: string | null;
    credit_note_id: string | null;
    amount_minor: number;
  }[]
> {
  return tx
    .selectFrom('allocation as a')
    .select(['a.id', 'a.receivable_id', 'a.charge_id', 'a.payment_id', 'a.credit_note_id', 'a.amount_minor'])
    .where('a.company_id', '=', companyId)
    .where('a.amount_minor', '>', 0)
    .$if('paymentId' in of, (query) => query.where('a.payment_id', '=', (of as { paymentId: string }).paymentId))
    .$if('creditNoteId' in of, (query) =>
      query.where('a.credit_note_id', '=', (of as { creditNoteId: string }).creditNoteId),
    )
    .$if('id' in of, (query) => query.where('a.id', '=', (of as { id: string }).id))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('allocation as u')
            .select('u.id')
            .whereRef('u.company_id', '=', 'a.company_id')
            .whereRef('u.undoes_id', '=', 'a.id'),
        ),
      ),
    )
    .orderBy('a.id')
    .execute();
}

/** Whose invoices a payment or credit note went to. */
export async function customersAllottedTo(
  tx: Kysely<Tables>,
  companyId: string,
  of: { paymentId: string } | { creditNoteId: string },
): Promise<string[]> {
  const [column, id] = 'paymentId' in of ? ['payment_id', of.paymentId] : ['credit_note_id', of.creditNoteId];
  const found = await sql<{ id: string }>`
    select distinct coalesce(r.customer_id, c.customer_id) as id from allocation a
    left join receivable r on r.company_id = a.company_id and r.id = a.receivable_id
    left join charge c on c.company_id = a.company_id and c.id = a.charge_id
    where a.company_id = ${companyId} and ${sql.ref(`a.${column}`)} = ${id} order by 1`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Open instalments of invoices, or of everything that a customer owes in a currency. */
export async function openReceivables(
  tx: Kysely<Tables>,
  companyId: string,
  of: { invoiceId: string } | { receivableId: string },
): Promise<(OpenReceivable & { customerId: string; currency: string })[]> {
  const rows = await tx
    .selectFrom('receivable')
    .select(['id', 'due_on', 'position', 'open_minor', 'customer_id', 'currency'])
    .where('company_id', '=', companyId)
    .$if('invoiceId' in of, (query) => query.where('invoice_id', '=', (of as { invoiceId: string }).invoiceId))
    .$if('receivableId' in of, (query) => query.where('id', '=', (of as { receivableId: string }).receivableId))
    .execute();
  return rows.map((row) => ({
    id: row.id,
    dueOn: row.due_on,
    position: row.position,
    openMinor: row.open_minor,
    customerId: row.customer_id,
    currency: row.currency,
  }));
}

/** What was claimed on an invoice and is neither paid nor waived. */
export async function openCharges(
  tx: Kysely<Tables>,
  company: Pick<Row<'company'>, 'id' | 'mode'>,
  invoiceId: string,
): Promise<OpenCharge[]> {
  const rows = await tx
    .selectFrom('charge as c')
    .innerJoin('invoice as i', (join) =>
      join.onRef('i.company_id', '=', 'c.company_id').onRef('i.id', '=', 'c.invoice_id'),
    )
    .select(['c.id', 'c.claimed_on', 'c.open_minor'])
    .where('c.company_id', '=', company.id)
    .where('c.invoice_id', '=', invoiceId)
    .innerJoin('customer as k', (join) =>
      join.onRef('k.company_id', '=', 'c.company_id').onRef('k.id', '=', 'c.customer_id'),
    )
    .where('i.status', '=', 'issued')
    // A consumer owes neither indemnity nor fee, whatever was claimed of it before.
    .where((eb) => eb.or([eb('k.kind', '<>', 'consumer'), eb('c.kind', '=', 'interest')]))
    .where('c.practice', '=', company.mode === 'practice')
    .where('c.waived_on', 'is', null)
    .where('c.open_minor', '>', 0)
    .execute();
  return rows.map((row) => ({ id: row.id, claimedOn: row.claimed_on, openMinor: row.open_minor }));
}
