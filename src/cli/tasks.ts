// `relance tasks`: what people have to do, those that steps ask for among them.
import { allRows } from '../app/browse.ts';
import { browseTasks, createTask, setTaskDone } from '../app/keep-tasks.ts';
import { formatAmount, formatDay, formatShortDay } from '../core/format.ts';
import {
  type Command,
  type CommandInput,
  type CommandOutput,
  exitCodes,
  orThrow,
  table,
  UsageError,
} from './command.ts';
import { dayOf, identifiers, memberNamed, named, oneWord, textOption } from './given.ts';
import { runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

export const tasksCommand: Command = {
  name: 'tasks',
  summary: 'What people have to do: list it, add to it, say that it is done.',
  help: `relance tasks list [--due] [--done]
relance tasks add CUSTOMER --text TEXT --on DAY [--invoice NUMBER] [--who EMAIL]
relance tasks done ID [--note TEXT]
relance tasks undone ID

A task that a step asks for is a reminder that a person gives: done, its step is left on that day and the sequence goes on.
What is not to be done is refused: relance messages refuse, with the ID that relance messages list --state to_do shows.
Here an ID is what begins the lines of list.

  --due        only those of today and before
  --done       those that were done
  --note TEXT  what came of it
  --who EMAIL  for whom; left out: for whoever sees it

Examples
  relance tasks list --due
  relance tasks add C-00012 --text "Rappeler la comptable" --on 2026-12-04 --invoice FAC-2026-0142
  relance tasks done 019ac5d8-3f00-7000-8000-000000000001 --note "règlement promis pour vendredi"`,
  options: {
    due: { type: 'boolean' },
    done: { type: 'boolean' },
    note: { type: 'string' },
    text: { type: 'string' },
    on: { type: 'string' },
    invoice: { type: 'string' },
    who: { type: 'string' },
  },
  run: runVerb('tasks', {
    list: { takes: ['due', 'done'], run: list },
    add: { most: 1, takes: ['text', 'on', 'invoice', 'who'], run: add },
    done: { most: 1, takes: ['note'], run: (input) => settle(input, true) },
    undone: { most: 1, run: (input) => settle(input, false) },
  }),
};

async function list({ context, acting, language, options }: CommandInput): Promise<CommandOutput> {
  const asked = { state: options.done === true ? ('done' as const) : ('open' as const), due: options.due === true };
  const rows = await allRows((cursor) => browseTasks(context, acting, { limit: 200, cursor, ...asked }));
  const words = wordsOf(language);
  const cells = rows.map((one) => [
    one.id,
    formatShortDay(one.doneOn ?? one.dueOn),
    one.reminder === null ? '' : words.level(one.reminder.level),
    one.customerName,
    one.invoiceNumber ?? one.reminder?.invoices.map(({ number }) => number).join(', ') ?? '',
    one.reminder === null || one.reminder.askedMinor === null
      ? ''
      : formatAmount(one.reminder.askedMinor, one.reminder.currency, language),
    one.text,
    one.note ?? '',
  ]);
  return {
    exitCode: exitCodes.done,
    json: { rows },
    lines: cells.length === 0 ? [words.nothing] : table(cells, [5]),
  };
}

const nameThem = 'Say which customer, by number or name; relance customers list shows them.';

async function add(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const text = textOption(input, 'text')?.trim() ?? '';
  if (text === '') throw new UsageError('Say what there is to do: --text TEXT');
  const dueOn = dayOf(textOption(input, 'on'), 'Say the day: --on DAY, YYYY-MM-DD.');
  const [customerId] = await named(input, 'customer', [oneWord(input, nameThem)], nameThem);
  const invoice = textOption(input, 'invoice');
  const [invoiceId] = invoice === undefined ? [] : await named(input, 'invoice', [invoice], nameThem);
  const who = textOption(input, 'who');
  const assignedTo = who === undefined ? null : await memberNamed(input, who);
  const made = orThrow(
    await createTask(context, acting, { customerId: customerId!, invoiceId, text, dueOn, assignedTo }),
  );
  const { added } = wordsOf(language).tasksTold;
  return { exitCode: exitCodes.done, json: made, lines: [added(formatDay(dueOn, language))] };
}

async function settle(input: CommandInput, isDone: boolean): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const [taskId] = identifiers([oneWord(input, 'Say which, by the identifier that relance tasks list shows.')], 'task');
  const settled = orThrow(
    await setTaskDone(context, acting, { taskId: taskId!, isDone, note: textOption(input, 'note') }),
  );
  const { done, undone } = wordsOf(language).tasksTold;
  return { exitCode: exitCodes.done, json: settled, lines: [isDone ? done : undone] };
}
