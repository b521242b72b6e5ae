// Charges of invoices, and the rates of interest.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  browseRates,
  chargesOfInvoice,
  restoreCharge,
  sayRate,
  takeBackRate,
  waiveCharge,
} from '../../app/keep-charges.ts';
import * as wire from '../../contract/charge.ts';
import { companyParams, made } from '../../contract/common.ts';
import { invoiceParams } from '../../contract/invoice.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['charges'];
const company = '/api/companies/:companyId';
const rates = `${company}/interest-rates`;

export const chargeRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    `${company}/invoices/:invoiceId/charges`,
    {
      schema: {
        tags,
        summary: 'What an invoice bears because it is late, and what was claimed of it',
        params: invoiceParams,
        response: { 200: wire.invoiceCharges },
      },
    },
    async (request) => orFault(await chargesOfInvoice(context, actingOf(request), request.params.invoiceId)),
  );

  server.post(
    `${company}/charges/:chargeId/waive`,
    {
      schema: {
        tags,
        summary: 'Waives a charge, with why: it is not asked for any more, and stays in the history',
        params: wire.chargeParams,
        body: wire.waiver,
        response: { 200: made },
      },
    },
    async (request) => {
      const { chargeId } = request.params;
      return { id: orFault(await waiveCharge(context, actingOf(request), { ...request.body, chargeId })).chargeId };
    },
  );

  server.post(
    `${company}/charges/:chargeId/restore`,
    {
      schema: { tags, summary: 'Claims a waived charge again', params: wire.chargeParams, response: { 200: made } },
    },
    async (request) => {
      const { chargeId } = request.params;
      return { id: orFault(await restoreCharge(context, actingOf(request), { chargeId })).chargeId };
    },
  );

  server.get(
    rates,
    {
      schema: {
        tags,
        summary: 'The rates of interest by half-year, the latest first',
        params: companyParams,
        response: { 200: wire.rates },
      },
    },
    async (request) => browseRates(context, actingOf(request)),
  );

  server.put(
    `${rates}/:kind/:half`,
    {
      schema: {
        tags,
        summary: 'Says or confirms a rate: messages that wait for it go on',
        params: wire.rateParams,
        body: wire.rateSaid,
        response: { 200: wire.savedRate },
      },
    },
    async (request) => {
      const { kind, half } = request.params;
      return orFault(await sayRate(context, actingOf(request), { kind, half, ...request.body }));
    },
  );

  server.delete(
    `${rates}/:kind/:half`,
    {
      schema: {
        tags,
        summary: 'Takes back what was said of a rate: it is as Relance came with it',
        params: wire.rateParams,
        response: { 200: wire.savedRate },
      },
    },
    async (request) => orFault(await takeBackRate(context, actingOf(request), request.params)),
  );
};
