// The list of payments as a file.
import type { Result } from '../core/fault.ts';
import type { PaymentListRow } from '../db/lists.ts';
import type { PageRequest } from '../db/paging.ts';
import type { FileCell } from '../formats/file-cell.ts';
import { type PaymentColumn, paymentList } from '../words/lists.ts';
import { paymentKinds } from '../words/values.ts';
import { browsePayments, type Request } from './browse.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { type FileWanted, type ListFile, makeListFile } from './list-file.ts';
import { saidInFiles } from './said-in-files.ts';

export async function exportPayments(
  context: Context,
  acting: Acting,
  {
    format,
    columns,
    language,
    ...filter
  }: FileWanted<PaymentColumn> & Omit<Request<'listPayments'>, keyof PageRequest>,
): Promise<Result<ListFile>> {
  const today = await forCompany(context, acting, async ({ today }) => today);
  const words = paymentList[language];
  const { writing } = saidInFiles(language);
  const cells: Record<PaymentColumn, (row: PaymentListRow) => FileCell> = {
    customer: (row) => row.customerName,
    day: (row) => ({ day: row.receivedOn }),
    reference: (row) =>
      [
        row.reference ?? row.number,
        row.kind === 'settlement' ? words.settlement : null,
        row.returnedOn === null ? null : words.returnedOn(writing.day(row.returnedOn)),
      ]
        .filter((part) => part !== null)
        .join(', '),
    number: (row) => row.number,
    kind: (row) => paymentKinds[language][row.kind],
    reason: (row) => row.reason,
    returned: (row) => (row.returnedOn === null ? null : { day: row.returnedOn }),
    left: (row) => (row.unallocatedMinor === 0 ? null : { minor: row.unallocatedMinor, currency: row.currency }),
    amount: (row) => ({ minor: row.amountMinor, currency: row.currency }),
    currency: (row) => row.currency,
  };
  return makeListFile(
    { format, columns, language },
    { words, cells, today, read: (page) => browsePayments(context, acting, { ...filter, ...page }) },
  );
}
