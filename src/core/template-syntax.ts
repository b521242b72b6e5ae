// How a template is read: Liquid with the few blocks that a message needs, and what is wrong with a text before any message is made
// from it. Strict: what is not known is refused wherever it stands, also where no message would come by.
import { Liquid, LiquidError } from 'liquidjs';
import { failed } from './fault.ts';
import { invoiceTags, isMergeTag, loopedOver, tagsOfDebt } from './merge-tags.ts';

export type TemplateField = 'subject' | 'body';

type Fault = ReturnType<typeof failed>;

export const templateProblems = [
  /** A tag or a block that is begun and not ended. */
  'not-closed',
  /** The end of a block that nothing began. */
  'not-open',
  'unknown-block',
  'unknown-filter',
  /** A loop over something else than the invoices. */
  'loop-over',
  'loop-in-loop',
  /** Whatever else: `detail` says it in the words of the library. */
  'unreadable',
] as const;

export type TemplateProblem = (typeof templateProblems)[number];

/** No other: Liquid's own read files of the machine, keep values from one message to the next, or go on for ever. */
const allowedBlocks: ReadonlySet<string> = new Set(['if', 'unless', 'case', 'for']);

export function templateEngine(outputEscape?: (value: unknown) => string): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // No file is ever read: what might name one finds nothing.
    templates: {},
    ...(outputEscape === undefined ? {} : { outputEscape }),
  });
  for (const name of Object.keys(engine.tags)) if (!allowedBlocks.has(name)) delete engine.tags[name];
  return engine;
}

/** The first of what is wrong in a text that can be parsed; null: nothing. Throws what the parser throws. */
export function whatIsWrongIn(
  engine: Liquid,
  source: string,
  field: TemplateField,
  kind: 'reminder' | 'thanks',
): Fault | null {
  const wrong = wrongLoop(source, field);
  const { variables, globals } = engine.analyzeSync(engine.parse(source));
  if (wrong !== null) return wrong;
  const ofTheMessage = new Set(Object.values(globals).flat().map(placeOf));
  const used = Object.values(variables)
    .flat()
    .sort((a, b) => a.location.row - b.location.row || a.location.col - b.location.col);
  const unknown = used.find((one) => !(ofTheMessage.has(placeOf(one)) ? isKnown(one, source) : isKnownInLoop(one)));
  if (unknown !== undefined) return failed('tag-unknown', { tag: String(unknown), field, line: unknown.location.row });
  const asking = kind === 'thanks' ? used.find(({ segments }) => tagsOfDebt.has(String(segments.at(-1)))) : undefined;
  return asking === undefined ? null : failed('tag-asks', { tag: String(asking), field, line: asking.location.row });
}

interface Used {
  segments: readonly unknown[];
  location: { row: number; col: number };
  toString(): string;
}

const placeOf = ({ location: { row, col } }: Used): string => `${row}:${col}`;

function isKnown({ segments, location }: Used, source: string): boolean {
  const [name, ...more] = segments;
  if (typeof name !== 'string' || more.length > 0) return false;
  if (isMergeTag(name)) return true;
  const before = source.split('\n')[location.row - 1]!.slice(0, location.col - 1);
  return name === loopedOver && /\sin\s+$/.test(before);
}

const isKnownInLoop = ({ segments: [name, property, ...more] }: Used): boolean =>
  more.length === 0 &&
  typeof property === 'string' &&
  (name === 'forloop' || (invoiceTags as readonly string[]).includes(property));

/** Loops of loops, and ranges, would let one message be made for hours. */
function wrongLoop(source: string, field: TemplateField): Fault | null {
  let depth = 0;
  for (const { 1: block, 2: rest, index } of source.matchAll(/\{%-?\s*(for|endfor)\b(.*?)-?%\}/gs)) {
    const line = lineAt(source, index);
    depth += block === 'for' ? 1 : -1;
    if (depth > 1) return failed('template-broken', { problem: 'loop-in-loop', tag: 'for', field, line });
    const over = /\sin\s+(\S+)/.exec(rest!)?.[1];
    if (block === 'for' && over !== undefined && over !== loopedOver)
      return failed('template-broken', { problem: 'loop-over', tag: over, field, line });
  }
  return null;
}

const lineAt = (source: string, index: number): number => source.slice(0, index).split('\n').length;

/** What the library threw, as a fault that names the tag and its line. Anything else is thrown on. */
export function faultIn(error: unknown, field: TemplateField): Fault {
  if (!(error instanceof LiquidError)) throw error;
  const line = error.token.getPosition()[0] ?? 1;
  const detail = error.message.split('\n')[0]!;
  const unknown = /undefined variable: ([^,\n]+)/.exec(detail)?.[1];
  if (unknown !== undefined) return failed('tag-unknown', { tag: unknown, field, line });
  return failed('template-broken', { ...problemIn(detail), field, line, detail });
}

function problemIn(detail: string): { problem: TemplateProblem; tag: string } {
  const found = (pattern: RegExp): string | undefined => pattern.exec(detail)?.[1];
  // A block or a tag that is not closed is named by its own text, shortened: it may run to the end of the message.
  const open = found(/^(?:tag "?|output "|raw ")(.*?)"? not closed/s);
  if (open !== undefined) return { problem: 'not-closed', tag: shortened(open) };
  const block = found(/^tag "([^"]*)" not found/);
  if (block !== undefined) {
    const isEnd = /^(end.*|else|elsif|when)$/.test(block);
    return { problem: isEnd ? 'not-open' : 'unknown-block', tag: block };
  }
  const filter = found(/^undefined filter: ([^,]+)/);
  if (filter !== undefined) return { problem: 'unknown-filter', tag: filter };
  return { problem: 'unreadable', tag: '' };
}

const shortened = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 40)}…`).trim();
