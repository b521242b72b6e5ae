// The one place where a fault becomes an answer: a status and problem+json (RFC 9457) in the user's language.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { CompanyGone } from '../app/context.ts';
import type { Problem } from '../contract/common.ts';
import type { Fault, FaultCode, Result } from '../core/fault.ts';
import { faultSentence, fieldSentence, languageOf, type ScreenLanguage } from './fault-words.ts';

/** Carries a fault from a route to the error handler. Not for use cases: those answer with a Result. */
export class Faulted extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.code);
    this.fault = fault;
  }
}

/** The value, or the fault as the answer. */
export function orFault<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Faulted(result.fault);
}

export function fault(code: FaultCode, parameters: Fault['with'] = {}): Faulted {
  return new Faulted({ code, with: parameters });
}

const statuses: Partial<Record<FaultCode, number>> = {
  'not-found': 404,
  'not-allowed': 403,
  'origin-refused': 403,
  'not-for-keys': 403,
  'key-refused': 401,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'too-many-attempts': 429,
  'too-large': 413,
  'invalid-input': 400,
  conflict: 409,
  'number-taken': 409,
  'invoice-exists': 409,
  'user-exists': 409,
  'not-first-visit': 409,
  'last-owner': 409,
  'already-settled': 409,
  'nothing-to-promise': 409,
  'promise-ended': 409,
  'already-undone': 409,
  'already-live': 409,
  'not-to-approve': 409,
  'not-in-doubt': 409,
  'nobody-to-write-to': 409,
  'address-blocked': 409,
  'not-blocked': 409,
  'not-sent-yet': 409,
  'nothing-to-undo': 409,
  'dunning-went-on': 409,
  'task-of-step': 409,
  'not-to-remind': 409,
  'template-in-use': 409,
  'sequence-is-default': 409,
  'ready-made-there': 409,
};

/** What is understood but can't be done as things are: 422 unless said otherwise above. */
const statusOf = (code: FaultCode): number => statuses[code] ?? 422;

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

export function installFaults(server: FastifyInstance, onUnexpected?: (error: unknown) => void): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    if (error instanceof Faulted) return send(reply, problemOf(error.fault, language));
    if (hasZodFastifySchemaValidationErrors(error)) return send(reply, invalidInput(error.validation, language));
    const known = faultOf(error);
    if (known !== null) return send(reply, problemOf(known, language));
    request.log.error({ err: error }, 'request failed');
    onUnexpected?.(error);
    return send(reply, unexpected(request, language));
  });
  server.setNotFoundHandler((request, reply) => {
    return send(reply, problemOf({ code: 'not-found', with: {} }, languageOf(request.headers['accept-language'])));
  });
}

export function problemOf(fault: Fault, language: ScreenLanguage): Problem {
  const status = statusOf(fault.code);
  const { code } = fault;
  const detail = faultSentence(fault, language);
  const errors =
    fault.fields?.map(({ field, code }) => ({ field, detail: fieldSentence(code, language) })) ??
    inTemplate(fault, detail);
  return {
    type: `/api/docs#fault-${code}`,
    title: titles[status]!,
    status,
    detail,
    code,
    ...(errors === null ? {} : { errors }),
  };
}

/** What is wrong in a template has a place in it, by which an editor leads there. */
function inTemplate({ code, with: { field, line, tag } }: Fault, detail: string): Problem['errors'] | null {
  if (!['tag-unknown', 'tag-asks', 'template-broken'].includes(code) || typeof field !== 'string') return null;
  return [{ field, detail, line: Number(line), tag: String(tag) }];
}

interface Invalid {
  instancePath: string;
  keyword?: string;
  message?: string;
}

function invalidInput(problems: readonly Invalid[], language: ScreenLanguage): Problem {
  const errors = problems.map(({ instancePath, keyword, message }) => {
    const detail = whatIsWrong[keyword ?? '']?.[language] ?? message ?? '';
    return { field: instancePath.replace(/^\//, '').replaceAll('/', '.'), detail };
  });
  const fields = [...new Set(errors.map((error) => error.field || '—'))].join(', ');
  return { ...problemOf({ code: 'invalid-input', with: { fields } }, language), errors };
}

/** By what the schema library calls the mistake; what it does not name keeps its own words. */
const whatIsWrong: Record<string, Record<ScreenLanguage, string>> = {
  invalid_type: { fr: 'Valeur manquante ou d’une autre nature.', en: 'Missing, or of another kind.' },
  too_small: { fr: 'Trop court ou trop petit.', en: 'Too short or too small.' },
  too_big: { fr: 'Trop long ou trop grand.', en: 'Too long or too large.' },
  invalid_format: { fr: 'Ce n’est pas la forme attendue.', en: 'Not of the form that is expected.' },
  invalid_value: { fr: 'Ce n’est pas une des valeurs possibles.', en: 'Not one of the values that are possible.' },
};

/** Refusals of the framework itself: a body that is no JSON, too large, or of a kind that no route takes. */
function faultOf(error: FastifyError | CompanyGone): Fault | null {
  if (error instanceof CompanyGone) return { code: 'not-found', with: {} };
  if (error.statusCode === 413) return { code: 'too-large', with: {} };
  if (error.statusCode === 404) return { code: 'not-found', with: {} };
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return { code: 'invalid-input', with: { fields: error.message } };
  }
  return null;
}

function unexpected(request: FastifyRequest, language: ScreenLanguage): Problem {
  // What only reads may be asked for again; what writes may have been done.
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const detail =
    language === 'fr'
      ? `Relance a rencontré une erreur inattendue. ${reads ? 'Réessayez ; si elle revient,' : 'Rien n’est à refaire sans vérifier ;'} signalez le numéro ${request.id}.`
      : `Relance met an unexpected error. ${reads ? 'Try again; if it comes back,' : 'Check before doing it again, and'} report the number ${request.id}.`;
  return { type: '/api/docs#fault-unexpected', title: titles[500]!, status: 500, detail, code: 'unexpected' };
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  // Serialised here, so that no route has to list every problem among its answers.
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problem);
}
