// When a step comes, as it stands on the time line; and what stands at its end.
import type { Ending, Step } from '../../../src/contract/sequence.ts';
import { isAbout } from './draft.ts';
import { useSequencesWords } from './words.ts';

type Placed = Pick<Step, 'timing' | 'offsetDays'>;

/** Its day; below it what the day is made of, where that is not the due date alone. */
export function When({ steps, place }: { steps: readonly Placed[]; place: number }) {
  const words = useSequencesWords();
  const { timing, offsetDays } = steps[place]!;
  const day = isAbout(steps, place) ? words.about(words.day(offsetDays)) : words.day(offsetDays);
  if (timing.kind === 'due') return <span className="when">{day}</span>;
  return (
    <>
      <span className="when">{timing.kind === 'month-end' ? `${words.monthEnd} ${day}` : day}</span>
      <span className="quiet">
        {timing.kind === 'month-end' ? words.monthEndAfter(timing.days) : words.afterPrevious(timing.days)}
      </span>
    </>
  );
}

/** What comes after the last of these steps, and on which day. */
export function AfterLast({ steps, ending }: { steps: readonly Placed[]; ending: Ending }) {
  const words = useSequencesWords();
  const place = steps.length - 1;
  const last = steps[place];
  if (ending.kind === 'nothing' || last === undefined)
    return (
      <>
        <span className="when">{words.next}</span>
        <span className="quiet">{words.endings.nothing}</span>
      </>
    );
  const day = words.day(last.offsetDays + ending.days);
  return (
    <>
      <span className="when">{isAbout(steps, place) ? words.about(day) : day}</span>
      <span className="outcome">{endingInWords(ending, words)}</span>
      <span className="quiet">{words.afterLast(ending.days)}</span>
    </>
  );
}

function endingInWords(ending: Ending, { endings }: ReturnType<typeof useSequencesWords>): string {
  switch (ending.kind) {
    case 'nothing':
      return endings.nothing;
    case 'task':
      return endings.task(ending.text);
    case 'litigation':
      return endings.litigation;
    case 'repeat':
      return endings.repeat(ending.times, ending.days);
  }
}
