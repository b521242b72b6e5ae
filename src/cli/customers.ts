// `relance customers`: what they follow, their pauses and delays, reminders of all that a customer owes.
import { allRows, browseCustomers, browseInvoices } from '../app/browse.ts';
import { mergeCustomers, previewMerge } from '../app/merge-customers.ts';
import { resumeDunning } from '../app/pause-dunning.ts';
import { pauseTogether } from '../app/pause-together.ts';
import { previewEnrolment } from '../app/preview-rules.ts';
import { putCustomersInCharge } from '../app/put-in-charge.ts';
import { unblockAddress } from '../app/report-undelivered.ts';
import { saveCustomer } from '../app/save-customer.ts';
import { type Enrolment, enrolCustomers } from '../app/save-sequence.ts';
import { customerChange } from '../contract/customer.ts';
import { sayMerge } from '../words/merge.ts';
import { followed } from '../words/values.ts';
import { byEmail, salesperson, terms } from './agreed-with.ts';
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
import { amounts, passageLines, titlesOf } from './figures.ts';
import { dayOption, memberNamed, named, oneWord, parseAs, textOption } from './given.ts';
import { manyWords, runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

const { done } = exitCodes;

const nameThem = 'Say which customers, by number or name; relance customers list shows them.';
const theCustomers = (input: CommandInput, names = input.words) => named(input, 'customer', names, nameThem);

export const customersCommand: Command = {
  name: 'customers',
  summary: 'Enrol, pause, remind customers, set their delays.',
  help: `relance customers list [TEXT]
relance customers enrol CUSTOMER ... --in SEQUENCE|none|default [--preview]
relance customers pause CUSTOMER ... --reason TEXT [--until DAY]
relance customers resume CUSTOMER ...
relance customers delays CUSTOMER DAYS|none
relance customers key-account CUSTOMER ... --is yes|no
relance customers in-charge CUSTOMER ... --who EMAIL|nobody
relance customers terms CUSTOMER ... --are TERMS|default
relance customers salesperson CUSTOMER ... --who NAME|nobody [--email ADDRESS]
relance customers by-email CUSTOMER ... --is yes|no
relance customers payer CUSTOMER ... --is CUSTOMER|none
relance customers merge CUSTOMER --into CUSTOMER --preview|--yes
relance customers remind CUSTOMER ... [--level N] [--preview]
relance customers unblock ADDRESS

A CUSTOMER is named by its number, its whole name or its identifier. Enrolled in a sequence, it leaves the one that it was
in, and what that leaves behind is said; --in none is "no reminders", --in default leaves the choice to the rules and the
default. Delays are days to the first reminder, then from each to the next: 10,7,7; none gives those of the sequence back.
Each message to a key account is approved by a person. Whoever is in charge gets the tasks that reminders ask for. remind prepares
messages for all overdue invoices of the customer; they wait to be approved. unblock is for an e-mail address that was refused and is
right after all: it is written to again, whoever has it; a corrected address is another one, and not blocked.
Terms date the invoices that are entered without a due date from now on: "30 jours fin de mois", "net 30", "fin de mois + 15". Nothing
is sent by e-mail to whom it is forbidden: the steps take their next channel, or wait.

Messages about what a customer owes go to the contacts of its payer, where it has one; a payer has none itself. merge moves all
that the first customer owes, paid and was sent to the other one, says what that is, and can't be taken back: --yes does it.

  --preview    what would be left behind or moved, or the messages as they would leave; nothing changes
  --level N    the level of the message; left out, the next of each invoice
  --until DAY  the last day of a pause; left out: until it is resumed

Examples
  relance customers enrol C-00012 C-00014 --in "Grands comptes" --preview
  relance customers pause "Atelier Brun" --reason "échéancier en cours" --until 2026-12-31
  relance customers delays C-00012 10,7,7
  relance customers in-charge C-00012 C-00014 --who claire@example.org
  relance customers terms C-00012 --are "30 jours fin de mois"
  relance customers payer C-00012 C-00014 --is C-00002
  relance customers merge C-00031 --into C-00012 --preview
  relance customers remind C-00012 --level 2 --preview`,
  options: {
    in: { type: 'string' },
    into: { type: 'string' },
    yes: { type: 'boolean' },
    is: { type: 'string' },
    who: { type: 'string' },
    are: { type: 'string' },
    email: { type: 'string' },
    preview: { type: 'boolean' },
    reason: { type: 'string' },
    until: { type: 'string' },
    level: { type: 'string' },
  },
  run: runVerb('customers', {
    list: { most: 1, run: list },
    enrol: { most: manyWords, takes: ['in', 'preview'], run: enrol },
    pause: { most: manyWords, takes: ['reason', 'until'], run: pause },
    resume: { most: manyWords, run: resume },
    delays: { most: 2, run: delays },
    'key-account': { most: manyWords, takes: ['is'], run: keyAccount },
    'in-charge': { most: manyWords, takes: ['who'], run: putInCharge },
    terms: { most: manyWords, takes: ['are'], run: terms(theCustomers) },
    salesperson: { most: manyWords, takes: ['who', 'email'], run: salesperson(theCustomers) },
    'by-email': { most: manyWords, takes: ['is'], run: byEmail(theCustomers) },
    payer: { most: manyWords, takes: ['is'], run: payer },
    merge: { most: 1, takes: ['into', 'preview', 'yes'], run: merge },
    remind: { most: manyWords, takes: ['level', 'preview'], run: remind },
    unblock: { most: 1, run: unblock },
  }),
};

async function list({ words, context, acting, language }: CommandInput): Promise<CommandOutput> {
  const search = words[0];
  const rows = await allRows((cursor) => browseCustomers(context, acting, { limit: 200, cursor, search }));
  const cells = rows.map((one) => [
    one.number,
    one.name,
    followed[language](one.followsTitle, one.ruleName === null ? one.enrolment : 'rule', one.ruleName),
    wordsOf(language).invoices(one.openInvoices),
    amounts(one.open, language),
  ]);
  return {
    exitCode: done,
    json: { rows },
    lines: cells.length === 0 ? [wordsOf(language).nothing] : table(cells, [4]),
  };
}

async function enrol(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  const customerIds = await theCustomers(input);
  const enrolment = { customerIds, ...(await enrolmentIn(input)) };
  // Said before it happens, and after it too: what was left behind can't be seen any more then.
  const preview = orThrow(await previewEnrolment(context, acting, enrolment));
  const lines = await passageLines(input, preview.passages);
  if (options.preview === true) return { exitCode: done, json: preview, lines };
  const { enrolled } = orThrow(await enrolCustomers(context, acting, enrolment));
  const words = wordsOf(language);
  return {
    exitCode: done,
    json: { enrolled, ...preview },
    lines: [...lines, words.enrolled.done(words.customers(enrolled))],
  };
}

async function enrolmentIn(input: CommandInput): Promise<Omit<Enrolment, 'customerIds'>> {
  const into = textOption(input, 'in');
  if (into === undefined) throw new UsageError('Say where: --in SEQUENCE, --in none or --in default');
  if (into === 'none' || into === 'default') return { enrolment: into };
  const [sequenceId] = await named(input, 'sequence', [into], nameThem);
  return { enrolment: 'chosen', sequenceId };
}

async function pause(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const customerIds = await theCustomers(input);
  const asked = { customerIds, reason: reasonOf(input), untilOn: dayOption(input, 'until') };
  const paused = orThrow(await pauseTogether(context, acting, asked));
  return { exitCode: done, json: paused, lines: wordsOf(language).pausing.together(paused.paused, paused.leftOut) };
}

async function resume(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  let lifted = 0;
  for (const customerId of await theCustomers(input))
    lifted += orThrow(await resumeDunning(context, acting, { customerId })).lifted;
  return { exitCode: done, json: { lifted }, lines: [wordsOf(language).pausing.lifted(lifted)] };
}

async function delays(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, words } = input;
  const [customer, said] = words;
  if (said === undefined)
    throw new UsageError('Say the customer and its delays: relance customers delays C-00012 10,7,7 (or none)');
  const [customerId] = await theCustomers(input, [customer!]);
  const given =
    said === 'none' ? null : said.split(',').map((days) => (days.trim() === '' ? Number.NaN : Number(days)));
  const { delaysDays } = parseAs(customerChange.pick({ delaysDays: true }), { delaysDays: given }, language);
  const saved = orThrow(await saveCustomer(context, acting, { id: customerId, delaysDays }));
  const { own, none } = wordsOf(language).delays;
  return {
    exitCode: done,
    json: { ...saved, delaysDays },
    lines: [delaysDays ? own(delaysDays.join(', ')) : none],
  };
}

