// What belongs to an invoice: its instalments, the messages that carried it, what was paid on it.
import type { Invoice } from '../../../src/contract/invoice.ts';
import type { PaymentRow } from '../../../src/contract/payment.ts';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { useInside } from '../../inside.tsx';
import { useList } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { useReason } from '../../ui/reason.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { useInvoiceWords } from './words.ts';

export function Instalments({ invoice }: { invoice: Invoice }) {
  const { company } = useInside();
  const words = useInvoiceWords();
  const format = useFormat(company.today);
  const reason = useReason(company.today);
  const columns: Column<Invoice['instalments'][number]>[] = [
    { title: words.instalments, cell: (row) => words.instalment(row.position) },
    { title: words.dueOn, cell: (row) => (row.dueOn === null ? format.distance(null) : format.day(row.dueOn)) },
    { title: words.state, cell: (row) => (row.openMinor === 0 ? words.settled : reason(row.reason)) },
    { title: words.amount, amount: true, cell: (row) => format.amount(row.amountMinor, invoice.currency) },
    { title: words.open, amount: true, cell: (row) => format.amount(row.openMinor, invoice.currency) },
  ];
  return (
    <Section title={words.instalments}>
      <Rows label={words.instalments} columns={columns} rows={invoice.instalments} keyOf={(row) => row.receivableId} />
    </Section>
  );
}

export function Messages({ invoiceId }: { invoiceId: string }) {
  const { company, openMessage } = useInside();
  const words = useInvoiceWords();
  const format = useFormat(company.today);
  const list = useList<ReminderRow>(company.id, 'reminders', `invoiceId=${invoiceId}`, 20);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return (
    <Section title={words.messages}>
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="quiet">{words.noMessages}</p>
          ) : (
            <ul className="lines">
              {shown.map((row, index) => (
                <li key={row.id}>
                  <button
                    type="button"
                    className="link"
                    onClick={() =>
                      openMessage(
                        shown.map((one) => one.id),
                        index,
                      )
                    }
                  >
                    {format.day(row.leftOn ?? row.sendOn)}
                  </button>
                  <LevelTag level={row.level} name={row.stepName} formalNotice={row.formalNotice} />
                  <span className="quiet">{row.to.join(', ')}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <MoreButton query={list} />
    </Section>
  );
}

export function Payments({ invoiceId }: { invoiceId: string }) {
  const { company } = useInside();
  const words = useInvoiceWords();
  const format = useFormat(company.today);
  const list = useList<PaymentRow>(company.id, 'payments', `invoiceId=${invoiceId}`, 20);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return (
    <Section title={words.payments}>
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="quiet">{words.noPayments}</p>
          ) : (
            <ul className="lines">
              {shown.map((row) => (
                <li key={row.id}>
                  <span>{format.day(row.receivedOn)}</span>
                  <span className="quiet">
                    {row.kind === 'settlement' ? words.settlement : (row.reference ?? row.number ?? '')}
                    {row.reason === null ? '' : ` ${row.reason}`}
                    {row.returnedOn === null ? '' : ` (${words.returned})`}
                  </span>
                  <span className="figures line-amount">{format.amount(row.amountMinor, row.currency)}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
