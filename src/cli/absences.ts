// `relance absences`: who is away, and who stands in.

import { companyStatus } from '../app/company-status.ts';
import { browseAbsences, endAbsence, setAbsence } from '../app/keep-absences.ts';
import { formatShortDay } from '../core/format.ts';
import {
  type Command,
  type CommandInput,
  type CommandOutput,
  exitCodes,
  orThrow,
  table,
  UsageError,
} from './command.ts';
import { dayOf, dayOption, memberNamed, oneWord, textOption } from './given.ts';
import { runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

const { done } = exitCodes;

export const absencesCommand: Command = {
  name: 'absences',
  summary: 'Who is away, and who stands in.',
  help: `relance absences list
relance absences declare EMAIL --stand-in EMAIL --until DAY [--from DAY]
relance absences end EMAIL

While somebody is away, what goes to whoever is in charge of a customer goes to the stand-in as well: the morning's mail, and
"My customers". A member has one absence, which another one replaces. Nobody stands in for a stand-in.

  --from DAY    the first day; left out: today
  --until DAY   the last day, included

Examples
  relance absences declare claire@example.org --stand-in paul@example.org --from 2026-12-21 --until 2027-01-01
  relance absences end claire@example.org`,
  options: { 'stand-in': { type: 'string' }, from: { type: 'string' }, until: { type: 'string' } },
  run: runVerb('absences', {
    list: { run: list },
    declare: { most: 1, takes: ['stand-in', 'from', 'until'], run: declare },
    end: { most: 1, run: end },
  }),
};

const nameOne = 'Say who, by e-mail address.';

async function list({ context, acting, language }: CommandInput): Promise<CommandOutput> {
  const rows = await browseAbsences(context, acting);
  const words = wordsOf(language);
  const cells = rows.map((one) => [
    `${formatShortDay(one.fromOn)} – ${formatShortDay(one.untilOn)}`,
    one.name,
    words.absences.standIn(one.standInName, one.counts),
  ]);
  return { exitCode: done, json: { rows }, lines: cells.length === 0 ? [words.nothing] : table(cells) };
}

async function declare(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const who = oneWord(input, nameOne);
  const standIn = textOption(input, 'stand-in');
  if (standIn === undefined) throw new UsageError('Say who stands in: --stand-in EMAIL');
  const untilOn = dayOf(textOption(input, 'until'), 'Say until when: --until DAY, YYYY-MM-DD');
  const fromOn = dayOption(input, 'from') ?? (await companyStatus(context, acting)).today;
  const [userId, standInUserId] = [await memberNamed(input, who), await memberNamed(input, standIn)];
  const absence = { userId, standInUserId, fromOn, untilOn };
  orThrow(await setAbsence(context, acting, absence));
  const said = wordsOf(language).absences.declared(who, formatShortDay(fromOn), formatShortDay(untilOn), standIn);
  return { exitCode: done, json: absence, lines: [said] };
}

async function end(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const who = oneWord(input, nameOne);
  const userId = await memberNamed(input, who);
  orThrow(await endAbsence(context, acting, userId));
  return { exitCode: done, json: { userId }, lines: [wordsOf(language).absences.ended(who)] };
}
