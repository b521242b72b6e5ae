// Invoices and credit notes: made, changed, their PDF, disputes, levels, and what a person decides about them.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  browseCustomersDue,
  browseInvoices,
  browseLevelsDue,
  invoicePdf,
  oneInvoice,
  sumInvoices,
} from '../../app/browse.ts';
import { exportInvoices } from '../../app/export-invoices.ts';
import { closeDispute, openDispute } from '../../app/pause-dunning.ts';
import { explainInvoice } from '../../app/preview-run.ts';
import { settleInvoices } from '../../app/record-payment.ts';
import { attachPdf, changeInvoice, createInvoice } from '../../app/save-invoice.ts';
import { includeOutside, markReminded, setLevel, startAnew } from '../../app/steer-cases.ts';
import { companyParams, pageOf } from '../../contract/common.ts';
import * as wire from '../../contract/invoice.ts';
import { settled } from '../../contract/payment.ts';
import { explanation } from '../../contract/plan.ts';
import { actingOf } from '../access.ts';
import { languageOf } from '../fault-words.ts';
import { orFault } from '../faults.ts';
import { attachment, fileOf, listFileSchema, sendListFile } from '../files.ts';
import type { RouteOptions } from './options.ts';

const tags = ['invoices'];
const params = wire.invoiceParams;
const invoice = '/api/companies/:companyId/invoices/:invoiceId';
/** A PDF invoice is some tens of kilobytes; scans are larger. */
const pdfLimit = 15 * 1024 * 1024;

