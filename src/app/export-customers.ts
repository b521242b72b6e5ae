// The list of customers as a file.
import type { Result } from '../core/fault.ts';
import { termsInWords } from '../core/payment-terms-words.ts';
import type { CustomerListRow } from '../db/lists.ts';
import type { PageRequest } from '../db/paging.ts';
import type { FileCell } from '../formats/file-cell.ts';
import { type CustomerColumn, customerList } from '../words/lists.ts';
import { typeset } from '../words/typeset.ts';
import { customerKinds, followed } from '../words/values.ts';
import { browseCustomers, type Request } from './browse.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { type FileWanted, type ListFile, makeListFile } from './list-file.ts';
import { saidInFiles } from './said-in-files.ts';

export async function exportCustomers(
  context: Context,
  acting: Acting,
  {
    format,
    columns,
    language,
    ...filter
  }: FileWanted<CustomerColumn> & Omit<Request<'listCustomers'>, keyof PageRequest>,
): Promise<Result<ListFile>> {
  const today = await forCompany(context, acting, async ({ today }) => today);
  const { writing } = saidInFiles(language);
  // Amounts of two currencies are no number: they are written out.
  const sums = (amounts: CustomerListRow['open']): FileCell => {
    const [only, ...more] = amounts;
    if (only === undefined) return null;
    return more.length === 0 ? only : amounts.map((one) => writing.amount(one.minor, one.currency)).join(' · ');
  };
  const cells: Record<CustomerColumn, (row: CustomerListRow) => FileCell> = {
    name: (row) => row.name,
    number: (row) => row.number,
    kind: (row) => customerKinds[language][row.kind],
    category: (row) => row.category,
    city: (row) => row.city,
    sequence: (row) => typeset(followed[language](row.followsTitle, row.enrolment, row.ruleName), language),
    inCharge: (row) => row.inChargeName,
    salesperson: (row) => row.salesperson,
    terms: (row) => row.paymentTerms && termsInWords(row.paymentTerms, language),
    payer: (row) => row.payerName,
    invoices: (row) => (row.openInvoices === 0 ? null : row.openInvoices),
    overdue: (row) => sums(row.overdue),
    open: (row) => sums(row.open),
    currency: (row) => row.open.map((one) => one.currency).join(' · '),
  };
  return makeListFile(
    { format, columns, language },
    {
      words: customerList[language],
      cells,
      today,
      read: (page) => browseCustomers(context, acting, { ...filter, ...page }),
    },
  );
}
