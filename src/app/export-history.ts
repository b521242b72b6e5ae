// The history of the company as a file.
import type { Result } from '../core/fault.ts';
import type { HistoryFilter, HistoryRow } from '../db/history.ts';
import type { ChosenRows } from '../db/paging.ts';
import type { FileCell } from '../formats/file-cell.ts';
import { type HistoryColumn, historyList } from '../words/lists.ts';
import { browseCompanyHistory } from './browse.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { type FileWanted, type ListFile, makeListFile } from './list-file.ts';
import { saidInFiles } from './said-in-files.ts';

export async function exportHistory(
  context: Context,
  acting: Acting,
  { format, columns, language, ...filter }: FileWanted<HistoryColumn> & HistoryFilter & ChosenRows,
): Promise<Result<ListFile>> {
  const { today, timeZone, currency } = await forCompany(context, acting, async ({ company, today }) => ({
    today,
    timeZone: company.time_zone,
    currency: company.currency,
  }));
  const said = saidInFiles(language);
  const instant = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone,
  });
  const cells: Record<HistoryColumn, (row: HistoryRow) => FileCell> = {
    when: (row) => dayAndClock(row, timeZone),
    instant: (row) => instant.format(new Date(row.at)),
    who: (row) => said.actor(row),
    kind: (row) => said.eventKind(row.kind),
    what: (row) => said.event(row, currency),
    about: (row) => [row.customerName, ...numbers(row)].filter((part) => part !== null).join(' · '),
    customer: (row) => row.customerName,
    invoices: (row) => numbers(row).join(' · '),
  };
  return makeListFile(
    { format, columns, language },
    {
      words: historyList[language],
      cells,
      today,
      read: (page) => browseCompanyHistory(context, acting, { ...filter, ...page }),
    },
  );
}

const numbers = (row: HistoryRow): string[] => row.invoices.map(({ number }) => number);

/** On a simulated day the hour is another day's, and left out. */
function dayAndClock({ day, at }: HistoryRow, timeZone: string): FileCell {
  const real = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
  if (real.toPlainDate().toString() !== day) return { day };
  return { day, clock: real.toPlainTime().toString({ smallestUnit: 'minute' }) };
}
