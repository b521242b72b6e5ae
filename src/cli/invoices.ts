// `relance invoices`: those outside, the level, pauses, disputes, reminders of one or of some.
import {
  allRows,
  browseCustomersDue,
  browseInvoices,
  browseLevelsDue,
  browseSequences,
  oneCustomer,
  oneInvoice,
} from '../app/browse.ts';
import { companyStatus } from '../app/company-status.ts';
import { closeDispute, openDispute, resumeDunning } from '../app/pause-dunning.ts';
import { pauseTogether } from '../app/pause-together.ts';
import { previewRun } from '../app/preview-run.ts';
import { includeOutside, markReminded, setLevel, startAnew } from '../app/steer-cases.ts';
import { invoicesQuery } from '../contract/invoice.ts';
import { addDays } from '../core/day.ts';
import { formatAmount, formatDay, formatShortDay } from '../core/format.ts';
import { reasonSentence } from '../core/reason-words.ts';
import { typeset } from '../words/typeset.ts';
import { levelNames } from '../words/values.ts';
import { reasonOf, remindThese } from './by-hand.ts';
import {
  type Command,
  type CommandInput,
  type CommandOutput,
  exitCodes,
  orThrow,
  table,
  UsageError,
} from './command.ts';
import { amounts } from './figures.ts';
import { dayOption, levelOption, named, oneWord, parseAs, textOption } from './given.ts';
import { runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

const { done } = exitCodes;

export const invoicesCommand: Command = {
  name: 'invoices',
  summary: 'Include, pause, dispute, remind invoices, set their level.',
  help: `relance invoices list [TEXT] [--state STATE]
relance invoices due [--level N]
relance invoices include INVOICE ...|--all [--preview [--until DAY]]
relance invoices level INVOICE ... --level N
relance invoices reminded INVOICE --level N [--on DAY] [--note TEXT]
relance invoices start-anew INVOICE ... --yes
relance invoices pause INVOICE ... --reason TEXT [--until DAY] | resume INVOICE ...
relance invoices dispute INVOICE [--reason TEXT] | close-dispute INVOICE
relance invoices remind INVOICE ... [--level N] [--preview]

An INVOICE is named by its number, or by its identifier where several have that number. due lists what is to be reminded
next, by level. include lets in what is overdue and outside dunning; its preview says what that would send. level says which
level was reached: the step after it comes next, never sooner than its gap from today; 0 is none sent, and no step is taken
twice. reminded notes a reminder made elsewhere (a call, a letter): it counts as its level. start-anew begins again at the first step: every step may then be taken again. remind prepares messages, one for each
customer; they wait to be approved. What can't be reminded of is named with its reason; where nothing can, the exit code is 1.

  --state STATE  open, overdue, not_due, held, disputed, outside, incomplete, settled or all (the default)
  --all          everything that is outside
  --preview      what would be sent; nothing changes
  --until DAY    how far a preview looks, thirty days by default; the last day of a pause

Examples
  relance invoices list --state outside
  relance invoices include --all --preview
  relance invoices level F-118 F-119 --level 2
  relance invoices pause F-118 --reason "avoir attendu" --until 2026-12-15
  relance invoices remind F-118 --preview`,
  options: {
    state: { type: 'string' },
    all: { type: 'boolean' },
    preview: { type: 'boolean' },
    level: { type: 'string' },
    reason: { type: 'string' },
    on: { type: 'string' },
    note: { type: 'string' },
    until: { type: 'string' },
    yes: { type: 'boolean' },
  },
  run: runVerb('invoices', {
    list: { takes: ['state'], run: list },
    due: { takes: ['level'], run: due },
    include: { takes: ['all', 'preview', 'until'], run: include },
    level: { takes: ['level'], run: level },
    reminded: { takes: ['level', 'on', 'note'], run: reminded },
    'start-anew': { takes: ['yes'], run: restart },
    pause: { takes: ['reason', 'until'], run: pause },
    resume: { run: resume },
    dispute: { takes: ['reason'], run: dispute },
    'close-dispute': { run: endDispute },
    remind: { takes: ['level', 'preview'], run: remind },
  }),
};

const nameThem = 'Say which invoices, by number; relance invoices list shows them.';
const theInvoices = (input: CommandInput) => named(input, 'invoice', input.words, nameThem);

async function list(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, words } = input;
  const { state } = parseAs(invoicesQuery.pick({ state: true }), { state: textOption(input, 'state') }, language);
  const rows = await allRows((cursor) =>
    browseInvoices(context, acting, { limit: 200, cursor, search: words[0], state, order: 'due' }),
  );
  const said = wordsOf(language);
  const cells = rows.map((one) => [
    one.number,
    one.customerName,
    one.dueOn === null ? '' : formatShortDay(one.dueOn),
    formatAmount(one.openMinor, one.currency, language),
    one.level === null ? '' : said.level(one.level),
    one.dunning?.reason ? typeset(reasonSentence(one.dunning.reason, language), language) : '',
  ]);
  return { exitCode: done, json: { rows }, lines: cells.length === 0 ? [said.nothing] : table(cells, [3]) };
}

