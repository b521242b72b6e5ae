// One message that waits: why now, and the message as it will leave.
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import type { Explanation } from '../../../src/contract/plan.ts';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { useInside } from '../../inside.tsx';
import { MessageView } from '../../parts/message-view.tsx';
import { useThing } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import { Gathered, NotHad } from '../../ui/not-loaded.tsx';
import { useWords } from '../../words/words.tsx';
import { useApproveWords } from './words.ts';

interface ReviewProps {
  reminder: ReminderRow;
  place: string;
  children: ReactNode;
}

export function Review({ reminder, place, children }: ReviewProps) {
  const { company } = useInside();
  const words = useApproveWords();
  const format = useFormat(company.today);
  const others = useOtherReaders(reminder.id);
  return (
    <article className="review" aria-label={reminder.customerName}>
      <header className="review-head">
        <h2>
          <Link to="/customers/$customerId" params={{ customerId: reminder.customerId }}>
            {reminder.customerName}
          </Link>
        </h2>
        <LevelTag
          level={reminder.level}
          name={reminder.stepName}
          formalNotice={reminder.formalNotice}
          kind={reminder.kind}
        />
        <strong className="figures">{format.asked(reminder)}</strong>
        <span className="quiet review-place">{place}</span>
      </header>
      {others.length === 0 ? null : (
        <p className="also-reading" role="status">
          {words.alsoReading(others.join(', '))}
        </p>
      )}
      {children}
      {/* Told beside this message: the list of the others is as it should be. */}
      <Gathered>
        <section className="why" aria-label={words.why}>
          <h3>{words.why}</h3>
          <ul>
            {reminder.invoices.slice(0, 8).map((invoice) => (
              <WhyInvoice key={invoice.id} invoice={invoice} isPaid={reminder.kind === 'thanks'} />
            ))}
          </ul>
        </section>
        <MessageView company={company} reminderId={reminder.id} />
      </Gathered>
    </article>
  );
}

/** Others who have this message open; they see the same of us. Half a second's look is not told. */
function useOtherReaders(reminderId: string): string[] {
  const { readers, setReading } = useInside();
  useEffect(() => {
    const timer = setTimeout(() => setReading(reminderId), 500);
    return () => clearTimeout(timer);
  }, [reminderId, setReading]);
  useEffect(() => () => setReading(null), [setReading]);
  return readers.filter((one) => one.reminderId === reminderId).map((one) => one.name);
}

/** When it was due, and what left for it before. */
function WhyInvoice({ invoice, isPaid }: { invoice: ReminderRow['invoices'][number]; isPaid: boolean }) {
  const { company } = useInside();
  const { notShown } = useWords();
  const words = useApproveWords();
  const format = useFormat(company.today);
  const explanation = useThing<Explanation>(company.id, `invoices/${invoice.id}/explanation`);
  const taken = (explanation.data?.receivables ?? [])
    .flatMap((receivable) => receivable.taken)
    .filter((item) => item.state !== 'open')
    .sort((a, b) => a.level - b.level);
  const late = invoice.dueOn !== null && invoice.dueOn < company.today;
  const due = invoice.dueOn === null ? '' : format.day(invoice.dueOn);
  return (
    <li>
      <Link to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }}>
        {isPaid
          ? words.paid(invoice.number)
          : late
            ? words.dueOn(invoice.number, due, format.distance(invoice.dueOn))
            : words.notDue(invoice.number, due)}
      </Link>
      <span className="quiet">
        {' — '}
        <NotHad query={explanation} what={words.why} />
        {explanation.data === undefined
          ? explanation.isError
            ? notShown
            : '…'
          : taken.length === 0
            ? words.nothingLeft
            : taken
                .map((item) =>
                  item.state === 'taken' && item.leftOn !== null
                    ? words.left(words.level(item.level), format.day(item.leftOn))
                    : words.skipped(words.level(item.level)),
                )
                .join(', ')}
      </span>
    </li>
  );
}
