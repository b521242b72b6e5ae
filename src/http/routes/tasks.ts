// Tasks: to do, done; and who they can be for.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browseTasks, changeTask, createTask, deleteTask, setTaskDone } from '../../app/keep-tasks.ts';
import { listMembers } from '../../app/members.ts';
import { companyParams, made, pageOf } from '../../contract/common.ts';
import * as wire from '../../contract/task.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['tasks'];
const params = wire.taskParams;
const task = '/api/companies/:companyId/tasks/:taskId';

export const taskRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    '/api/companies/:companyId/tasks',
    {
      schema: {
        tags,
        summary: 'Tasks: those to do by their day, or those done',
        params: companyParams,
        querystring: wire.tasksQuery,
        response: { 200: pageOf(wire.taskRow) },
      },
    },
    async (request) => browseTasks(context, actingOf(request), request.query),
  );

  server.post(
    '/api/companies/:companyId/tasks',
    {
      schema: { tags, summary: 'A new task', params: companyParams, body: wire.newTask, response: { 201: made } },
    },
    async (request, reply) =>
      reply.code(201).send({ id: orFault(await createTask(context, actingOf(request), request.body)).taskId }),
  );

  server.patch(
    task,
    { schema: { tags, summary: 'Changes a task', params, body: wire.taskChange, response: { 200: made } } },
    async (request) => {
      const { taskId } = request.params;
      return { id: orFault(await changeTask(context, actingOf(request), { ...request.body, taskId })).taskId };
    },
  );

  server.post(
    `${task}/done`,
    {
      schema: {
        tags,
        summary: 'It is done',
        description: 'Where a step of a sequence asked for it, the step is left today, and the sequence goes on.',
        params,
        // Nothing need be said: a request without a body is one.
        body: wire.taskDone.nullish(),
        response: { 200: made },
      },
    },
    async (request) => {
      const { taskId } = request.params;
      const asked = { taskId, isDone: true, note: request.body?.note };
      return { id: orFault(await setTaskDone(context, actingOf(request), asked)).taskId };
    },
  );

  server.post(
    `${task}/undone`,
    {
      schema: {
        tags,
        summary: 'It is to do again',
        description: 'Its step is given back, unless something has come after it.',
        params,
        response: { 200: made },
      },
    },
    async (request) => {
      const { taskId } = request.params;
      return { id: orFault(await setTaskDone(context, actingOf(request), { taskId, isDone: false })).taskId };
    },
  );

  server.delete(
    task,
    {
      schema: {
        tags,
        summary: 'Deletes a task',
        description: 'Not one that a step of a sequence asked for: its reminder is refused instead.',
        params,
        response: { 200: made },
      },
    },
    async (request) => {
      const { taskId } = request.params;
      return { id: orFault(await deleteTask(context, actingOf(request), { taskId })).taskId };
    },
  );

  server.get(
    '/api/companies/:companyId/colleagues',
    {
      schema: {
        tags,
        summary: 'Who works in the company, by name',
        params: companyParams,
        response: { 200: wire.colleagues },
      },
    },
    async (request) => ({
      rows: (await listMembers(context, actingOf(request))).map(({ userId, name, role }) => ({
        userId,
        name,
        mayAct: role !== 'reader',
      })),
    }),
  );
};