/** By level; of one level, customer by customer with what each owes. */
async function due(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const wanted = levelOption(input);
  const words = wordsOf(language);
  if (wanted === undefined) {
    const rows = await browseLevelsDue(context, acting);
    const cells = rows.map((one) => [
      levelNames[language](one.level, one.name),
      words.customers(one.customers),
      words.invoices(one.invoices),
      amounts(one.amounts, language),
    ]);
    return { exitCode: done, json: { rows }, lines: cells.length === 0 ? [words.nothing] : table(cells, [3]) };
  }
  const rows = await allRows((cursor) => browseCustomersDue(context, acting, { limit: 200, cursor, level: wanted }));
  const cells = rows.flatMap((customer) =>
    customer.invoices.map((one) => [
      `${customer.customerName} (${customer.customerNumber})`,
      one.number,
      formatAmount(one.totalMinor, one.currency, language),
      formatAmount(one.openMinor, one.currency, language),
      one.dueOn === null ? '' : formatShortDay(one.dueOn),
      one.level === null ? '' : words.level(one.level),
      one.remindedOn === null ? '' : formatShortDay(one.remindedOn),
      one.nextOn === null ? '' : formatShortDay(one.nextOn),
    ]),
  );
  return { exitCode: done, json: { rows }, lines: cells.length === 0 ? [words.nothing] : table(cells, [2, 3]) };
}

async function include(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  const words = wordsOf(language);
  if (options.until !== undefined && options.preview !== true) throw new UsageError('--until goes with --preview.');
  const invoiceIds = options.all === true ? await outside(input) : await theInvoices(input);
  if (options.preview === true) return previewOfIncluding(input, invoiceIds);
  const included = orThrow(await includeOutside(context, acting, { invoiceIds }));
  return { exitCode: done, json: included, lines: [words.steering.included(included.included)] };
}

async function outside({ context, acting, words }: CommandInput): Promise<string[]> {
  if (words.length > 0) throw new UsageError('--all is all of them: name no invoice beside it.');
  const rows = await allRows((cursor) => browseInvoices(context, acting, { limit: 200, cursor, state: 'outside' }));
  return rows.map((one) => one.id);
}

async function previewOfIncluding(input: CommandInput, invoiceIds: string[]): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const words = wordsOf(language);
  const until = dayOption(input, 'until');
  const { from } = orThrow(await previewRun(context, acting, {}));
  const day = until ?? addDays(from, 30);
  const preview = orThrow(await previewRun(context, acting, { day, include: invoiceIds }));
  const chosen = new Set(invoiceIds);
  const reminders = preview.reminders.filter((one) => one.invoiceIds.some((id) => chosen.has(id)));
  const cells = reminders.map((one) => [
    formatShortDay(one.leavesOn),
    words.level(one.level),
    one.invoiceNumbers.join(', '),
    formatAmount(one.askedMinor, one.currency, language),
    one.needsApproval ? words.sequence.approved : '',
  ]);
  return {
    exitCode: done,
    json: { from, day, invoiceIds, reminders },
    lines: [
      words.steering.wouldInclude(words.invoices(invoiceIds.length), formatDay(day, language)),
      ...table(cells, [3]).map((line) => `  ${line}`),
      ...(cells.length === 0 ? [`  ${words.nothing}`] : []),
    ],
  };
}

