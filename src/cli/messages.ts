// `relance messages`: those that wait for a person, read, changed, approved, put off, refused, held back.

import { approveMany } from '../app/approve-many.ts';
import { allRows, browseReminders, type ReminderShown } from '../app/browse.ts';
import { companyStatus } from '../app/company-status.ts';
import {
  approveReminders,
  editReminder,
  leaveInvoiceOut,
  postponeReminder,
  refuseReminder,
  resolveReminder,
} from '../app/decide-reminders.ts';
import { holdBack } from '../app/hold-back.ts';
import { readMessage, readMessageText } from '../app/read-message.ts';
import { reportUndelivered } from '../app/report-undelivered.ts';
import { browseParts, oneOperation, workOperation } from '../app/work-operations.ts';
import { reportingUndelivered } from '../contract/bounce.ts';
import { editing, remindersQuery, resolving } from '../contract/reminder.ts';
import { formatDay } from '../core/format.ts';
import { reasonSentence } from '../core/reason-words.ts';
import { typeset } from '../words/typeset.ts';
import { messageLines, reasonOf } from './by-hand.ts';
import {
  type Command,
  type CommandInput,
  type CommandOutput,
  exitCodes,
  FaultError,
  orThrow,
  UsageError,
} from './command.ts';
import { amounts } from './figures.ts';
import { dayOf, identifiers, named, oneWord, parseAs, readAs, textOption } from './given.ts';
import { reminderLines } from './reminders.ts';
import { manyWords, runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

const { done } = exitCodes;

export const messagesCommand: Command = {
  name: 'messages',
  summary: 'Read, edit, approve, postpone, refuse or hold back messages.',
  help: `relance messages list [TEXT] [--state STATE]
relance messages show ID
relance messages approve ID ... | approve --all [--preview]
relance messages postpone ID DAY
relance messages refuse ID --reason TEXT
relance messages hold ID ... | hold --all
relance messages text ID | edit ID FILE
relance messages leave-out ID INVOICE
relance messages resolve ID left|send-again
relance messages undelivered ID --reason TEXT [--address ADDRESS ...] [--keep-address]

list shows what waits to be approved; an ID is what begins its lines. show prints the message as it will leave, or as it left.
What is approved leaves at the next delivery: by itself where Relance runs, else with relance run; until then hold takes it
back. approve --all takes what waits now, and names what was paid, paused or disputed in the meantime; it leaves together, ten
seconds later. edit takes the JSON
that text --json prints ("-": standard input), with its subject, body or recipients changed; figures stay tags. resolve
settles what was begun and may have arrived: it left, or it is sent again; what failed or was not delivered can be sent again too.
undelivered says that a message came back, as somebody saw in the mailbox: nothing is sent to its addresses any more, and it waits
to be sent again or refused. Reports as files are for relance bounces.

  --state STATE  to_approve (the default), postponed, waiting, leaving, to_do, left, problems or all
  --all          everything that waits now; of hold, everything that is about to leave
  --address ADDRESS  the one that refused it; may be repeated; left out, all of the message's
  --keep-address do not block it: the mailbox is full, the message too large
  --preview      how many, how much, and which; nothing changes

Examples
  relance messages approve --all --preview
  relance messages approve --all
  relance messages postpone 019ac5d8-3f00-7000-8000-000000000001 2026-12-15
  relance messages refuse 019ac5d8-3f00-7000-8000-000000000001 --reason "accord par téléphone"`,
  options: {
    state: { type: 'string' },
    all: { type: 'boolean' },
    preview: { type: 'boolean' },
    reason: { type: 'string' },
    address: { type: 'string', multiple: true },
    'keep-address': { type: 'boolean' },
  },
  run: runVerb('messages', {
    list: { most: 1, takes: ['state'], run: list },
    show: { most: 1, run: show },
    text: { most: 1, run: text },
    approve: { most: manyWords, takes: ['all', 'preview'], run: approve },
    postpone: { most: 2, run: postpone },
    refuse: { most: 1, takes: ['reason'], run: refuse },
    hold: { most: manyWords, takes: ['all'], run: hold },
    edit: { most: 2, run: edit },
    'leave-out': { most: 2, run: leaveOut },
    resolve: { most: 2, run: resolve },
    undelivered: { most: 1, takes: ['reason', 'address', 'keep-address'], run: undelivered },
  }),
};

const nameThem = 'Say which messages, by the identifiers that relance messages list shows.';

function theMessages({ words }: CommandInput): string[] {
  if (words.length === 0) throw new UsageError(nameThem);
  return identifiers(words, 'message');
}

function theMessage(input: CommandInput): string {
  return identifiers([oneWord(input, nameThem)], 'message')[0]!;
}

async function list(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, words } = input;
  const given = { state: textOption(input, 'state') ?? 'to_approve' };
  const { state } = parseAs(remindersQuery.pick({ state: true }), given, language);
  const rows = await allRows((cursor) =>
    browseReminders(context, acting, { limit: 200, cursor, state, search: words[0] }),
  );
  const none = state === 'to_approve' ? wordsOf(language).approving.nothing : wordsOf(language).nothing;
  return { exitCode: done, json: { rows }, lines: rows.length === 0 ? [none] : reminderLines(rows, language) };
}

