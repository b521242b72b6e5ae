// `relance sequences`: shown, checked, tried on the invoices of today and of the past, saved, paused, deleted.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { addReadyMadeSequence, browseReadyMade } from '../app/add-ready-made.ts';
import { browseSequences } from '../app/browse.ts';
import { pauseDunning, resumeDunning } from '../app/pause-dunning.ts';
import { browseRules } from '../app/preview-rules.ts';
import { replaySequence } from '../app/replay-sequence.ts';
import { deleteSequence, saveSequence } from '../app/save-sequence.ts';
import { type SequenceShown, sequenceShown } from '../app/sequence-shown.ts';
import { type SimulatedSequence, simulateSequence } from '../app/simulate-sequence.ts';
import { id } from '../contract/common.ts';
import * as wire from '../contract/sequence.ts';
import type { Fee } from '../core/charge.ts';
import { formatAmount, formatDay, formatShortDay } from '../core/format.ts';
import type { SequenceProblem } from '../core/sequence.ts';
import { sequenceSentence } from '../core/sequence-words.ts';
import { reasonOf } from './by-hand.ts';
import {
  type Command,
  type CommandInput,
  type CommandOutput,
  exitCodes,
  orThrow,
  table,
  UsageError,
} from './command.ts';
import { amounts, effectLines, indented } from './figures.ts';
import { dayOf, dayOption, jsonIn, named, numberOption, oneWord, parseAs, textOption } from './given.ts';
import { runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

const { done, findings } = exitCodes;

/** Messages of a replay that are told one by one; --json has more. */
const mostShown = 20;

export const sequencesCommand: Command = {
  name: 'sequences',
  summary: 'Show, check, simulate, replay, save, pause or delete sequences.',
  help: `relance sequences list
relance sequences show SEQUENCE
relance sequences check FILE
relance sequences simulate FILE|SEQUENCE [--days N] [--everyone]
relance sequences replay FILE|SEQUENCE --from DAY --to DAY
relance sequences save FILE [--preview] [--as-new]
relance sequences ready-made | add-ready-made CODE
relance sequences pause SEQUENCE --reason TEXT [--until DAY] | resume SEQUENCE
relance sequences remove SEQUENCE --yes

A SEQUENCE is named by its title or its identifier. A FILE is the JSON that show --json prints ("-": standard input): edit
it, check it, simulate it, save it. Steps keep their id; a step without one is new, one that is not named is taken out.
check answers with exit code 3 where the file can't be saved. simulate and save --preview count what would leave from
today on, beside what leaves now; replay tells what it would have sent for invoices of the past. None of them writes.

  --days N     how far a simulation looks, 60 by default, 366 at most
  --everyone   simulate over every customer who is in a sequence, not only over those who are in this one
  --as-new     as a new sequence, under identifiers of its own: a copy, or one of another company
  --until DAY  the last day of a pause; left out: until it is resumed

Examples
  relance sequences show "Relances standard" --json > sequence.json
  relance sequences check sequence.json
  relance sequences simulate sequence.json --days 90
  relance sequences replay sequence.json --from 2026-01-01 --to 2026-06-30
  relance sequences save sequence.json
  relance sequences add-ready-made consumers`,
  options: {
    days: { type: 'string' },
    everyone: { type: 'boolean' },
    from: { type: 'string' },
    to: { type: 'string' },
    preview: { type: 'boolean' },
    'as-new': { type: 'boolean' },
    reason: { type: 'string' },
    until: { type: 'string' },
    yes: { type: 'boolean' },
  },
  run: runVerb('sequences', {
    list: { run: list },
    show: { most: 1, run: show },
    check: { most: 1, takes: ['as-new'], run: check },
    simulate: { most: 1, takes: ['days', 'everyone', 'as-new'], run: simulate },
    replay: { most: 1, takes: ['from', 'to', 'as-new'], run: replay },
    save: { most: 1, takes: ['preview', 'as-new', 'days'], run: save },
    'ready-made': { run: listReadyMade },
    'add-ready-made': { most: 1, run: addReadyMade },
    pause: { most: 1, takes: ['reason', 'until'], run: pause },
    resume: { most: 1, run: resume },
    remove: { most: 1, takes: ['yes'], run: remove },
  }),
};

const nameIt = 'Say which sequence, by its title or identifier; relance sequences list shows them.';

async function list({ context, acting, language }: CommandInput): Promise<CommandOutput> {
  const words = wordsOf(language);
  const rows = (await browseSequences(context, acting)).map(sequenceShown);
  const cells = rows.map((one) => [
    one.title,
    one.isDefault ? words.byDefault : '',
    words.customers(one.customers),
    one.steps.map((step) => when(step, language)).join(', '),
    one.paused === null ? '' : words.paused(one.paused.untilOn && formatDay(one.paused.untilOn, language)),
    one.id,
  ]);
  return { exitCode: done, json: { rows }, lines: cells.length === 0 ? [words.nothing] : table(cells) };
}

/** '10,00 €', '15 %'. */
const feeIn = (fee: Fee, language: CommandInput['language']): string =>
  'share' in fee
    ? `${fee.share / 100}\u00a0%`
    : Object.entries(fee.fixed)
        .map(([currency, minor]) => formatAmount(minor, currency, language))
        .join(' + ');

async function show(input: CommandInput): Promise<CommandOutput> {
  const sequence = await theSequence(input, oneWord(input, nameIt));
  const { language } = input;
  const words = wordsOf(language);
  const steps = sequence.steps.map((step) => [
    words.level(step.level),
    step.name,
    when(step, language),
    step.channels.includes('task') ? words.sequence.task : words.sequence.template(step.templateKey),
    [
      step.formalNotice ? words.sequence.formalNotice : '',
      step.requiresApproval ? words.sequence.approved : '',
      step.fee === null ? '' : words.sequence.fee(feeIn(step.fee, language)),
    ]
      .filter((text) => text !== '')
      .join(', '),
  ]);
  const lines = [
    `${sequence.title}${sequence.isDefault ? ` (${words.byDefault})` : ''}`,
    ...(sequence.description === '' ? [] : [sequence.description]),
    `${words.customers(sequence.customers)}, ${words.instalments(sequence.receivables)}`,
    ...indented(steps),
    `  ${after(sequence.ending, language)}`,
  ];
  return { exitCode: done, json: sequence, lines };
}

function when({ timing: { kind, days } }: Pick<SequenceShown['steps'][number], 'timing'>, language: 'fr' | 'en') {
  const words = wordsOf(language).sequence;
  return { due: words.due, previous: words.previous, 'month-end': words.monthEnd }[kind](days);
}

function after(ending: SequenceShown['ending'], language: 'fr' | 'en'): string {
  const words = wordsOf(language).sequence.after;
  if (ending.kind === 'nothing') return words.nothing;
  if (ending.kind === 'task') return words.task(ending.days, ending.text);
  if (ending.kind === 'repeat') return words.repeat(ending.days, ending.times);
  return words.litigation(ending.days);
}

async function check(input: CommandInput): Promise<CommandOutput> {
  const file = oneWord(input, 'Say the file: relance sequences check FILE');
  const draft = parseAs(wire.simulation, await sequenceIn(input, file), input.language);
  const { problems, warnings } = orThrow(await simulateSequence(input.context, input.acting, { ...draft, days: 1 }));
  const lines = problemLines({ problems, warnings }, draft.steps, input.language);
  const fine = problems.length === 0;
  return {
    exitCode: fine ? done : findings,
    json: { problems: inWords(problems, input.language), warnings: inWords(warnings, input.language) },
    lines: [...(fine ? [wordsOf(input.language).sequence.fine] : []), ...lines],
  };
}

async function simulate(input: CommandInput): Promise<CommandOutput> {
  const draft = await draftOf(input, 'Say which: relance sequences simulate FILE|SEQUENCE');
  return simulated(input, draft);
}

/** What saving it would do. */
async function simulated(input: CommandInput, given: unknown): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  const draft = parseAs(wire.simulation, given, language);
  const days = numberOption(input, 'days', 1, 366) ?? draft.days;
  const who = options.everyone === true ? 'everyone' : draft.who;
  const found = orThrow(await simulateSequence(context, acting, { ...draft, days, who }));
  const { from, to, problems, warnings, effect } = found;
  const lines = [
    ...problemLines(found, draft.steps, language),
    ...(effect === null
      ? []
      : [
          wordsOf(language).effect.between(formatDay(from, language), formatDay(to, language)),
          ...effectLines(
            effect,
            draft.steps.map(({ name }) => name),
            language,
          ),
        ]),
  ];
  return {
    exitCode: effect === null ? findings : done,
    json: { ...found, problems: inWords(problems, language), warnings: inWords(warnings, language) },
    lines,
  };
}

