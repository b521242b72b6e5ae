// Customers and their contacts, made and edited by hand. What is not given stays as it is.
import { done, failed, type Result } from '../core/fault.ts';
import { waiveForConsumers } from '../db/charge.ts';
import { nextCustomerNumber } from '../db/customer.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import { lockWithPaidFor } from '../db/payer.ts';
import type { ContactRole } from '../db/tables.ts';
import { type AgreedInput, agreedColumns } from './agreed-with.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { placeCustomers } from './place-customers.ts';
import { customersChanged } from './plan-customers.ts';
import { inCharge, mayNotBeInCharge } from './put-in-charge.ts';
import { readdressWaiting } from './readdress-waiting.ts';
import { endAskingForCorrected } from './report-undelivered.ts';
import { setPayer } from './set-payer.ts';

export interface ContactInput {
  role?: ContactRole | undefined;
  name?: string | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  language?: string | null | undefined;
}

export interface CustomerInput extends AgreedInput {
  /** Missing for a new customer. */
  id?: string | undefined;
  number?: string | undefined;
  name?: string | undefined;
  kind?: 'business' | 'consumer' | 'public' | undefined;
  category?: string | null | undefined;
  language?: string | null | undefined;
  street?: string | null | undefined;
  postcode?: string | null | undefined;
  city?: string | null | undefined;
  country?: string | null | undefined;
  phone?: string | null | undefined;
  notes?: string | undefined;
  /** Days to the first reminder, then from each to the next; null: those of the sequence. Each is one day at least. */
  delaysDays?: number[] | null | undefined;
  /** Each of its messages is approved by a person. */
  keyAccount?: boolean | undefined;
  /** Agreed with it, in hundredths of a percent a year; null: as the company says. */
  contractRate?: number | null | undefined;
  /** A member of the company who may act; null: nobody. */
  inChargeUserId?: string | null | undefined;
  /** Another customer, who is written to instead; null: it pays for itself. */
  payerId?: string | null | undefined;
  /** Replaces the customer's contacts. */
  contacts?: ContactInput[] | undefined;
}

export function saveCustomer(
  context: Context,
  acting: Acting,
  input: CustomerInput,
): Promise<Result<{ customerId: string }>> {
  const fault = whatIsWrong(input);
  if (fault !== null) return Promise.resolve(fault);
  return forCompany(context, acting, async (work) => {
    const { tx, company, scope } = work;
    const id = input.id ?? newId();
    const { contacts, delaysDays, keyAccount, contractRate, inChargeUserId, payerId, id: _, ...said } = input;
    const { paymentTerms, salespersonName, salespersonEmail, forbiddenChannels, ...fields } = said;
    const agreed = agreedColumns({ paymentTerms, salespersonName, salespersonEmail, forbiddenChannels });
    if (!agreed.ok) return agreed;
    const stranger = await mayNotBeInCharge(work, inChargeUserId ?? null);
    if (stranger !== null) return stranger;
    const columns = {
      ...fields,
      ...agreed.value,
      ...(delaysDays === undefined ? {} : { delays_days: delaysDays }),
      ...(keyAccount === undefined ? {} : { key_account: keyAccount }),
      ...(contractRate === undefined ? {} : { contract_rate: contractRate }),
    };
    if (input.number !== undefined) {
      const holder = await holderOf(work, input.number);
      if (holder !== null && holder !== input.id)
        return failed('number-taken', { field: 'number', value: input.number });
    }
    const concerned = await lockConcerned(work, id, input);
    if (input.id === undefined) {
      if (!input.name) return failed('invalid-input', { field: 'name', detail: 'empty' });
      const number = input.number ?? (await nextCustomerNumber(work.tx, work.company.id));
      await tx
        .insertInto('customer')
        .values({ company_id: company.id, id, ...columns, name: input.name, number })
        .execute();
    } else {
      const found = await tx
        .selectFrom('customer')
        .select(['id', 'name', 'kind', 'merged_into_id'])
        .where('company_id', '=', company.id)
        .where('id', '=', id)
        .executeTakeFirst();
      if (found === undefined) return failed('not-found', { what: 'customer', id });
      if (found.merged_into_id !== null) return failed('customer-merged', { name: found.name });
      if (Object.keys(columns).length > 0) {
        await tx
          .updateTable('customer')
          .set(columns)
          .where('company_id', '=', company.id)
          .where('id', '=', id)
          .execute();
      }
      if (input.kind === 'consumer' && found.kind !== 'consumer')
        await waiveForConsumers(tx, company.id, [id], toConsumer(work));
    }
    if (contacts !== undefined) await replaceContacts(work, id, contacts);
    if (inChargeUserId !== undefined) await inCharge(work, { customerIds: [id], userId: inChargeUserId });
    const paidBy = payerId === undefined ? done({ changed: false }) : await setPayer(work, id, payerId);
    if (!paidBy.ok) return paidBy;
    const { changed: payerChanged } = paidBy.value;
    const changesMore = Object.keys(columns).length > 0 || contacts !== undefined || input.id === undefined;
    // Who is in charge changes nothing of what is sent; it is told by itself, and so is who pays.
    if (!changesMore && !payerChanged) return done({ customerId: id });
    await customersChanged(work, concerned);
    if (payerChanged || changesWhoIsWrittenTo(input)) await readdressWaiting(work, concerned);
    if (!changesMore) return done({ customerId: id });
    await recordEvents(tx, scope, [
      {
        type: input.id === undefined ? 'customer.created' : 'customer.changed',
        customerId: id,
        payload: { fields: Object.keys(input) },
      },
    ]);
    if (input.id === undefined || lookedAt.some((field) => input[field] !== undefined))
      await placeCustomers(work, [id]);
    return done({ customerId: id });
  });
}

