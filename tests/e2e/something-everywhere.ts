// A company with something on every screen.
import { expect } from 'vitest';
import type { Site } from '../world/site.ts';
import { patient, tenFormalNotices } from './steps.ts';

interface Everywhere {
  companyId: string;
  /** The addresses of one of each. */
  one: { invoice: string; customer: string; operation: string; sequence: string; template: string };
}

/** A company in which each list has something, and one customer has a bit of everything. */
export async function somethingEverywhere(site: Site): Promise<Everywhere> {
  const { visitor, companyId } = await tenFormalNotices(site);
  const at = (path: string): string => `/api/companies/${companyId}${path}`;
  const { rows } = (await visitor.ask('GET', at('/invoices?limit=1'))).body;
  const { id, customerId } = rows[0];
  await visitor.ask('PATCH', at(`/customers/${customerId}`), {
    notes: 'Demander Mme Kerbrat.',
    delaysDays: [10, 15],
    contacts: [
      { role: 'main', name: 'Y. Kerbrat', email: 'y.kerbrat@client.example', phone: '02 98 00 00 00' },
      { role: 'management', name: 'Direction' },
    ],
  });
  await visitor.ask('POST', at('/payments'), {
    customerId,
    receivedOn: '2026-11-13',
    amountMinor: 40_000,
    reference: 'VIR 4711',
    to: [{ invoiceId: id, amountMinor: 25_000 }],
  });
  await visitor.ask('POST', at(`/customers/${customerId}/contacts-made`), { how: 'call', note: 'Paie vendredi.' });
  await visitor.ask('POST', at('/pauses'), { customerId, reason: 'Congés', untilOn: '2026-12-04' });
  const form = new FormData();
  form.append('options', JSON.stringify({ skipBadRows: true }));
  form.append(
    'file',
    new Blob(['N° client;Date;Montant\nC-00002;15/11/2026;10,00\nC-00003;15/11/2026;nul\n']),
    'règlements.csv',
  );
  expect((await visitor.ask('POST', at('/imports/payments'), form)).status).toBeLessThan(300);
  const { operationId } = (await visitor.ask('POST', at('/operations'), { invoiceIds: [rows[0].id] })).body;
  const state = async () => (await visitor.ask('GET', at(`/operations/${operationId}`))).body.state;
  await expect.poll(state, patient).toBe('finished');
  const sequences = (await visitor.ask('GET', at('/sequences'))).body.rows;
  const { version, defaultSequenceId } = (await visitor.ask('GET', at('/enrolment-rules'))).body;
  const rule = {
    name: 'Grands comptes à l’étranger',
    sequenceId: defaultSequenceId,
    categories: ['GMS'],
    kinds: ['business', 'public'],
    languages: ['de'],
    countries: ['DE', 'AT'],
    openFromMinor: 1_000_000,
    keyAccount: true,
    excludedTypes: ['subscription', 'progress'],
  };
  const rules = {
    rules: [rule, { ...rule, name: 'Aucune', sequenceId: null, excludedTypes: [] }],
    defaultSequenceId,
    version,
  };
  expect((await visitor.ask('PUT', at('/enrolment-rules'), rules)).status).toBe(200);
  const one = {
    invoice: `invoices/${id}`,
    customer: `customers/${customerId}`,
    operation: `operations/${operationId}`,
    sequence: `sequences/${sequences[0].id}`,
    template: 'templates/friendly',
  };
  return { companyId, one };
}
