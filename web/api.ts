// The way to the server: one function for JSON, one for files; a failure is a Refusal that carries the server's sentence.
import type { Problem } from '../src/contract/common.ts';
import { spokenLanguage } from './words/words.tsx';

/** What the server refused, with its sentence in the user's language; without one when it could not be reached. */
export class Refusal extends Error {
  readonly problem: Problem | null;

  constructor(problem: Problem | null) {
    super(problem?.detail ?? 'unreachable');
    this.problem = problem;
  }

  /** The sentence of a field, or null. */
  field(name: string): string | null {
    return this.problem?.errors?.find((error) => error.field === name)?.detail ?? null;
  }
}

/** Tells 'signed-out' when the server no longer knows who asks. */
export const signedOut = new EventTarget();

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export async function call<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': spokenLanguage() };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch(() => {
    throw new Refusal(null);
  });
  return answerOf<T>(response.ok, response.status, await response.text());
}

function answerOf<T>(ok: boolean, status: number, text: string): T {
  if (ok) return JSON.parse(text === '' ? '{}' : text) as T;
  const problem = problemIn(text, status);
  if (problem?.code === 'not-signed-in') signedOut.dispatchEvent(new Event('signed-out'));
  throw new Refusal(problem);
}

/** A proxy between may answer something else than our problem+json. */
function problemIn(text: string, status: number): Problem | null {
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    return typeof problem.detail === 'string' ? (problem as Problem) : null;
  } catch {
    // So says a proxy of a server that is down behind it.
    if (status >= 502 && status <= 504) return null;
    return { type: 'about:blank', title: String(status), status, detail: '', code: 'not-ours' };
  }
}

/** A file that the server makes, with the name that it gives it. Where it breaks off on the way, nothing is had of it. */
export async function fileFrom(path: string, body: unknown): Promise<{ name: string; blob: Blob }> {
  const unreached = () => {
    throw new Refusal(null);
  };
  const headers = { 'accept-language': spokenLanguage(), 'content-type': 'application/json' };
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(unreached);
  if (!response.ok) return answerOf(false, response.status, await response.text());
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '');
  return { name: decodeURIComponent(named?.[1] ?? 'relance'), blob: await response.blob().catch(unreached) };
}

/** Sends a file with what comes before it in the form. XMLHttpRequest, because fetch does not tell how much was sent. */
export function upload<T>(path: string, file: File, options: object, onSent?: (percent: number) => void): Promise<T> {
  const form = new FormData();
  form.append('options', JSON.stringify(options));
  form.append('size', String(file.size));
  form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('accept-language', spokenLanguage());
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onSent?.(Math.round((100 * event.loaded) / event.total));
    };
    request.onload = () => {
      try {
        resolve(answerOf<T>(request.status >= 200 && request.status < 300, request.status, request.responseText));
      } catch (error) {
        reject(error as Error);
      }
    };
    request.onerror = () => reject(new Refusal(null));
    request.send(form);
  });
}

/** Sends one file as it is, in a form. */
export async function sendFile<T>(method: 'POST' | 'PUT', path: string, file: File): Promise<T> {
  const form = new FormData();
  form.append('file', file, file.name);
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', 'accept-language': spokenLanguage() },
    body: form,
  }).catch(() => {
    throw new Refusal(null);
  });
  return answerOf<T>(response.ok, response.status, await response.text());
}
