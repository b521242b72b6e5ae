// `relance promises`: what customers said that they pay, noted, withdrawn, and what came of it.
import { allRows } from '../app/browse.ts';
import { companyStatus } from '../app/company-status.ts';
import { browsePromises, makePromise, withdrawPromise } from '../app/keep-promises.ts';
import { promiseRow } from '../contract/promise.ts';
import { formatAmount, formatDay, formatShortDay } from '../core/format.ts';
import { parseDecimal } from '../core/money.ts';
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
import { amountOption, dayOf, identifiers, named, oneWord, textOption } from './given.ts';
import { runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

const states = promiseRow.shape.state.options;

export const promisesCommand: Command = {
  name: 'promises',
  summary: 'Promises to pay: list, record, withdraw them.',
  help: `relance promises list [CUSTOMER] [--today | --overdue] [--state STATE]
relance promises record CUSTOMER --on DAY [--invoice NUMBER] [--amount AMOUNT [--currency CODE]] [--said TEXT]
relance promises record CUSTOMER --plan DAY:AMOUNT,DAY:AMOUNT,… [--invoice NUMBER] [--currency CODE] [--said TEXT]
relance promises withdraw ID --reason TEXT

A promise is about one invoice, or about all that the customer owes on the day when it is recorded. Nothing leaves about it up
to and including its day. Whether it was kept is not said by anybody: it is kept as soon as the money came in time, and
broken, found by the run of the day after. A payment plan is a promise in several instalments: it holds as long as what came
in covers those whose day is past. A STATE is running, kept, broken, replaced or withdrawn.

  --today          those whose day is today
  --overdue        those whose day is past, unpaid, and with which nobody has dealt yet
  --amount AMOUNT  a part of it: 1234.56 or 1234,56; left out, all of it
  --currency CODE  of the amount; left out, the company's
  --plan …         the instalments, each with its day and amount: 2026-12-31:400,2027-01-31:400
  --said TEXT      how it was said, and by whom

Examples
  relance promises list --state broken
  relance promises record C-00012 --on 2026-12-04 --invoice FAC-2026-0142 --said "au téléphone, Mme Le Goff"
  relance promises withdraw 019ac5d8-3f00-7000-8000-000000000001 --reason "règlement refusé"`,
  options: {
    today: { type: 'boolean' },
    overdue: { type: 'boolean' },
    state: { type: 'string' },
    on: { type: 'string' },
    plan: { type: 'string' },
    invoice: { type: 'string' },
    amount: { type: 'string' },
    currency: { type: 'string' },
    said: { type: 'string' },
    reason: { type: 'string' },
  },
  run: runVerb('promises', {
    list: { most: 1, takes: ['today', 'overdue', 'state'], run: list },
    record: { most: 1, takes: ['on', 'plan', 'invoice', 'amount', 'currency', 'said'], run: record },
    withdraw: { most: 1, takes: ['reason'], run: withdraw },
  }),
};

const nameThem = 'Say which customer, by number or name; relance customers list shows them.';

async function list(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options, words } = input;
  if (options.today === true && options.overdue === true) throw new UsageError('Say --today or --overdue, not both.');
  const state = textOption(input, 'state');
  if (state !== undefined && !(states as readonly string[]).includes(state))
    throw new UsageError(`--state takes one of ${states.join(', ')}, not "${state}".`);
  const [customerId] = words.length === 0 ? [] : await named(input, 'customer', words, nameThem);
  const which = options.today === true ? 'today' : options.overdue === true ? 'overdue' : 'all';
  const found = await allRows((cursor) => browsePromises(context, acting, { which, customerId, limit: 200, cursor }));
  const rows = found.filter((one) => state === undefined || one.state === state);
  const own = wordsOf(language);
  const cells = rows.map((one) => [
    one.id,
    formatShortDay(one.promisedOn),
    own.promises.states[one.state],
    one.customerName,
    one.invoiceNumber ?? own.promises.all(own.invoices(one.invoices)),
    one.amount === null ? '' : formatAmount(one.amount.minor, one.amount.currency, language),
    amounts(one.open, language),
    one.reason ?? one.said,
  ]);
  return {
    exitCode: exitCodes.done,
    json: { rows },
    lines: cells.length === 0 ? [own.nothing] : table(cells, [5, 6]),
  };
}

async function record(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const on = textOption(input, 'on');
  const plan = await planOption(input);
  if (plan !== undefined && on !== undefined) throw new UsageError('Say --on or --plan, not both.');
  const sayWhen = 'Say the last day on which the money comes in time: --on DAY, YYYY-MM-DD.';
  const promisedOn = plan === undefined ? dayOf(on, sayWhen) : undefined;
  const amount = plan === undefined ? await amountOption(input) : undefined;
  const [customerId] = await named(input, 'customer', [oneWord(input, nameThem)], nameThem);
  const invoice = textOption(input, 'invoice');
  const [invoiceId] = invoice === undefined ? [] : await named(input, 'invoice', [invoice], nameThem);
  const asked = { customerId: customerId!, invoiceId, promisedOn, amount, plan, said: textOption(input, 'said') };
  const made = orThrow(await makePromise(context, acting, asked));
  return {
    exitCode: exitCodes.done,
    json: made,
    lines: [
      promisedOn === undefined
        ? wordsOf(language).promises.planned(plan!.instalments.length)
        : wordsOf(language).promises.recorded(formatDay(promisedOn, language)),
    ],
  };
}

/** '2026-12-31:400,2027-01-31:400,50' is no plan: a comma stands between instalments, a point in amounts. */
async function planOption(input: CommandInput) {
  const said = textOption(input, 'plan');
  if (said === undefined) return undefined;
  const usage = '--plan takes days and amounts: 2026-12-31:400,2027-01-31:400.50';
  const currency = textOption(input, 'currency') ?? (await companyStatus(input.context, input.acting)).company.currency;
  const instalments = said.split(',').map((part) => {
    const [day, amount = ''] = part.trim().split(':');
    const minor = parseDecimal(amount, currency);
    if (minor === null || minor <= 0) throw new UsageError(usage);
    return { dueOn: dayOf(day, usage), minor };
  });
  return { currency, instalments };
}

async function withdraw(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const reason = textOption(input, 'reason')?.trim() ?? '';
  if (reason === '') throw new UsageError('Say why: --reason TEXT');
  const word = oneWord(input, 'Say which, by the identifier that relance promises list shows.');
  const [promiseId] = identifiers([word], 'promise');
  const withdrawn = orThrow(await withdrawPromise(context, acting, { promiseId: promiseId!, reason }));
  return { exitCode: exitCodes.done, json: withdrawn, lines: [wordsOf(language).promises.withdrawn] };
}
