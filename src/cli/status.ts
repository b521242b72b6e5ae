// `relance status`: the company's figures.
import { companyStatus } from '../app/company-status.ts';
import { formatAmount } from '../core/format.ts';
import { type Command, exitCodes } from './command.ts';

export const statusCommand: Command = {
  name: 'status',
  summary: 'Show what is owed, late, waiting, and in doubt.',
  help: `relance status

Example
  relance status --json`,
  async run({ context, acting, language }) {
    const { company, ...status } = await companyStatus(context, acting);
    const lines = [
      `${company.name} (${company.mode}${company.simulated_on === null ? '' : `, simulated date`}), ${status.today}`,
      ...status.amounts.map(
        (one) =>
          `  due ${formatAmount(one.openMinor, one.currency, language)}, overdue ${formatAmount(one.overdueMinor, one.currency, language)}, came in within 30 days ${formatAmount(one.cameInMinor, one.currency, language)}`,
      ),
      `  ${status.openInvoices} open invoices, ${status.overdueInvoices} overdue, ${status.customersWithOpen} customers`,
      `  ${status.toApprove} to approve, ${status.postponed} postponed, ${status.ready} to leave, ${status.inDoubt} in doubt, ${status.failed} failed, ${status.undelivered} not delivered`,
      `  overdue, outside dunning: ${status.outside.invoices} invoices ${status.outside.amounts.map((one) => formatAmount(one.minor, one.currency, language)).join(', ')}`,
    ];
    return {
      exitCode: exitCodes.done,
      json: { company: { id: company.id, name: company.name, mode: company.mode }, ...status },
      lines,
    };
  },
};
