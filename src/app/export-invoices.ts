// The list of invoices as a file.
import { daysBetween } from '../core/day.ts';
import type { Result } from '../core/fault.ts';
import type { InvoiceListRow } from '../db/lists.ts';
import type { PageRequest } from '../db/paging.ts';
import type { FileCell } from '../formats/file-cell.ts';
import { type InvoiceColumn, invoiceList } from '../words/lists.ts';
import { invoiceStatuses, invoiceTypes } from '../words/values.ts';
import { browseInvoices, type Request } from './browse.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { type FileWanted, type ListFile, makeListFile } from './list-file.ts';
import { saidInFiles } from './said-in-files.ts';

export async function exportInvoices(
  context: Context,
  acting: Acting,
  {
    format,
    columns,
    language,
    ...filter
  }: FileWanted<InvoiceColumn> & Omit<Request<'listInvoices'>, keyof PageRequest>,
): Promise<Result<ListFile>> {
  const today = await forCompany(context, acting, async ({ today }) => today);
  const words = invoiceList[language];
  const said = saidInFiles(language);
  const cells: Record<InvoiceColumn, (row: InvoiceListRow) => FileCell> = {
    number: (row) => row.number,
    customer: (row) => row.customerName,
    customerNumber: (row) => row.customerNumber,
    type: (row) => invoiceTypes[language][row.type],
    status: (row) => invoiceStatuses[language][row.status],
    issued: (row) => ({ day: row.issuedOn }),
    due: (row) => (row.dueOn === null ? null : { day: row.dueOn }),
    late: (row) =>
      row.openMinor > 0 && row.dueOn !== null && row.dueOn < today ? daysBetween(row.dueOn, today) : null,
    level: (row) => (row.disputed ? words.disputed : row.level === null ? null : `R${row.level}`),
    next: (row) => (row.openMinor > 0 && row.dunning !== null ? said.standing(row.dunning) : null),
    total: (row) => ({ minor: row.totalMinor, currency: row.currency }),
    // Of a credit note nothing is owed; the screen says what it is instead.
    open: (row) => (row.type === 'credit_note' ? null : { minor: row.openMinor, currency: row.currency }),
    currency: (row) => row.currency,
  };
  return makeListFile(
    { format, columns, language },
    { words, cells, today, read: (page) => browseInvoices(context, acting, { ...filter, ...page }) },
  );
}
