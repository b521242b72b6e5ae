// Customers and their contacts; which sequence they are in; pausing them, their invoices or a sequence.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browseCredits, browseCustomers, browseSalespeople, oneCustomer } from '../../app/browse.ts';
import { exportCustomers } from '../../app/export-customers.ts';
import { mergeCustomers, previewMerge } from '../../app/merge-customers.ts';
import { noteContact } from '../../app/note-contact.ts';
import { pauseDunning, resumeDunning } from '../../app/pause-dunning.ts';
import { pauseTogether } from '../../app/pause-together.ts';
import { putCustomersInCharge } from '../../app/put-in-charge.ts';
import { saveCustomer } from '../../app/save-customer.ts';
import { enrolCustomers } from '../../app/save-sequence.ts';
import { companyParams, pageOf } from '../../contract/common.ts';
import * as wire from '../../contract/customer.ts';
import { actingOf } from '../access.ts';
import { languageOf } from '../fault-words.ts';
import { orFault } from '../faults.ts';
import { listFileSchema, sendListFile } from '../files.ts';
import type { RouteOptions } from './options.ts';

const tags = ['customers'];

export const customerRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    '/api/companies/:companyId/customers',
    {
      schema: {
        tags,
        summary: 'Customers by name, with what they owe',
        params: companyParams,
        querystring: wire.customersQuery,
        response: { 200: pageOf(wire.customerRow) },
      },
    },
    async (request) => browseCustomers(context, actingOf(request), request.query),
  );

  server.get(
    '/api/companies/:companyId/salespeople',
    {
      schema: {
        tags,
        summary: 'The salespeople of customers, by name',
        params: companyParams,
        response: { 200: wire.salespeople },
      },
    },
    async (request) => ({ rows: await browseSalespeople(context, actingOf(request)) }),
  );

  server.post(
    '/api/companies/:companyId/customers/file',
    {
      schema: {
        tags,
        summary: 'The list of customers as a CSV or XLSX file',
        params: companyParams,
        body: wire.customersFile,
        ...listFileSchema,
      },
    },
    async (request, reply) => {
      const language = languageOf(request.headers['accept-language']);
      const wanted = { ...request.body, language };
      return sendListFile(reply, orFault(await exportCustomers(context, actingOf(request), wanted)));
    },
  );

  server.post(
    '/api/companies/:companyId/customers',
    {
      schema: {
        tags,
        summary: 'A new customer',
        description: 'Without a number it gets the next free one.',
        params: companyParams,
        body: wire.newCustomer,
        response: { 201: wire.savedCustomer },
      },
    },
    async (request, reply) =>
      reply.code(201).send(orFault(await saveCustomer(context, actingOf(request), request.body))),
  );

  server.get(
    '/api/companies/:companyId/customers/:customerId',
    { schema: { tags, summary: 'One customer', params: wire.customerParams, response: { 200: wire.customer } } },
    async (request) => {
      const { row, contacts, ...shown } = orFault(
        await oneCustomer(context, actingOf(request), request.params.customerId),
      );
      const { language, street, postcode, city, country, phone, notes } = row;
      return {
        ...shown,
        salespersonEmail: row.salesperson_email,
        forbiddenChannels: row.forbidden_channels,
        language,
        street,
        postcode,
        city,
        country,
        phone,
        notes,
        delaysDays: row.delays_days,
        keyAccount: row.key_account,
        contractRate: row.contract_rate,
        contacts,
      };
    },
  );

  server.patch(
    '/api/companies/:companyId/customers/:customerId',
    {
      schema: {
        tags,
        summary: 'Changes a customer or replaces its contacts',
        params: wire.customerParams,
        body: wire.customerChange,
        response: { 200: wire.savedCustomer },
      },
    },
    async (request) => {
      return orFault(
        await saveCustomer(context, actingOf(request), { ...request.body, id: request.params.customerId }),
      );
    },
  );

  server.get(
    '/api/companies/:companyId/customers/:customerId/credits',
    {
      schema: {
        tags,
        summary: 'Payments and credit notes with something left to allocate, the oldest first',
        params: wire.customerParams,
        response: { 200: wire.credits },
      },
    },
    async (request) => ({ rows: await browseCredits(context, actingOf(request), request.params.customerId) }),
  );

  server.post(
    '/api/companies/:companyId/customers/:customerId/merge/preview',
    {
      schema: {
        tags,
        summary: 'What merging a customer into another would move',
        description: 'Nothing changes.',
        params: wire.customerParams,
        body: wire.merging,
        response: { 200: wire.mergeShown },
      },
    },
    async (request) =>
      orFault(
        await previewMerge(context, actingOf(request), {
          fromId: request.params.customerId,
          intoId: request.body.intoId,
        }),
      ),
  );

  server.post(
    '/api/companies/:companyId/customers/:customerId/merge',
    {
      schema: {
        tags,
        summary: 'Merges a customer into another',
        description:
          'All that it owes, paid and was sent is the other one’s from then on, and what names it by number reaches the other one. It can’t be taken back.',
        params: wire.customerParams,
        body: wire.merging,
        response: { 200: wire.mergeShown },
      },
    },
    async (request) =>
      orFault(
        await mergeCustomers(context, actingOf(request), {
          fromId: request.params.customerId,
          intoId: request.body.intoId,
        }),
      ),
  );

  server.post(
    '/api/companies/:companyId/customers/:customerId/contacts-made',
    {
      schema: {
        tags,
        summary: 'Notes a call, a mail, a meeting in the history',
        description:
          'It changes nothing in the reminders; one that stands for a step is POST …/invoices/{id}/reminded.',
        params: wire.customerParams,
        body: wire.contactMade,
        response: { 201: wire.contactNoted },
      },
    },
    async (request, reply) => {
      const { customerId } = request.params;
      return reply
        .code(201)
        .send(orFault(await noteContact(context, actingOf(request), { ...request.body, customerId })));
    },
  );

  server.put(
    '/api/companies/:companyId/customers/in-charge',
    {
      schema: {
        tags,
        summary: 'Says who is in charge of customers',
        description: 'What the dunning asked of the person before, and nobody has done, goes along.',
        params: companyParams,
        body: wire.puttingInCharge,
        response: { 200: wire.putInCharge },
      },
    },
    async (request) => orFault(await putCustomersInCharge(context, actingOf(request), request.body)),
  );

  server.post(
    '/api/companies/:companyId/enrolments',
    {
      schema: {
        tags,
        summary: 'Puts customers in a sequence, or in none',
        params: companyParams,
        body: wire.enrolment,
        response: { 200: wire.enrolled },
      },
    },
    async (request) => orFault(await enrolCustomers(context, actingOf(request), request.body)),
  );

  server.post(
    '/api/companies/:companyId/pauses',
    {
      schema: {
        tags,
        summary: 'Pauses an invoice, a customer or a sequence',
        params: companyParams,
        body: wire.pause,
        response: { 201: wire.paused },
      },
    },
    async (request, reply) =>
      reply.code(201).send(orFault(await pauseDunning(context, actingOf(request), request.body))),
  );

  server.post(
    '/api/companies/:companyId/invoices/pause',
    {
      schema: {
        tags,
        summary: 'Pauses many invoices, but for those that are settled or paused as long already',
        params: companyParams,
        body: wire.pauseOfInvoices,
        response: { 200: wire.pausedTogether },
      },
    },
    async (request) => orFault(await pauseTogether(context, actingOf(request), request.body)),
  );

  server.post(
    '/api/companies/:companyId/customers/pause',
    {
      schema: {
        tags,
        summary: 'Pauses many customers, but for those that are paused as long already',
        params: companyParams,
        body: wire.pauseOfCustomers,
        response: { 200: wire.pausedTogether },
      },
    },
    async (request) => orFault(await pauseTogether(context, actingOf(request), request.body)),
  );

  server.post(
    '/api/companies/:companyId/pauses/resume',
    {
      schema: {
        tags,
        summary: 'Lifts every pause of an invoice, a customer or a sequence',
        params: companyParams,
        body: wire.resume,
        response: { 200: wire.resumed },
      },
    },
    async (request) => orFault(await resumeDunning(context, actingOf(request), request.body)),
  );
};