async function replay(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const given = await draftOf(input, 'Say which: relance sequences replay FILE|SEQUENCE --from DAY --to DAY');
  const said = 'Say between which days invoices were issued: --from 2026-01-01 --to 2026-06-30';
  const from = dayOf(textOption(input, 'from'), said);
  const to = dayOf(textOption(input, 'to'), said);
  const draft = parseAs(wire.replay, { ...(given as object), from, to }, language);
  const found = orThrow(await replaySequence(context, acting, draft));
  const { effect, problems, until } = found;
  const words = wordsOf(language);
  const counted = (one: { messages: number; tasks: number; needless: number }): string =>
    [
      words.messages(one.messages),
      ...(one.tasks > 0 ? [words.tasks(one.tasks)] : []),
      ...(one.needless > 0 ? [words.effect.needless(one.needless)] : []),
    ].join(', ');
  const lines =
    effect === null
      ? problemLines({ problems, warnings: [] }, draft.steps, language)
      : [
          words.effect.between(formatDay(from, language), formatDay(until, language)),
          words.effect.over(words.customers(effect.customers), words.instalments(effect.receivables)),
          counted(effect),
          ...indented(
            draft.steps.map(({ name }, index) => {
              const step = effect.steps[index]!;
              return [name, counted(step), amounts(step.amounts, language)];
            }),
          ),
          ...indented(effect.months.map((one) => [one.month, counted(one)])),
          ...(effect.needless > 0 ? [words.effect.needlessMeans] : []),
          ...indented(
            effect.shown
              .slice(0, mostShown)
              .map((one) => [
                formatShortDay(one.leavesOn),
                words.level(one.level),
                one.customerName,
                one.invoiceNumbers.join(', '),
              ]),
          ),
        ];
  return {
    exitCode: effect === null ? findings : done,
    json: { ...found, problems: inWords(problems, language) },
    lines,
  };
}

