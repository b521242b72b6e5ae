// What a draft would do to the invoices of today: messages a day, amounts, what needs a person, what changes.
import { SegmentedControl, Stack, Text } from '@mantine/core';
import type { Simulated } from '../../../src/contract/sequence.ts';
import { useInside } from '../../inside.tsx';
import { dayAfter, useFormat } from '../../ui/format.ts';
import type { Asked } from '../../ui/not-loaded.tsx';
import { Empty, Loaded, Section } from '../../ui/section.tsx';
import './editor.css';
import { useEditorWords } from './editor-words.ts';

type Shown = NonNullable<Simulated['effect']>;
type Amounts = Shown['amounts'];

interface EffectProps {
  simulation: Asked & { data: Simulated | undefined };
  daysAhead: number;
  who: 'enrolled' | 'everyone';
  onWho: (who: 'enrolled' | 'everyone') => void;
}

export function Effect({ simulation, daysAhead, who, onWho }: EffectProps) {
  const words = useEditorWords();
  return (
    <Section title={words.effect(daysAhead)} hint={words.effectHint}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label={words.who}
          size="xs"
          value={who}
          onChange={(value) => onWho(value as 'enrolled' | 'everyone')}
          data={[
            { value: 'enrolled', label: words.enrolled },
            { value: 'everyone', label: words.everyone },
          ]}
        />
        <Loaded query={simulation} data={simulation.data}>
          {(simulated) =>
            simulated.effect === null ? (
              <Empty>
                <Text size="sm">{words.wrongFirst}</Text>
              </Empty>
            ) : (
              <Told simulated={simulated} effect={simulated.effect} who={who} />
            )
          }
        </Loaded>
      </Stack>
    </Section>
  );
}

function Told({ simulated, effect, who }: { simulated: Simulated; effect: Shown; who: EffectProps['who'] }) {
  const words = useEditorWords();
  const inWords = useAmounts();
  if (effect.customers === 0 && who === 'enrolled')
    return (
      <Empty>
        <Text size="sm">{words.nobody}</Text>
      </Empty>
    );
  return (
    <Stack gap="sm" role="status" className="effect">
      {effect.messages + effect.tasks === 0 ? (
        <Text>{words.nothing}</Text>
      ) : (
        <>
          <Bars simulated={simulated} effect={effect} />
          <Text>
            <strong>{words.sum(effect.messages, effect.tasks, effect.customers)}</strong>
            {effect.toApprove > 0 ? `, ${words.approving(effect.toApprove)}` : ''}
          </Text>
          <Text size="sm">
            {words.asked} <span className="figures">{inWords(effect.amounts)}</span>
          </Text>
        </>
      )}
      <Compared effect={effect} />
      {effect.messages === 0 ? null : (
        <details>
          <summary>{words.dayByDay}</summary>
          <DayByDay effect={effect} />
        </details>
      )}
    </Stack>
  );
}

/** What becomes of the next messages, and of what would get none. */
export function Compared({ effect }: { effect: Shown }) {
  const words = useEditorWords();
  const inWords = useAmounts();
  const { sooner, later, begins, stops } = effect.compared;
  const changes = [
    [sooner, words.sooner] as const,
    [later, words.later] as const,
    [begins, words.begins] as const,
    [stops, words.stops] as const,
  ].filter(([count]) => count > 0);
  return (
    <>
      <div>
        <Text size="sm" fw={600}>
          {words.compared}
        </Text>
        {changes.length === 0 ? (
          <Text size="sm">{words.same}</Text>
        ) : (
          <ul className="plain-list">
            {changes.map(([count, say]) => (
              <li key={say(count)}>{say(count)}</li>
            ))}
          </ul>
        )}
      </div>
      {effect.outside.receivables > 0 ? (
        <Text size="sm">{words.outside(effect.outside.receivables, inWords(effect.outside.amounts))}</Text>
      ) : null}
      {effect.withoutAddress > 0 ? <Text size="sm">{words.withoutAddress(effect.withoutAddress)}</Text> : null}
    </>
  );
}

function useAmounts(): (amounts: Amounts) => string {
  const { company } = useInside();
  const format = useFormat(company.today);
  return (amounts) => amounts.map(({ minor, currency }) => format.amount(minor, currency)).join(' + ');
}

/** A bar for each day; what is told to a screen reader stands in the table below. */
function Bars({ simulated, effect }: { simulated: Simulated; effect: Shown }) {
  const { company } = useInside();
  const words = useEditorWords();
  const format = useFormat(company.today);
  const byDay = new Map(effect.days.map((one) => [one.day, one]));
  const most = Math.max(...effect.days.map((one) => one.messages + one.tasks));
  const days: string[] = [];
  for (let day = simulated.from; day <= simulated.to; day = dayAfter(day, 1)) days.push(day);
  return (
    <div>
      <div
        className="bars"
        role="img"
        aria-label={words.perDay(format.day(simulated.from), format.day(simulated.to), most)}
      >
        {days.map((day) => {
          const counted = byDay.get(day);
          const share = (count: number): string => `${(count / most) * 100}%`;
          return (
            <span
              key={day}
              className="bar"
              title={
                counted === undefined
                  ? undefined
                  : `${format.day(day)} · ${words.leaving(counted.messages, counted.tasks)}`
              }
            >
              {counted === undefined ? null : (
                <>
                  <span className="by-itself" style={{ height: share(counted.messages - counted.toApprove) }} />
                  <span className="by-person" style={{ height: share(counted.toApprove) }} />
                  <span className="as-task" style={{ height: share(counted.tasks) }} />
                </>
              )}
            </span>
          );
        })}
      </div>
      <div className="bars-ends quiet" aria-hidden>
        <span>{format.day(simulated.from)}</span>
        <span>{format.day(simulated.to)}</span>
      </div>
    </div>
  );
}

/** Narrow whatever the screen: a table of three columns, or four. */
function DayByDay({ effect }: { effect: Shown }) {
  const { company } = useInside();
  const words = useEditorWords();
  const format = useFormat(company.today);
  const inWords = useAmounts();
  return (
    <table className="day-by-day" aria-label={words.dayByDay}>
      <thead>
        <tr>
          <th scope="col">{words.day}</th>
          <th scope="col">{words.messagesColumn}</th>
          {effect.tasks === 0 ? null : <th scope="col">{words.tasksColumn}</th>}
          <th scope="col" className="amount">
            {words.amountColumn}
          </th>
        </tr>
      </thead>
      <tbody>
        {effect.days.map(({ day, messages, tasks, toApprove, amounts }) => (
          <tr key={day}>
            <td className="together">{format.day(day)}</td>
            <td>
              {messages}
              {toApprove === 0 ? null : <span className="quiet"> {words.approving(toApprove)}</span>}
            </td>
            {effect.tasks === 0 ? null : <td>{tasks}</td>}
            <td className="amount">{inWords(amounts)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
