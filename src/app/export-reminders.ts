// The list of messages as a file.
import type { Result } from '../core/fault.ts';
import type { PageRequest } from '../db/paging.ts';
import type { FileCell } from '../formats/file-cell.ts';
import { type MessageColumn, messageList } from '../words/lists.ts';
import { channels, levelNames, messageStates, stateShown } from '../words/values.ts';
import { browseReminders, type ReminderShown, type Request } from './browse.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { type FileWanted, type ListFile, makeListFile } from './list-file.ts';

export async function exportReminders(
  context: Context,
  acting: Acting,
  {
    format,
    columns,
    language,
    ...filter
  }: FileWanted<MessageColumn> & Omit<Request<'listReminders'>, keyof PageRequest | 'today'>,
): Promise<Result<ListFile>> {
  const today = await forCompany(context, acting, async ({ today }) => today);
  const states = messageStates[language];
  const cells: Record<MessageColumn, (row: ReminderShown) => FileCell> = {
    customer: (row) => row.customerName,
    customerNumber: (row) => row.customerNumber,
    to: (row) => row.to.join(', '),
    invoices: (row) => row.invoices.map(({ number }) => number).join(', '),
    level: (row) => levelNames[language](row.level, row.stepName, row.kind),
    planned: (row) => ({ day: row.plannedOn }),
    date: (row) => ({ day: row.leftOn ?? row.sendOn }),
    channel: (row) => channels[language][row.channel],
    state: (row) => states[stateShown(row)],
    amount: (row) => ({ minor: row.askedMinor ?? 0, currency: row.currency }),
    currency: (row) => row.currency,
  };
  return makeListFile(
    { format, columns, language },
    {
      words: messageList[language],
      cells,
      today,
      read: (page) => browseReminders(context, acting, { ...filter, ...page }),
    },
  );
}