async function save(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  const file = oneWord(input, 'Say the file: relance sequences save FILE');
  const given = await sequenceIn(input, file);
  if (options.preview === true) return simulated(input, given);
  if (options.days !== undefined) throw new UsageError('--days goes with --preview.');
  const sequence = parseAs(wire.newSequence.extend({ id: id.optional() }), given, language);
  const saved = orThrow(await saveSequence(context, acting, sequence));
  return { exitCode: done, json: saved, lines: [wordsOf(language).sequence.saved(sequence.title)] };
}

/**
 * What the file holds. Steps of a sequence without an identifier have none either: they would be looked for in it, and not be there.
 * UsageError where it is of a sequence of another company, or of one that was deleted.
 */
async function sequenceIn({ context, acting, options }: CommandInput, file: string): Promise<unknown> {
  const given = jsonIn(file);
  const known = z.object({ id: z.string() }).safeParse(given);
  if (!known.success || options['as-new'] === true) return withoutIds(given);
  const isThere = (await browseSequences(context, acting)).some(({ row }) => row.id === known.data.id);
  if (!isThere)
    throw new UsageError(`${file} is of a sequence that is not there: with --as-new it is saved as a new one.`);
  return given;
}

function withoutIds(given: unknown): unknown {
  const sequence = z.looseObject({ steps: z.array(z.looseObject({})) }).safeParse(given);
  if (!sequence.success) return given;
  const { id: _, steps, ...rest } = sequence.data;
  return { ...rest, steps: steps.map(({ id: _id, ...step }) => step) };
}

