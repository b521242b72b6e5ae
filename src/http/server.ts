// The web server put together: security, access, faults, the API with its description, and the page.
import fastifyMultipart from '@fastify/multipart';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { installAccess } from './access.ts';
import { docsRoutes, installDocs } from './docs.ts';
import { installFaults } from './faults.ts';
import { installPages } from './pages.ts';
import { absenceRoutes } from './routes/absences.ts';
import { accountRoutes } from './routes/account.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { backupRoutes } from './routes/backup.ts';
import { bounceRoutes } from './routes/bounces.ts';
import { chargeRoutes } from './routes/charges.ts';
import { closureRoutes } from './routes/closures.ts';
import { companyRoutes } from './routes/company.ts';
import { companyFileRoutes } from './routes/company-files.ts';
import { customerRoutes } from './routes/customers.ts';
import { enrolmentRuleRoutes } from './routes/enrolment-rules.ts';
import { eventRoutes } from './routes/events.ts';
import { importRoutes } from './routes/imports.ts';
import { invoiceRoutes } from './routes/invoices.ts';
import { letterheadRoutes } from './routes/letterhead.ts';
import { liveRoutes } from './routes/live.ts';
import { memberRoutes } from './routes/members.ts';
import { operationRoutes } from './routes/operations.ts';
import type { RouteOptions } from './routes/options.ts';
import { paymentTermsRoutes } from './routes/payment-terms.ts';
import { paymentRoutes } from './routes/payments.ts';
import { promiseRoutes } from './routes/promises.ts';
import { readyMadeRoutes } from './routes/ready-made.ts';
import { reminderRoutes } from './routes/reminders.ts';
import { remindingRoutes } from './routes/reminding.ts';
import { runRoutes } from './routes/runs.ts';
import { sequenceRoutes } from './routes/sequences.ts';
import { taskRoutes } from './routes/tasks.ts';
import { templateRoutes } from './routes/templates.ts';
import { installSecurity } from './security.ts';

export interface ServerOptions extends RouteOptions {
  /** Where `vite build` put the page. */
  staticDir: string;
  /** The address that people use; decides Secure cookies and which origin may write. */
  baseUrl: string;
  logger: FastifyBaseLogger | false;
  /** Addresses of proxies whose X-Forwarded-For is believed; none by default. */
  trustProxy?: string[];
  /** Told of errors that nothing foresaw, beside the log. */
  onUnexpected?: (error: unknown) => void;
}

const everyRoute = [
  accountRoutes,
  memberRoutes,
  absenceRoutes,
  apiKeyRoutes,
  companyRoutes,
  closureRoutes,
  letterheadRoutes,
  customerRoutes,
  invoiceRoutes,
  paymentRoutes,
  sequenceRoutes,
  companyFileRoutes,
  enrolmentRuleRoutes,
  templateRoutes,
  readyMadeRoutes,
  reminderRoutes,
  remindingRoutes,
  operationRoutes,
  taskRoutes,
  paymentTermsRoutes,
  bounceRoutes,
  promiseRoutes,
  chargeRoutes,
  runRoutes,
  importRoutes,
  eventRoutes,
  liveRoutes,
  backupRoutes,
];

/** JSON bodies; files have limits of their own where they are taken. */
const bodyLimit = 1024 * 1024;

/** The server, ready to listen. Throws where a route has no role in http/access.ts. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { context, auth, tryMailServer, domainNames, writeBackup, openSample, staticDir, baseUrl, logger } = options;
  const server = Fastify({
    ...(logger === false ? { logger: false } : { loggerInstance: logger }),
    bodyLimit,
    trustProxy: options.trustProxy ?? false,
  });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  installFaults(server, options.onUnexpected);
  installSecurity(server, baseUrl);
  installAccess(server, context, auth);
  await server.register(fastifyMultipart, { limits: { files: 1, fields: 20, fieldSize: 64 * 1024, parts: 21 } });
  await installDocs(server, baseUrl);
  for (const routes of everyRoute)
    await server.register(routes, { context, auth, tryMailServer, domainNames, writeBackup, openSample });
  server.get('/api/health', { schema: { hide: true } }, async () => ({ ok: true }));
  docsRoutes(server);
  await installPages(server, staticDir);
  return server;
}