export const invoiceRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    '/api/companies/:companyId/invoices',
    {
      schema: {
        tags,
        summary: 'Invoices, the latest first',
        params: companyParams,
        querystring: wire.invoicesQuery,
        response: { 200: pageOf(wire.invoiceRow) },
      },
    },
    async (request) => browseInvoices(context, actingOf(request), request.query),
  );

  server.post(
    '/api/companies/:companyId/invoices/file',
    {
      schema: {
        tags,
        summary: 'The list of invoices as a CSV or XLSX file',
        params: companyParams,
        body: wire.invoicesFile,
        ...listFileSchema,
      },
    },
    async (request, reply) => {
      const language = languageOf(request.headers['accept-language']);
      const wanted = { ...request.body, language };
      return sendListFile(reply, orFault(await exportInvoices(context, actingOf(request), wanted)));
    },
  );

  server.get(
    '/api/companies/:companyId/invoices/sum',
    {
      schema: {
        tags,
        summary: 'How many invoices a filter has, and what is open of them',
        params: companyParams,
        querystring: wire.invoicesSumQuery,
        response: { 200: wire.invoicesSum },
      },
    },
    async (request) => sumInvoices(context, actingOf(request), request.query),
  );

  server.get(
    '/api/companies/:companyId/due',
    {
      schema: {
        tags,
        summary: 'What is to be reminded next, by level',
        params: companyParams,
        response: { 200: wire.levelsDue },
      },
    },
    async (request) => ({ rows: await browseLevelsDue(context, actingOf(request)) }),
  );

  server.get(
    '/api/companies/:companyId/due/customers',
    {
      schema: {
        tags,
        summary: 'Customers to be reminded at a level next, with those invoices',
        params: companyParams,
        querystring: wire.customersDueQuery,
        response: { 200: pageOf(wire.customerDue) },
      },
    },
    async (request) => browseCustomersDue(context, actingOf(request), request.query),
  );

  server.post(
    '/api/companies/:companyId/invoices',
    {
      schema: {
        tags,
        summary: 'A new invoice or credit note',
        params: companyParams,
        body: wire.newInvoice,
        response: { 201: wire.madeInvoice },
      },
    },
    async (request, reply) =>
      reply.code(201).send(orFault(await createInvoice(context, actingOf(request), request.body))),
  );

  server.get(
    invoice,
    { schema: { tags, summary: 'One invoice with its instalments', params, response: { 200: wire.invoice } } },
    async (request) => {
      const { row, ...shown } = orFault(await oneInvoice(context, actingOf(request), request.params.invoiceId));
      return {
        ...shown,
        directDebit: row.direct_debit,
        debitReturnedOn: row.debit_returned_on,
        paymentMethod: row.payment_method,
        recipients: row.recipients,
      };
    },
  );

  server.patch(
    invoice,
    {
      schema: {
        tags,
        summary: 'Changes an invoice',
        params,
        body: wire.invoiceChange,
        response: { 200: wire.changedInvoice },
      },
    },
    async (request) => {
      return orFault(
        await changeInvoice(context, actingOf(request), { ...request.body, invoiceId: request.params.invoiceId }),
      );
    },
  );

  server.get(
    `${invoice}/explanation`,
    {
      schema: {
        tags,
        summary: 'Why this, why not that: what the plan decides today',
        params,
        response: { 200: explanation },
      },
    },
    async (request) =>
      orFault(await explainInvoice(context, actingOf(request), { invoiceId: request.params.invoiceId })),
  );

  server.put(
    `${invoice}/pdf`,
    {
      schema: {
        tags,
        summary: 'Attaches the PDF (multipart, one file)',
        params,
        consumes: ['multipart/form-data'],
        response: { 200: wire.attached },
      },
    },
    async (request) => {
      const file = await fileOf(request, pdfLimit);
      const bytes = await file.toBuffer();
      return orFault(
        await attachPdf(context, actingOf(request), { invoiceId: request.params.invoiceId, name: file.name, bytes }),
      );
    },
  );

  server.get(
    `${invoice}/pdf`,
    { schema: { tags, summary: 'The PDF', params, produces: ['application/pdf'] } },
    async (request, reply) => {
      const pdf = orFault(await invoicePdf(context, actingOf(request), request.params.invoiceId));
      return reply.type('application/pdf').header('content-disposition', attachment(pdf.name)).send(pdf.bytes);
    },
  );

  server.post(
    `${invoice}/dispute`,
    {
      schema: {
        tags,
        summary: 'The debtor objects: opens a dispute',
        params,
        body: wire.dispute,
        response: { 201: wire.disputed },
      },
    },
    async (request, reply) => {
      const { reason } = request.body;
      const { invoiceId } = request.params;
      return reply.code(201).send(orFault(await openDispute(context, actingOf(request), { invoiceId, reason })));
    },
  );

  server.delete(
    `${invoice}/dispute`,
    { schema: { tags, summary: 'Closes the dispute', params, response: { 200: wire.disputed } } },
    async (request) => orFault(await closeDispute(context, actingOf(request), { invoiceId: request.params.invoiceId })),
  );

  server.post(
    `${invoice}/reminded`,
    {
      schema: {
        tags,
        summary: '"Marquer comme relancé": a reminder made elsewhere',
        params,
        body: wire.reminded,
        response: { 201: wire.remindedBy },
      },
    },
    async (request, reply) => {
      const { invoiceId } = request.params;
      return reply
        .code(201)
        .send(orFault(await markReminded(context, actingOf(request), { ...request.body, invoiceId })));
    },
  );

  server.post(
    '/api/companies/:companyId/invoices/level',
    {
      schema: {
        tags,
        summary: 'Sets the level by hand',
        params: companyParams,
        body: wire.level,
        response: { 200: wire.levelSet },
      },
    },
    async (request) => orFault(await setLevel(context, actingOf(request), request.body)),
  );

  server.post(
    '/api/companies/:companyId/invoices/include',
    {
      schema: {
        tags,
        summary: 'Includes invoices that stand outside',
        params: companyParams,
        body: wire.including,
        response: { 200: wire.included },
      },
    },
    async (request) => orFault(await includeOutside(context, actingOf(request), request.body)),
  );

  server.post(
    '/api/companies/:companyId/invoices/start-anew',
    {
      schema: {
        tags,
        summary: 'Starts a new pass, from the first step',
        params: companyParams,
        body: wire.including,
        response: { 200: wire.restarted },
      },
    },
    async (request) => orFault(await startAnew(context, actingOf(request), request.body)),
  );

  server.post(
    '/api/companies/:companyId/invoices/settle',
    {
      schema: {
        tags,
        summary: '"Marquer comme réglée"; undone by returning the payment',
        params: companyParams,
        body: wire.settling,
        response: { 200: settled },
      },
    },
    async (request) => orFault(await settleInvoices(context, actingOf(request), request.body)),
  );
};
