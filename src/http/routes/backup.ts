// The installation's backup, for whoever owns all that is in it.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ownsEveryCompany } from '../../app/members.ts';
import { noteBackup } from '../../app/note-backup.ts';
import { companyParams } from '../../contract/common.ts';
import { actingOf } from '../access.ts';
import { fault } from '../faults.ts';
import { attachment } from '../files.ts';
import type { RouteOptions } from './options.ts';

export const backupRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context, writeBackup }) => {
  server.get(
    '/api/companies/:companyId/backup',
    {
      schema: {
        tags: ['company'],
        summary: 'A backup of the installation',
        description:
          'It holds every company, so it is given to an owner of all of them only. Restored by the command line.',
        params: companyParams,
        produces: ['application/octet-stream'],
      },
    },
    async (request, reply) => {
      if (!(await ownsEveryCompany(context, request.signedIn!.userId))) throw fault('not-allowed');
      const { name, stream } = await writeBackup();
      await noteBackup(context, actingOf(request), name);
      return reply.type('application/octet-stream').header('content-disposition', attachment(name)).send(stream);
    },
  );
};