async function listReadyMade({ context, acting, language }: CommandInput): Promise<CommandOutput> {
  const words = wordsOf(language);
  const { rows, language: companyLanguage } = await browseReadyMade(context, acting);
  const shown = rows.map(({ sequence, sequenceId }) => ({
    code: sequence.code,
    title: sequence.titles[companyLanguage],
    forWhom: sequence.forWhom[companyLanguage],
    sequenceId,
  }));
  const cells = shown.map((one) => [
    one.code,
    one.title,
    one.sequenceId === null ? '' : words.sequence.there,
    one.forWhom,
  ]);
  return { exitCode: done, json: { rows: shown }, lines: table(cells) };
}

async function addReadyMade(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const codes = (await browseReadyMade(context, acting)).rows.map(({ sequence }) => sequence.code as string);
  const usage = `Say which: relance sequences add-ready-made ${codes.join('|')}`;
  const code = oneWord(input, usage);
  if (!codes.includes(code)) throw new UsageError(usage);
  const added = orThrow(await addReadyMadeSequence(context, acting, { code }));
  return { exitCode: done, json: added, lines: [wordsOf(language).sequence.added(added.templates)] };
}

async function pause(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const sequence = await theSequence(input, oneWord(input, nameIt));
  const reason = reasonOf(input);
  const untilOn = dayOption(input, 'until');
  const paused = orThrow(await pauseDunning(context, acting, { sequenceId: sequence.id, reason, untilOn }));
  return { exitCode: done, json: paused, lines: [wordsOf(language).pausing.sequence(sequence.title)] };
}

async function resume(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const sequence = await theSequence(input, oneWord(input, nameIt));
  const resumed = orThrow(await resumeDunning(context, acting, { sequenceId: sequence.id }));
  return { exitCode: done, json: resumed, lines: [wordsOf(language).pausing.lifted(resumed.lifted)] };
}

async function remove(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  const sequence = await theSequence(input, oneWord(input, nameIt));
  const { id: sequenceId, title } = sequence;
  const words = wordsOf(language);
  if (options.yes !== true) throw new UsageError(`${await whatFollows(input, sequence)} ${words.confirm}`);
  const removed = orThrow(await deleteSequence(context, acting, { sequenceId }));
  return { exitCode: done, json: removed, lines: [words.sequence.removed(title, removed.customers)] };
}

/** Who stops where it is deleted; whom its rules held goes on elsewhere. */
async function whatFollows(
  { context, acting, language }: CommandInput,
  { id: sequenceId, title, customers, receivables }: SequenceShown,
): Promise<string> {
  const words = wordsOf(language);
  const going = (await browseRules(context, acting)).rules.filter((rule) => rule.sequenceId === sequenceId);
  if (going.length === 0)
    return words.sequence.wouldRemove(title, words.customers(customers), words.instalments(receivables));
  const byHand = customers - going.reduce((sum, rule) => sum + rule.customers, 0);
  return [
    words.sequence.wouldStop(title, words.customers(byHand)),
    ...going.map((rule) => words.sequence.ruleGoes(rule.name, words.customers(rule.customers))),
  ].join(' ');
}

async function theSequence(input: CommandInput, name: string): Promise<SequenceShown> {
  const [sequenceId] = await named(input, 'sequence', [name], nameIt);
  const found = (await browseSequences(input.context, input.acting)).find(({ row }) => row.id === sequenceId);
  return sequenceShown(found!);
}

/** What a file holds, or a sequence that is there. */
async function draftOf(input: CommandInput, usage: string): Promise<unknown> {
  const word = oneWord(input, usage);
  return word === '-' || existsSync(word) ? sequenceIn(input, word) : theSequence(input, word);
}

function problemLines(
  { problems, warnings }: Pick<SimulatedSequence, 'problems' | 'warnings'>,
  steps: readonly { name: string }[],
  language: 'fr' | 'en',
): string[] {
  const words = wordsOf(language).sequence;
  const at = ({ step }: SequenceProblem): string => (step === null ? '' : words.atStep(steps[step]?.name ?? ''));
  return [
    ...problems.map((one) => words.wrong(at(one), sequenceSentence(one, language))),
    ...warnings.map((one) => words.odd(at(one), sequenceSentence(one, language))),
  ];
}

/** As the API says them. */
function inWords(problems: readonly SequenceProblem[], language: 'fr' | 'en') {
  return problems.map((one) => ({ code: one.code, step: one.step, text: sequenceSentence(one, language) }));
}