async function keyAccount(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const said = textOption(input, 'is');
  if (said !== 'yes' && said !== 'no') throw new UsageError('Say whether: --is yes or --is no');
  const customerIds = await theCustomers(input);
  for (const id of customerIds) orThrow(await saveCustomer(context, acting, { id, keyAccount: said === 'yes' }));
  const words = wordsOf(language);
  return {
    exitCode: done,
    json: { customerIds, keyAccount: said === 'yes' },
    lines: [words.keyAccount(words.customers(customerIds.length), said === 'yes')],
  };
}

async function putInCharge(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const who = textOption(input, 'who');
  if (who === undefined) throw new UsageError('Say who: --who EMAIL, or --who nobody');
  const customerIds = await theCustomers(input);
  const userId = who === 'nobody' ? null : await memberNamed(input, who);
  const { changed } = orThrow(await putCustomersInCharge(context, acting, { customerIds, userId }));
  const words = wordsOf(language);
  return {
    exitCode: done,
    json: { customerIds, userId, changed },
    lines: [words.inCharge(words.customers(changed), userId === null ? null : who)],
  };
}

async function payer(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const said = textOption(input, 'is');
  if (said === undefined) throw new UsageError('Say who pays: --is CUSTOMER, or --is none');
  const customerIds = await theCustomers(input);
  const [payerId = null] = said === 'none' ? [] : await theCustomers(input, [said]);
  for (const id of customerIds) orThrow(await saveCustomer(context, acting, { id, payerId }));
  const words = wordsOf(language);
  return {
    exitCode: done,
    json: { customerIds, payerId },
    lines: [words.payer(words.customers(customerIds.length), payerId === null ? null : said)],
  };
}

