// The page that shows the OpenAPI document to a reader: by subject, each call with what it takes and gives.
import { faultCodes } from '../core/fault.ts';
import { access, type Least } from './access.ts';
import { forPeopleOnly } from './bearer.ts';
import { problemOf } from './faults.ts';

interface Schema {
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: Schema | boolean;
}

interface Operation {
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>;
}

export interface OpenApi {
  info: { title: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
}

interface Call {
  method: string;
  path: string;
  operation: Operation;
}

export function docsPage(document: OpenApi): string {
  const groups = byTag(document);
  const menu = [...groups.keys()].map((tag) => `<li><a href="#${escaped(tag)}">${escaped(tag)}</a></li>`).join('');
  const sections = [...groups].map(([tag, calls]) => section(tag, calls)).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Relance · API</title><link rel="stylesheet" href="/api/docs.css"></head>
<body><header><h1>${escaped(document.info.title)} · API</h1><p>${escaped(document.info.description ?? '')}</p>
<p><a href="/api/openapi.json">OpenAPI 3.1 (JSON)</a></p></header>
<nav aria-label="Subjects"><ul>${menu}</ul></nav><main>${sections}${faults()}</main></body></html>`;
}

/** Where the `type` of a problem leads. */
function faults(): string {
  const rows = faultCodes.map((code) => {
    const { status, detail } = problemOf({ code, with: {} }, 'en');
    return `<tr id="fault-${code}"><td><code>${code}</code></td><td>${status}</td><td>${escaped(detail)}</td></tr>`;
  });
  return `<section aria-labelledby="faults"><h2 id="faults">faults</h2><table><thead><tr><th>Code</th><th>Status</th><th>Sentence</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

function byTag(document: OpenApi): Map<string, Call[]> {
  const groups = new Map<string, Call[]>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags?.[0] ?? 'other';
      groups.set(tag, [...(groups.get(tag) ?? []), { method: method.toUpperCase(), path, operation }]);
    }
  }
  return groups;
}

const section = (tag: string, calls: Call[]): string =>
  `<section aria-labelledby="${escaped(tag)}"><h2 id="${escaped(tag)}">${escaped(tag)}</h2>${calls.map(details).join('')}</section>`;

function details({ method, path, operation }: Call): string {
  const body = Object.entries(operation.requestBody?.content ?? {})[0];
  const answers = Object.entries(operation.responses ?? {});
  return `<details><summary><code class="method ${method.toLowerCase()}">${method}</code> <code>${escaped(path)}</code>
<span>${escaped(operation.summary ?? '')}</span></summary>
<p>Who may: ${words[leastOf(method, path)]}${forPeopleOnly.has(routeOf(method, path)) ? ', never an API key' : ''}.</p>${operation.description === undefined ? '' : `<p>${escaped(operation.description)}</p>`}
${parameters(operation)}
${body === undefined ? '' : `<h3>Takes <small>${escaped(body[0])}</small></h3>${shape(body[1].schema)}`}
${answers.map(([status, answer]) => `<h3>Gives ${escaped(status)}</h3>${shape(Object.values(answer.content ?? {})[0]?.schema)}`).join('')}
</details>`;
}

const words: Record<Least, string> = {
  anyone: 'anyone',
  'signed-in': 'whoever is signed in',
  reader: 'every member of the company',
  agent: 'agents, managers and owners',
  manager: 'managers and owners',
  owner: 'owners',
};

function leastOf(method: string, path: string): Least {
  return access[routeOf(method, path)] ?? 'owner';
}

const routeOf = (method: string, path: string): string => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`;

function parameters({ parameters: all = [] }: Operation): string {
  if (all.length === 0) return '';
  const rows = all.map(({ name, in: where, required, description, schema }) => {
    const says = description ?? schema?.description ?? '';
    return `<tr><td><code>${escaped(name)}</code></td><td>${where}${required ? '' : ', optional'}</td><td>${escaped(typeOf(schema))}</td><td>${escaped(says)}</td></tr>`;
  });
  return `<table><thead><tr><th>Parameter</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function shape(schema: Schema | undefined): string {
  return schema === undefined ? '<p>Bytes, or nothing.</p>' : `<pre tabindex="0">${escaped(sketch(schema, 0))}</pre>`;
}

/** A schema as a person writes it down: names, types, what is optional. */
function sketch(schema: Schema, depth: number): string {
  const pad = '  '.repeat(depth + 1);
  if (schema.properties !== undefined) {
    const lines = Object.entries(schema.properties).map(([name, inner]) => {
      const optional = schema.required?.includes(name) ? '' : '?';
      const remark = inner.description === undefined ? '' : `  // ${inner.description}`;
      return `${pad}${name}${optional}: ${sketch(inner, depth + 1)}${remark}`;
    });
    return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
  }
  if (schema.items !== undefined) return `[${sketch(schema.items, depth)}]`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map((choice) => sketch(choice, depth)).join(' | ');
  if (typeof schema.additionalProperties === 'object') return `{ […]: ${sketch(schema.additionalProperties, depth)} }`;
  return typeOf(schema);
}

function typeOf(schema: Schema | undefined): string {
  if (schema === undefined) return '';
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const type = [schema.type ?? 'any'].flat().join(' | ');
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark]!);
}

export const docsStyle = `
:root { color-scheme: light dark; --line: light-dark(#d8dde3, #3a4048); --quiet: light-dark(#52606d, #a9b4c0); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { margin-top: 2.5rem; } h3 { font-size: 0.95rem; margin-bottom: 0.25rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; list-style: none; }
a { color: light-dark(#1b4fa0, #9cc2ff); }
details { border-top: 1px solid var(--line); padding: 0.5rem 0; } summary { cursor: pointer; }
summary span { color: var(--quiet); margin-left: 0.5rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.85rem; overflow-wrap: anywhere; }
.method { display: inline-block; min-width: 3.6rem; font-weight: 600; }
pre { border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; overflow-x: auto; white-space: pre-wrap; }
table { border-collapse: collapse; } th, td { text-align: left; padding: 0.2rem 0.8rem 0.2rem 0; vertical-align: top; }
`;
