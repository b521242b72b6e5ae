// The steps of a draft on a line around the due date: one is chosen, by pointer or by arrow key.
import type { KeyboardEvent } from 'react';
import { useRef } from 'react';
import type { Simulated } from '../../../src/contract/sequence.ts';
import { Channels } from '../../parts/channel.tsx';
import { LevelTag } from '../../ui/level.tsx';
import { afterLastKey, type DraftStep, type SequenceDraft } from './draft.ts';
import { useEditorWords } from './editor-words.ts';
import './sequences.css';
import { AfterLast, When } from './when.tsx';
import { useSequencesWords } from './words.ts';

interface LadderProps {
  draft: SequenceDraft;
  simulated: Simulated | undefined;
  chosen: string | null;
  onChoose: (key: string) => void;
}

export function Ladder({ draft: { steps, ending }, simulated, chosen, onChoose }: LadderProps) {
  const words = useEditorWords();
  const { day, due } = useSequencesWords();
  const list = useRef<HTMLOListElement>(null);
  const walk = (event: KeyboardEvent) => {
    const stride = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const keys = [...steps.map((one) => one.key), afterLastKey];
    const next = keys[keys.indexOf(chosen ?? '') + stride];
    if (stride === 0 || next === undefined) return;
    event.preventDefault();
    onChoose(next);
    list.current?.querySelector<HTMLElement>(`[data-step="${next}"]`)?.focus();
  };
  const atDue = steps.findIndex((step) => step.offsetDays >= 0);
  const before = atDue === -1 ? steps.length : atDue;
  const dueMark = (
    <li className="due-date" key="due">
      <span className="when">{day(0)}</span>
      <span>{due}</span>
    </li>
  );
  const drawn = steps.map((step, place) => (
    <li
      key={step.key}
      data-chosen={step.key === chosen || undefined}
      data-wrong={isWrong(simulated, place) || undefined}
    >
      <button
        type="button"
        className="step-button"
        data-step={step.key}
        aria-pressed={step.key === chosen}
        onClick={() => onChoose(step.key)}
      >
        <When steps={steps} place={place} />
        <LevelTag level={step.level} name={step.name} formalNotice={step.formalNotice} />
        <Channels channels={step.channels} />
        <span className="quiet">{countOf(step, simulated?.effect?.steps[place], words)}</span>
      </button>
    </li>
  ));
  return (
    <ol className="time-line editable" ref={list} onKeyDown={walk}>
      {drawn.slice(0, before)}
      {dueMark}
      {drawn.slice(before)}
      <li className="after-last" data-chosen={chosen === afterLastKey || undefined}>
        <button
          type="button"
          className="step-button"
          data-step={afterLastKey}
          aria-pressed={chosen === afterLastKey}
          onClick={() => onChoose(afterLastKey)}
        >
          <AfterLast steps={steps} ending={ending} />
          {simulated?.effect == null || simulated.effect.asked === 0 ? null : (
            <span className="quiet">{words.tasks(simulated.effect.asked)}</span>
          )}
        </button>
      </li>
    </ol>
  );
}

const isWrong = (simulated: Simulated | undefined, place: number): boolean =>
  simulated?.problems.some((one) => one.step === place) ?? false;

function countOf(
  { channels }: DraftStep,
  counted: { messages: number; tasks: number } | undefined,
  words: ReturnType<typeof useEditorWords>,
): string {
  if (counted === undefined) return '';
  const { messages, tasks } = counted;
  return messages === 0 && channels[0] === 'task' ? words.tasks(tasks) : words.leaving(messages, tasks);
}