async function show(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const reminder = await theReminder(input);
  // What a person does has no message; what there is to do is what can be read of it.
  if (reminder.channel === 'task') {
    const lines = [...reminderLines([reminder], language), ...(reminder.task === null ? [] : [reminder.task.text])];
    return { exitCode: done, json: { reminder, message: null }, lines };
  }
  const { eml: _, html: _html, ...message } = orThrow(await readMessage(context, acting, reminder.id));
  const lines = [...reminderLines([reminder], language), '', ...messageLines(message, language)];
  return { exitCode: done, json: { reminder, message }, lines };
}

async function theReminder(input: CommandInput): Promise<ReminderShown> {
  const reminderId = theMessage(input);
  const [reminder] = (await browseReminders(input.context, input.acting, { limit: 1, ids: [reminderId] })).rows;
  if (reminder === undefined)
    throw new FaultError({ code: 'name-unknown', with: { what: 'message', name: reminderId } });
  return reminder;
}

/** What edit takes: its text before the figures are filled in, and to whom it goes. */
async function text(input: CommandInput): Promise<CommandOutput> {
  const { subject, body, to, cc } = orThrow(await readMessageText(input.context, input.acting, theMessage(input)));
  return {
    exitCode: done,
    json: { subject, body, recipients: { to, cc } },
    lines: [subject, '', ...body.trimEnd().split('\n')],
  };
}

async function approve(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  if (options.all === true) {
    if (input.words.length > 0) throw new UsageError('--all is all of them: name no message beside it.');
    return options.preview === true ? previewOfAll(input) : approveAll(input);
  }
  if (options.preview === true) throw new UsageError('--preview goes with --all; relance messages show ID shows one.');
  const { approving } = wordsOf(language);
  const approved = orThrow(await approveReminders(context, acting, { reminderIds: theMessages(input) }));
  return {
    exitCode: done,
    json: approved,
    lines: [
      approving.done(approved.approved),
      ...(approved.already > 0 ? [approving.already(approved.already)] : []),
      ...(approved.dropped > 0 ? [approving.dropped(approved.dropped)] : []),
      ...(approved.approved > 0 ? [approving.leaves] : []),
    ],
  };
}

async function previewOfAll({ context, acting, language }: CommandInput): Promise<CommandOutput> {
  const words = wordsOf(language);
  const rows = await allRows((cursor) => browseReminders(context, acting, { limit: 200, cursor, state: 'to_approve' }));
  const { approval, toApprove } = await companyStatus(context, acting);
  const { formalNotices } = approval;
  return {
    exitCode: done,
    json: { toApprove, ...approval, rows },
    lines:
      rows.length === 0
        ? [words.approving.nothing]
        : [
            words.approving.total(words.messages(toApprove), amounts(approval.amounts, language)),
            ...(formalNotices > 0 ? [words.approving.formalNotices(formalNotices)] : []),
            ...reminderLines(rows, language),
          ],
  };
}

