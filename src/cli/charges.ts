// `relance charges`: what an invoice bears because it is late, and what is waived of it. `relance rates`: the rates it rests on.
import {
  browseRates,
  chargesOfInvoice,
  restoreCharge,
  sayRate,
  takeBackRate,
  waiveCharge,
} from '../app/keep-charges.ts';
import { rateParams, rateSaid, waiver } from '../contract/charge.ts';
import { formatAmount, formatDay } from '../core/format.ts';
import {
  type Command,
  type CommandInput,
  type CommandOutput,
  exitCodes,
  orThrow,
  table,
  UsageError,
} from './command.ts';
import { identifiers, named, oneWord, parseAs, textOption } from './given.ts';
import { runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

const { done } = exitCodes;

export const chargesCommand: Command = {
  name: 'charges',
  summary: 'Interest, indemnity and fees of an invoice; waive what was claimed.',
  help: `relance charges show INVOICE
relance charges waive CHARGE --reason WHY
relance charges restore CHARGE

What was claimed is listed with its identifier. What is waived is not asked for any more, and stays in the history; restore
claims it again. From which level messages claim it is said by relance settings: interestFromLevel, indemnityFromLevel,
contractRate.

  --reason WHY   why it is waived

Examples
  relance charges show FAC-0117
  relance charges waive 01a216e0-d813-7242-ba42-b26415201e22 --reason "geste commercial"`,
  options: { reason: { type: 'string' } },
  run: runVerb('charges', {
    show: { most: 1, run: show },
    waive: { most: 1, takes: ['reason'], run: waive },
    restore: { most: 1, run: restore },
  }),
};

async function show(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const usage = 'Say which invoice: relance charges show FAC-0117';
  const [invoiceId] = await named(input, 'invoice', [oneWord(input, usage)], usage);
  const shown = orThrow(await chargesOfInvoice(context, acting, invoiceId!));
  const { accrued, indemnityMinor, charges, currency } = shown;
  const words = wordsOf(language).charges;
  const amount = (minor: number): string => formatAmount(minor, currency, language);
  const borne = [
    [words.accrued, accrued.minor === null ? words.unknown(accrued.missing.join(', ')) : amount(accrued.minor)],
    ...(indemnityMinor === null ? [] : [[words.kinds.indemnity, amount(indemnityMinor)]]),
  ];
  const claimed = charges.map((one) => [
    words.kinds[one.kind],
    amount(one.amountMinor),
    formatDay(one.claimedOn, language),
    one.waived !== null ? words.waived : one.openMinor === 0 ? words.paid : amount(one.openMinor),
    one.id,
  ]);
  const lines = [
    ...table(borne, [1]),
    ...(claimed.length === 0 ? [words.none] : ['', words.claimed, ...table(claimed, [1, 2, 3])]),
  ];
  return { exitCode: done, json: shown, lines };
}

async function waive(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const usage = 'Say which, by its identifier, and why: relance charges waive CHARGE --reason WHY';
  const [chargeId] = identifiers([oneWord(input, usage)], 'charge');
  const given = parseAs(waiver, { reason: textOption(input, 'reason') ?? '' }, language);
  const waived = orThrow(await waiveCharge(context, acting, { chargeId: chargeId!, ...given }));
  return { exitCode: done, json: waived, lines: [wordsOf(language).charges.waivedNow] };
}

async function restore(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const [chargeId] = identifiers([oneWord(input, 'Say which: relance charges restore CHARGE')], 'charge');
  const restored = orThrow(await restoreCharge(context, acting, { chargeId: chargeId! }));
  return { exitCode: done, json: restored, lines: [wordsOf(language).charges.restored] };
}

export const ratesCommand: Command = {
  name: 'rates',
  summary: 'The rates of late-payment interest by half-year.',
  help: `relance rates list
relance rates say KIND HALF RATE [--source WHERE]
relance rates take-back KIND HALF

A rate marked to check is used by no message until it is said here, or confirmed on the screen. Messages that wait for it go on.

  KIND             late_payment (between businesses), public (public bodies) or legal (what a consumer owes)
  HALF             2026-H1 or 2026-H2
  RATE             a year, in percent: 12.40
  --source WHERE   where it was read

Examples
  relance rates list
  relance rates say late_payment 2026-H2 12.40 --source "BCE, 1er juillet 2026"`,
  options: { source: { type: 'string' } },
  run: runVerb('rates', {
    list: { run: list },
    say: { most: 3, takes: ['source'], run: say },
    'take-back': { most: 2, run: takeBack },
  }),
};

async function list({ context, acting, language }: CommandInput): Promise<CommandOutput> {
  const shown = await browseRates(context, acting);
  const words = wordsOf(language).charges;
  const cells = shown.rates.map(({ half, kind, rate, confirmed, source }) => [
    half,
    kind,
    `${(rate / 100).toFixed(2)} %`,
    confirmed ? '' : words.toCheck,
    source,
  ]);
  return { exitCode: done, json: shown, lines: table(cells, [2]) };
}

async function say(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, words } = input;
  const [, , said = ''] = words;
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(said);
  if (match === null) throw new UsageError('Say the rate in percent: relance rates say late_payment 2026-H2 12.40');
  const rate = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  const { kind, half } = rateNamed(input);
  const given = parseAs(rateSaid, { rate, source: textOption(input, 'source') }, language);
  const saved = orThrow(await sayRate(context, acting, { kind, half, ...given }));
  return { exitCode: done, json: saved, lines: [wordsOf(language).charges.rateSaid(`${(rate / 100).toFixed(2)} %`)] };
}

async function takeBack(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const taken = orThrow(await takeBackRate(context, acting, rateNamed(input)));
  return { exitCode: done, json: taken, lines: [wordsOf(language).charges.rateTakenBack] };
}

const namedRate = rateParams.pick({ kind: true, half: true });

const rateNamed = ({ words: [kind, half], language }: CommandInput) => parseAs(namedRate, { kind, half }, language);
