// What a run of today would send and why, and what something holds back. Nothing is written by looking.
import { Button, Text } from '@mantine/core';
import type { Reason } from '../../../src/contract/common.ts';
import type { Company } from '../../../src/contract/company.ts';
import type { HeldInvoice, PlannedReminder } from '../../../src/contract/plan.ts';
import { Channels } from '../../parts/channel.tsx';
import { ExploreSample } from '../../parts/sample.tsx';
import { usePreview } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { useReason } from '../../ui/reason.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Loaded, Section } from '../../ui/section.tsx';
import { useWords } from '../../words/words.tsx';

interface DueTodayProps {
  company: Company;
  hasInvoices: boolean;
  onImport: (() => void) | null;
}

export function DueToday({ company, hasInvoices, onImport }: DueTodayProps) {
  const words = useWords();
  const preview = usePreview(company.id);
  return (
    <>
      <Section title={words.today.title} count={preview.data?.unwrittenCount} hint={words.today.hint}>
        <Loaded query={preview} data={preview.data}>
          {({ reminders, unwrittenCount }) =>
            unwrittenCount > 0 ? (
              <Planned company={company} rows={reminders.filter((reminder) => !reminder.written)} />
            ) : (
              <Empty>
                <Text>
                  {hasInvoices
                    ? isSendingWeekday(company)
                      ? words.today.empty
                      : words.run.notSendingDay
                    : words.today.emptyNoInvoices}
                </Text>
                {hasInvoices || onImport === null ? null : (
                  <>
                    <Button variant="light" onClick={onImport}>
                      {words.import.title}
                    </Button>
                    <ExploreSample />
                  </>
                )}
              </Empty>
            )
          }
        </Loaded>
      </Section>
      {(preview.data?.heldCount ?? 0) === 0 ? null : (
        <Section title={words.held.title} anchor="held" count={preview.data!.heldCount} hint={words.held.hint}>
          <Held company={company} rows={preview.data!.held} />
        </Section>
      )}
    </>
  );
}

function Planned({ company, rows }: { company: Company; rows: PlannedReminder[] }) {
  const words = useWords();
  const format = useFormat(company.today);
  const reason = useReason(company.today);
  const columns: Column<PlannedReminder>[] = [
    { title: words.today.customer, cell: (row) => <strong>{row.customerName}</strong> },
    { title: words.today.invoice, cell: (row) => <Numbers numbers={row.invoiceNumbers} /> },
    { title: words.today.level, cell: (row) => <LevelTag level={row.level} name={row.stepName} kind={row.kind} /> },
    {
      title: words.today.why,
      cell: (row) => (
        <>
          {reason(whyOf(row))}
          {row.needsApproval ? <span className="quiet"> {words.today.approvalNeeded}</span> : null}{' '}
          {row.channel === 'task' ? <Channels channels={['task']} /> : null}
        </>
      ),
    },
    { title: words.today.amount, amount: true, cell: (row) => format.asked(row) },
  ];
  return (
    <Rows
      label={words.today.title}
      columns={columns}
      rows={rows}
      keyOf={(row) => `${row.customerId} ${row.kind} ${row.level} ${row.invoiceIds[0]}`}
    />
  );
}

const whyOf = ({ kind, level, dueOn }: PlannedReminder): Reason =>
  kind === 'thanks' ? { code: 'paid', with: { paidOn: dueOn } } : { code: 'step-due', with: { level, dueOn } };

function Held({ company, rows }: { company: Company; rows: HeldInvoice[] }) {
  const words = useWords();
  const format = useFormat(company.today);
  const reason = useReason(company.today);
  const columns: Column<HeldInvoice>[] = [
    { title: words.today.customer, cell: (row) => <strong>{row.customerName}</strong> },
    { title: words.today.invoice, cell: (row) => <span className="together">{row.invoiceNumber}</span> },
    { title: words.held.motive, cell: (row) => reason(row.reason) },
    { title: words.today.amount, amount: true, cell: (row) => format.amount(row.askedMinor, row.currency) },
  ];
  return <Rows label={words.held.title} columns={columns} rows={rows} keyOf={(row) => row.receivableId} />;
}

/** 1 for Monday to 7 for Sunday, as the company's settings count. */
function isSendingWeekday({ today, sendingWeekdays }: Company): boolean {
  return sendingWeekdays.includes(new Date(`${today}T00:00:00Z`).getUTCDay() || 7);
}