async function level(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const reached = levelOption(input);
  if (reached === undefined) throw new UsageError('Say the level that was reached: --level N (0: none)');
  const invoiceIds = await theInvoices(input);
  const set = orThrow(await setLevel(context, acting, { invoiceIds, level: reached }));
  return { exitCode: done, json: set, lines: [wordsOf(language).steering.level(set.changed, `R${reached}`)] };
}

/** "Marquer comme relancé": as a step of the sequence that its customer follows. */
async function reminded(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const words = wordsOf(language);
  const level = levelOption(input);
  if (level === undefined) throw new UsageError('Say at which level: --level N');
  const on = dayOption(input, 'on');
  const invoiceId = await theInvoice(input);
  const { customerId } = orThrow(await oneInvoice(context, acting, invoiceId));
  const { followsId } = orThrow(await oneCustomer(context, acting, customerId));
  const sequence = (await browseSequences(context, acting)).find(({ row }) => row.id === followsId);
  if (sequence === undefined) throw new UsageError(words.steering.unfollowed);
  const step = sequence.steps.find((one) => one.level === level);
  const levels = sequence.steps.map((one) => words.level(one.level)).join(', ');
  if (step === undefined)
    throw new UsageError(words.steering.noSuchLevel(words.level(level), sequence.row.title, levels));
  const { today } = await companyStatus(context, acting);
  const note = textOption(input, 'note') ?? '';
  const noted = orThrow(await markReminded(context, acting, { invoiceId, stepId: step.id, on: on ?? today, note }));
  const lines = [words.steering.reminded(words.level(level), formatDay(on ?? today, language))];
  return { exitCode: done, json: noted, lines };
}

async function restart(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  const words = wordsOf(language);
  const invoiceIds = await theInvoices(input);
  if (options.yes !== true)
    throw new UsageError(`${words.steering.wouldRestart(words.invoices(invoiceIds.length))} ${words.confirm}`);
  const { restarted } = orThrow(await startAnew(context, acting, { invoiceIds }));
  return { exitCode: done, json: { restarted }, lines: [words.steering.restarted(restarted)] };
}

async function pause(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const invoiceIds = await theInvoices(input);
  const asked = { invoiceIds, reason: reasonOf(input), untilOn: dayOption(input, 'until') };
  const paused = orThrow(await pauseTogether(context, acting, asked));
  return { exitCode: done, json: paused, lines: wordsOf(language).pausing.together(paused.paused, paused.leftOut) };
}

async function resume(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  let lifted = 0;
  for (const invoiceId of await theInvoices(input))
    lifted += orThrow(await resumeDunning(context, acting, { invoiceId })).lifted;
  return { exitCode: done, json: { lifted }, lines: [wordsOf(language).pausing.lifted(lifted)] };
}

async function theInvoice(input: CommandInput): Promise<string> {
  const number = oneWord(input, nameThem);
  if (input.words.length > 1) throw new UsageError('One invoice at a time.');
  const [invoiceId] = await named(input, 'invoice', [number], nameThem);
  return invoiceId!;
}

async function dispute(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const invoiceId = await theInvoice(input);
  const opened = orThrow(await openDispute(context, acting, { invoiceId, reason: textOption(input, 'reason') ?? '' }));
  return { exitCode: done, json: opened, lines: [wordsOf(language).steering.disputed] };
}

async function endDispute(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const closed = orThrow(await closeDispute(context, acting, { invoiceId: await theInvoice(input) }));
  return { exitCode: done, json: closed, lines: [wordsOf(language).steering.disputeClosed] };
}

async function remind(input: CommandInput): Promise<CommandOutput> {
  return remindThese(input, await theInvoices(input));
}
