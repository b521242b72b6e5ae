// Where the reminders of an invoice stand: what left, what comes next and when, what holds it; the steps as a ladder.
import type { Invoice } from '../../../src/contract/invoice.ts';
import type { Explanation } from '../../../src/contract/plan.ts';
import { useInside } from '../../inside.tsx';
import { useThing } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { useReason } from '../../ui/reason.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { useInvoiceWords } from './words.ts';

type Standing = Explanation['receivables'][number];

export function WhyHere({ invoice }: { invoice: Invoice }) {
  const { company } = useInside();
  const words = useInvoiceWords();
  const explanation = useThing<Explanation>(company.id, `invoices/${invoice.id}/explanation`);
  return (
    <Section title={words.why}>
      <Loaded query={explanation} data={explanation.data}>
        {({ receivables, placed }) => (
          <div className="why-here">
            {receivables.length === 0 ? null : <div className="quiet">{words.placed(placed)}</div>}
            {receivables.map((receivable) => (
              <One
                key={receivable.receivableId}
                standing={receivable}
                title={receivables.length > 1 ? placeOf(invoice, receivable.receivableId) : null}
              />
            ))}
          </div>
        )}
      </Loaded>
    </Section>
  );
}

function placeOf(invoice: Invoice, receivableId: string): number | null {
  return invoice.instalments.find((one) => one.receivableId === receivableId)?.position ?? null;
}

function One({ standing, title }: { standing: Standing; title: number | null }) {
  const { company } = useInside();
  const words = useInvoiceWords();
  const format = useFormat(company.today);
  const reason = useReason(company.today);
  const left = standing.taken.filter((item) => item.state === 'taken' && item.leftOn !== null);
  const last = left.reduce<Standing['taken'][number] | undefined>(
    (latest, item) => (latest === undefined || item.leftOn! >= latest.leftOn! ? item : latest),
    undefined,
  );
  const levelOf = (level: number): string => (level === 0 ? words.level0 : `R${level}`);
  const next = standing.nextStep;
  // "The step comes on that day" is what the next line says too.
  const saysNext = standing.reason.code === 'step-not-reached' && next !== null && next.on !== null;
  return (
    <div>
      {title === null ? null : <h3>{words.instalment(title)}</h3>}
      <ul className="reasons">
        <li>{last === undefined ? words.whyNone : words.whyLast(levelOf(last.level), format.day(last.leftOn!))}</li>
        {saysNext ? null : <li>{reason(standing.reason)}</li>}
        {next === null || standing.verdict === 'end' ? null : (
          <li>
            {next.on === null
              ? words.whyNextNoDay(`${levelOf(next.level)} ${next.name}`)
              : words.whyNext(`${levelOf(next.level)} ${next.name}`, format.day(next.on))}
          </li>
        )}
      </ul>
      <Ladder standing={standing} levelOf={levelOf} />
    </div>
  );
}

function Ladder({ standing, levelOf }: { standing: Standing; levelOf: (level: number) => string }) {
  const { company } = useInside();
  const words = useInvoiceWords();
  const format = useFormat(company.today);
  const { taken, nextStep, verdict } = standing;
  if (taken.length === 0 && nextStep === null) return null;
  const steps = [...taken].sort((a, b) => a.level - b.level);
  const waits = taken.some((item) => item.level === nextStep?.level && item.state === 'open');
  return (
    <ol className="ladder" aria-label={words.ladder}>
      {steps.map((item) => (
        <li key={`${item.level} ${item.dueOn}`} data-state={item.state}>
          <strong>{levelOf(item.level)}</strong>
          <span>
            {item.state === 'taken' && item.leftOn !== null
              ? words.stepTaken(format.day(item.leftOn))
              : item.state === 'skipped'
                ? words.stepSkipped
                : words.stepOpen}
          </span>
        </li>
      ))}
      {nextStep === null || waits || verdict === 'end' ? null : (
        <li data-state="next">
          <strong>{levelOf(nextStep.level)}</strong>
          <span>{nextStep.on === null ? nextStep.name : words.stepNext(format.day(nextStep.on))}</span>
        </li>
      )}
    </ol>
  );
}
