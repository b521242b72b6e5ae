// `relance closures`: the company's own quiet days.
import { addClosure, browseClosures, removeClosure } from '../app/keep-closures.ts';
import { newClosure } from '../contract/closure.ts';
import { formatShortDay } from '../core/format.ts';
import {
  type Command,
  type CommandInput,
  type CommandOutput,
  exitCodes,
  FaultError,
  orThrow,
  table,
  UsageError,
} from './command.ts';
import { dayOf, oneWord, parseAs } from './given.ts';
import { runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

const { done } = exitCodes;

export const closuresCommand: Command = {
  name: 'closures',
  summary: 'The days on which the company sends nothing.',
  help: `relance closures list
relance closures add FROM UNTIL NAME [--yearly]
relance closures remove NAME

Both days are included. What falls on one of them leaves on the next sending day.

  --yearly   it comes back each year on the same days

Examples
  relance closures add 2026-12-24 2027-01-01 "Fêtes" --yearly
  relance closures remove "Fêtes"`,
  options: { yearly: { type: 'boolean' } },
  run: runVerb('closures', {
    list: { run: list },
    add: { takes: ['yearly'], run: add },
    remove: { run: remove },
  }),
};

async function list({ context, acting, language }: CommandInput): Promise<CommandOutput> {
  const rows = await browseClosures(context, acting);
  const words = wordsOf(language);
  const cells = rows.map((one) => [
    `${formatShortDay(one.fromOn)} – ${formatShortDay(one.untilOn)}`,
    one.label,
    one.yearly ? words.closures.yearly : '',
    one.id,
  ]);
  return { exitCode: done, json: { rows }, lines: cells.length === 0 ? [words.nothing] : table(cells) };
}

async function add({ context, acting, language, words, options }: CommandInput): Promise<CommandOutput> {
  const usage = 'Say from when, until when and what: relance closures add 2026-08-03 2026-08-21 "Congés d’été"';
  const [from, until, label = ''] = words;
  if (label.trim() === '') throw new UsageError(usage);
  const given = { fromOn: dayOf(from, usage), untilOn: dayOf(until, usage), label, yearly: options.yearly === true };
  const added = orThrow(await addClosure(context, acting, parseAs(newClosure, given, language)));
  return { exitCode: done, json: added, lines: [wordsOf(language).closures.added(label)] };
}

async function remove(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const name = oneWord(input, 'Say which, by its name or identifier: relance closures list shows them.');
  const found = (await browseClosures(context, acting)).filter((one) => one.label === name || one.id === name);
  if (found.length === 0) throw new FaultError({ code: 'name-unknown', with: { what: 'closure', name } });
  if (found.length > 1)
    throw new FaultError({
      code: 'name-ambiguous',
      with: { what: 'closure', name, candidates: found.map((one) => `${one.id} (${one.fromOn})`).join(', ') },
    });
  const [closure] = found;
  const removed = orThrow(await removeClosure(context, acting, { closureId: closure!.id }));
  return { exitCode: done, json: removed, lines: [wordsOf(language).closures.removed(closure!.label)] };
}