const changesWhoIsWrittenTo = ({ contacts, language, forbiddenChannels }: CustomerInput): boolean =>
  contacts !== undefined || language !== undefined || forbiddenChannels !== undefined;

/** Locks the customer, if it is there, and its payer to be; answers it with all whose messages go to other people by what is saved. */
async function lockConcerned({ tx, company }: CompanyWork, id: string, input: CustomerInput): Promise<string[]> {
  const payer = input.payerId ? [input.payerId] : [];
  if (input.id !== undefined && changesWhoIsWrittenTo(input)) return lockWithPaidFor(tx, company.id, [id], payer);
  await lockCustomers(tx, company.id, [id, ...payer]);
  return [id];
}

/** What enrolment rules look at. */
const lookedAt = ['kind', 'category', 'language', 'country', 'keyAccount'] as const;

function whatIsWrong(input: CustomerInput): ReturnType<typeof failed> | null {
  if (input.name !== undefined && input.name.trim() === '')
    return failed('invalid-input', { field: 'name', detail: 'empty' });
  const badDelay = input.delaysDays?.find((days) => !Number.isInteger(days) || days < 1);
  if (badDelay !== undefined) return failed('invalid-input', { field: 'delaysDays', value: badDelay });
  const { salespersonEmail } = input;
  if (salespersonEmail && !isEmail(salespersonEmail))
    return failed('invalid-input', { field: 'salespersonEmail', value: salespersonEmail });
  const badAddress = input.contacts?.find((contact) => contact.email && !isEmail(contact.email));
  if (badAddress !== undefined) return failed('invalid-input', { field: 'email', value: badAddress.email! });
  return null;
}

/** One address and nothing else: no list, no name, no line break. */
export function isEmail(text: string): boolean {
  return /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]+$/.test(text) && text.length <= 254;
}

async function holderOf({ tx, company }: CompanyWork, number: string): Promise<string | null> {
  const found = await tx
    .selectFrom('customer')
    .select('id')
    .where('company_id', '=', company.id)
    .where('number', '=', number)
    .executeTakeFirst();
  return found?.id ?? null;
}

/** An address that was blocked stays blocked when it is typed again: it is known by itself, not by its contact. */
async function replaceContacts(
  work: CompanyWork,
  customerId: string,
  contacts: readonly ContactInput[],
): Promise<void> {
  const { tx, company } = work;
  await tx.deleteFrom('contact').where('company_id', '=', company.id).where('customer_id', '=', customerId).execute();
  const rows = contacts.map((contact) => ({
    company_id: company.id,
    id: newId(),
    customer_id: customerId,
    ...contact,
  }));
  if (rows.length > 0) await tx.insertInto('contact').values(rows).execute();
  await endAskingForCorrected(work, [customerId]);
}

/** Why what was claimed of a business is waived. */
export const toConsumer = ({ today, scope, company }: Pick<CompanyWork, 'today' | 'scope' | 'company'>) => ({
  on: today,
  by: scope.actor,
  reason: company.language === 'fr' ? 'Client particulier' : 'The customer is a consumer',
});