/** As the operation that the screen begins, worked here to its end. */
async function approveAll({ context, acting, language }: CommandInput): Promise<CommandOutput> {
  const words = wordsOf(language);
  const [newest] = (await browseReminders(context, acting, { limit: 1, state: 'to_approve' })).rows;
  if (newest === undefined)
    return { exitCode: done, json: { approved: 0, leftOut: [] }, lines: [words.approving.nothing] };
  const { operationId } = orThrow(await approveMany(context, acting, { upTo: newest.id, except: [] }));
  await workOperation(context, acting.companyId, operationId);
  const { messages: approved } = orThrow(await oneOperation(context, acting, operationId));
  const parts = await allRows((cursor) =>
    browseParts(context, acting, operationId, { limit: 200, cursor, leftOut: true }),
  );
  const leftOut = parts.flatMap(({ invoices }) => invoices).filter(({ reason }) => reason !== null);
  return {
    exitCode: done,
    json: { operationId, approved, leftOut },
    lines: [
      words.approving.done(approved),
      ...leftOut.map(({ number, reason }) =>
        words.reminding.refused(number, typeset(reasonSentence(reason!, language), language)),
      ),
      ...(approved > 0 ? [words.approving.leavesTogether] : []),
    ],
  };
}

async function postpone(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, words } = input;
  const reminderId = theMessage(input);
  const until = dayOf(words[1], 'Say until when: relance messages postpone ID 2026-12-15');
  orThrow(await postponeReminder(context, acting, { reminderId, until }));
  return {
    exitCode: done,
    json: { reminderId, until },
    lines: [wordsOf(language).approving.postponed(formatDay(until, language))],
  };
}

async function refuse(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const reminderId = theMessage(input);
  const refused = orThrow(await refuseReminder(context, acting, { reminderId, reason: reasonOf(input) }));
  return { exitCode: done, json: refused, lines: [wordsOf(language).approving.refused] };
}

async function hold(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options, words } = input;
  if (options.all === true && words.length > 0)
    throw new UsageError('--all is all of them: name no message beside it.');
  const held = orThrow(
    await holdBack(context, acting, options.all === true ? {} : { reminderIds: theMessages(input) }),
  );
  const { approving } = wordsOf(language);
  const lines = [approving.held(held.held.length), ...(held.gone > 0 ? [approving.gone(held.gone)] : [])];
  return { exitCode: done, json: held, lines };
}

async function edit(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, words } = input;
  const reminderId = theMessage(input);
  if (words[1] === undefined) throw new UsageError('Say the file: relance messages edit ID FILE');
  const { recipients, ...change } = readAs(editing, words[1], language);
  const { to, cc } = orThrow(await readMessageText(context, acting, reminderId));
  // Addresses that nobody changed stay those of the contacts, also where these change before it leaves.
  const isOther = recipients !== undefined && JSON.stringify(recipients) !== JSON.stringify({ to, cc });
  const chosen = isOther ? { recipients } : {};
  const edited = orThrow(await editReminder(context, acting, { reminderId, ...change, ...chosen }));
  return { exitCode: done, json: edited, lines: [wordsOf(language).approving.edited] };
}

async function leaveOut(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, words } = input;
  const reminderId = theMessage(input);
  const [invoiceId] = await named(
    input,
    'invoice',
    words.slice(1, 2),
    'Say which: relance messages leave-out ID INVOICE',
  );
  const { left } = orThrow(await leaveInvoiceOut(context, acting, { reminderId, invoiceId: invoiceId! }));
  return { exitCode: done, json: { left }, lines: [wordsOf(language).approving.leftOut(left)] };
}

async function resolve(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, words } = input;
  const reminderId = theMessage(input);
  const said = resolving.shape.outcome.safeParse(words[1]);
  if (!said.success) throw new UsageError('Say how: relance messages resolve ID left|send-again');
  const resolved = orThrow(await resolveReminder(context, acting, { reminderId, outcome: said.data }));
  return { exitCode: done, json: resolved, lines: [wordsOf(language).approving.resolved[said.data]] };
}

async function undelivered(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  const reminderId = theMessage(input);
  const given = { addresses: options.address, reason: reasonOf(input), blocks: options['keep-address'] !== true };
  const reported = orThrow(
    await reportUndelivered(context, acting, { reminderId, ...parseAs(reportingUndelivered, given, language) }),
  );
  const { bounces } = wordsOf(language);
  return {
    exitCode: done,
    json: reported,
    lines: [
      reported.undelivered ? bounces.undelivered(reported.waits) : bounces.delivered(reported.others.join(', ')),
      ...reported.blocked.map((address) => bounces.blocked(address)),
    ],
  };
}