/** What it moves is said before it is done, and done only where --yes says so. */
async function merge(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  const into = textOption(input, 'into');
  if (into === undefined || input.words.length === 0)
    throw new UsageError('Say both: relance customers merge C-00031 --into C-00012');
  const [fromId] = await theCustomers(input);
  const [intoId] = await theCustomers(input, [into]);
  const both = { fromId: fromId!, intoId: intoId! };
  const moved = orThrow(await previewMerge(context, acting, both));
  const words = wordsOf(language);
  const titles = await titlesOf(input);
  const { moves, warnings } = sayMerge(moved, {
    words: words.merge,
    amounts: (of) => amounts(of, language),
    titleOf: (id) => titles.get(id) ?? words.sequence.gone,
  });
  const lines = [words.merging(moved.from.name, moved.into.name), ...moves.map((line) => `  ${line}`), ...warnings];
  if (options.preview === true) return { exitCode: done, json: moved, lines };
  if (options.yes !== true) throw new UsageError([...lines, words.confirm].join('\n'));
  const merged = orThrow(await mergeCustomers(context, acting, both));
  return { exitCode: done, json: merged, lines: [...lines, words.merged(moved.from.name, moved.into.name)] };
}

/** Of all that is overdue: what is not due yet, nobody wants to be reminded of by chance. */
async function remind(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const overdue = [];
  for (const customerId of await theCustomers(input))
    overdue.push(
      ...(await allRows((cursor) =>
        browseInvoices(context, acting, { limit: 200, cursor, customerId, state: 'overdue' }),
      )),
    );
  if (overdue.length === 0)
    return {
      exitCode: done,
      json: { reminderIds: [], refused: [] },
      lines: [wordsOf(language).reminding.noneOverdue],
    };
  return remindThese(
    input,
    overdue.map((one) => one.id),
  );
}

async function unblock(input: CommandInput): Promise<CommandOutput> {
  const address = oneWord(input, 'Say which: relance customers unblock ADDRESS');
  const unblocked = orThrow(await unblockAddress(input.context, input.acting, { address }));
  return { exitCode: done, json: unblocked, lines: [wordsOf(input.language).bounces.unblocked(unblocked.address)] };
}
