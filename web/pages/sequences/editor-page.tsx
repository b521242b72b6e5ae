// One sequence, edited: its steps around the due date, the step that is chosen, and beside it what the whole would do to the invoices
// of today before anything is saved.
import { Alert, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Sequence, Simulated } from '../../../src/contract/sequence.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { type NamedTemplate, useTemplates } from '../../parts/templates.ts';
import { at, useChange, useThing } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { asked } from '../../ui/not-loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loaded, Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useUndoable } from '../../ui/undoable.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import {
  afterLastKey,
  bodyOf,
  copyOf,
  type DraftStep,
  draftOf,
  isAbout,
  isSame,
  type SequenceDraft,
  saidOf,
  withAnother,
  withChanged,
  withCopy,
  without,
  withStep,
} from './draft.ts';
import './editor.css';
import { useEditorWords } from './editor-words.ts';
import { Effect } from './effect.tsx';
import { EndingForm } from './ending-form.tsx';
import { Ladder } from './ladder.tsx';
import { Members } from './members.tsx';
import { RemoveSequence } from './remove-sequence.tsx';
import { Replay } from './replay.tsx';
import { StepForm } from './step-form.tsx';

const daysAhead = 60;

/** A sequence that exists. */
export function EditSequencePage() {
  const words = useEditorWords();
  const { sequenceId } = useParams({ from: '/sequences/$sequenceId' });
  const { who = 'enrolled' } = useSearch({ from: '/sequences/$sequenceId' });
  return (
    <WithAll>
      {(sequences, templates) => {
        const sequence = sequences.find((row) => row.id === sequenceId);
        return sequence === undefined ? (
          <Page title={words.whole} back={<Link to="/sequences">{words.back}</Link>}>
            <Empty>
              <Text>{words.gone}</Text>
            </Empty>
          </Page>
        ) : (
          <Editor key={sequence.id} saved={draftOf(sequence)} sequence={sequence} templates={templates} counted={who} />
        );
      }}
    </WithAll>
  );
}

/** A new one: empty, or a copy of another. */
export function NewSequencePage() {
  const words = useEditorWords();
  const { copy } = useSearch({ from: '/sequences/new' });
  return (
    <WithAll>
      {(sequences, templates) => {
        const original = sequences.find((row) => row.id === copy);
        const first: SequenceDraft =
          original === undefined
            ? { title: '', description: '', makeDefault: false, steps: [], ending: { kind: 'nothing' } }
            : copyOf(original, words.copyTitle(original.title));
        return <Editor key={copy ?? 'new'} saved={first} sequence={null} templates={templates} counted="everyone" />;
      }}
    </WithAll>
  );
}

interface WithAllProps {
  children: (sequences: readonly Sequence[], templates: readonly NamedTemplate[]) => ReactNode;
}

/** The sequences, and the templates that their steps name: without either there is nothing to be edited. */
function WithAll({ children }: WithAllProps) {
  const { company } = useInside();
  const words = useEditorWords();
  const sequences = useThing<{ rows: Sequence[] }>(company.id, 'sequences');
  const { query, templates } = useTemplates();
  if (sequences.data !== undefined && templates !== undefined)
    return children(
      sequences.data.rows,
      templates.filter(({ kind }) => kind === 'reminder'),
    );
  return (
    <Page title={words.whole} back={<Link to="/sequences">{words.back}</Link>}>
      <Loaded query={asked(sequences, query)} data={undefined} what={words.whole}>
        {() => null}
      </Loaded>
    </Page>
  );
}

interface EditorProps {
  /** What it begins with; a new one is worth saving from its first word on. */
  saved: SequenceDraft;
  sequence: Sequence | null;
  templates: readonly NamedTemplate[];
  /** Whose invoices the effect is counted on to begin with. */
  counted: 'enrolled' | 'everyone';
}

function Editor({ saved: shown, sequence, templates, counted }: EditorProps) {
  const { company, mayManage } = useInside();
  const words = useEditorWords();
  const navigate = useNavigate();
  const tell = useTell();
  const undoable = useUndoable();
  // What others save meanwhile does not take away what is typed here.
  const [saved] = useState(shown);
  const [draft, setDraft] = useState(shown);
  const [chosen, setChosen] = useState<string | null>(shown.steps[0]?.key ?? null);
  const [who, setWho] = useState(counted);
  const changed = !isSame(draft, saved);
  const leave = useUnsaved(mayManage && changed, words.unsaved);
  const simulation = useSimulation(company.id, sequence?.id ?? null, draft, who);
  const simulated = simulation.data;
  const save = useChange(company.id, () =>
    sequence === null
      ? call('POST', at(company.id, '/sequences'), bodyOf(draft))
      : call('PUT', at(company.id, `/sequences/${sequence.id}`), bodyOf(draft)),
  );
  const step = draft.steps.find((one) => one.key === chosen);
  const place = draft.steps.findIndex((one) => one.key === chosen);
  const add = () => {
    const usual = draft.steps.some((one) => one.offsetDays >= 0) ? 'firm' : 'friendly';
    const templateKey = (templates.find((one) => one.key === usual) ?? templates[0])?.key ?? usual;
    const [next, key] = withAnother(draft, (level) => `R${level}`, templateKey);
    setDraft(next);
    setChosen(key);
  };
  const copy = (key: string) => {
    const [next, made] = withCopy(draft, key);
    setDraft(next);
    setChosen(made);
  };
  const remove = (removed: DraftStep) => {
    const next = without(draft, removed.key);
    setDraft(next);
    setChosen(next.steps[Math.min(place, next.steps.length - 1)]?.key ?? null);
    undoable({
      id: 'step-removed',
      text: words.removed(removed.name),
      seconds: 10,
      onUndo: () => {
        setDraft((now) => withStep(now, removed, place));
        setChosen(removed.key);
      },
    });
  };
  const submit = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        leave();
        tell.done(words.saved);
        void navigate({ to: '/sequences' });
      },
    });
  return (
    <Page
      title={draft.title.trim() === '' ? (sequence === null ? words.newOne : words.untitled) : draft.title}
      back={<Link to="/sequences">{words.back}</Link>}
      detail={
        draft.steps.length < 2 || simulated === undefined
          ? undefined
          : words.length(simulated.lengthDays, isAbout(draft.steps, draft.steps.length - 1))
      }
      actions={
        mayManage ? (
          <>
            {sequence === null || sequence.isDefault ? null : <RemoveSequence sequence={sequence} onRemoved={leave} />}
            <Button
              onClick={submit}
              loading={save.isPending}
              disabled={!(changed || sequence === null) || (simulated?.problems.length ?? 0) > 0}
            >
              {words.save}
            </Button>
          </>
        ) : undefined
      }
    >
      {save.isError ? <Failure error={save.error} /> : null}
      {mayManage ? null : <Text c="dimmed">{words.readOnly}</Text>}
      <fieldset className="plain-fieldset" disabled={!mayManage}>
        <Stack gap="md" mb="md">
          <Group align="flex-start" grow preventGrowOverflow={false}>
            <TextInput
              label={words.titleField}
              value={draft.title}
              maxLength={200}
              onChange={(event) => setDraft({ ...draft, title: event.currentTarget.value })}
            />
            <TextInput
              label={words.description}
              value={draft.description}
              maxLength={2000}
              onChange={(event) => setDraft({ ...draft, description: event.currentTarget.value })}
            />
          </Group>
          <Checkbox
            label={words.isDefault}
            description={sequence?.isDefault ? words.staysDefault : words.isDefaultHint}
            checked={draft.makeDefault || (sequence?.isDefault ?? false)}
            disabled={sequence?.isDefault ?? false}
            onChange={(event) => setDraft({ ...draft, makeDefault: event.currentTarget.checked })}
          />
        </Stack>
      </fieldset>
      <Said simulated={simulated} draft={draft} onChoose={setChosen} />
      <Section
        title={words.steps}
        hint={draft.steps.length > 1 ? words.stepsHint : undefined}
        actions={
          mayManage ? (
            <Button variant="default" size="xs" onClick={add}>
              {words.addStep}
            </Button>
          ) : null
        }
      >
        {draft.steps.length === 0 ? (
          <Empty>
            <Text>{words.noStep}</Text>
          </Empty>
        ) : (
          <Ladder draft={draft} simulated={simulated} chosen={chosen} onChoose={setChosen} />
        )}
      </Section>
      <div className="editor-columns">
        {step === undefined ? null : (
          <fieldset className="plain-fieldset" disabled={!mayManage}>
            <StepForm
              key={step.key}
              step={step}
              before={draft.steps[place - 1]}
              said={saidOf(simulated, place)}
              templates={templates}
              onChange={(change) => setDraft(withChanged(draft, step.key, change))}
              onCopy={() => copy(step.key)}
              onRemove={() => remove(step)}
            />
          </fieldset>
        )}
        {chosen === afterLastKey && draft.steps.length > 0 ? (
          <fieldset className="plain-fieldset" disabled={!mayManage}>
            <EndingForm
              ending={draft.ending}
              last={draft.steps.at(-1)!}
              onChange={(ending) => setDraft({ ...draft, ending })}
            />
          </fieldset>
        ) : null}
        <Effect simulation={simulation} daysAhead={daysAhead} who={who} onWho={setWho} />
      </div>
      {draft.steps.length === 0 ? null : <Replay draft={draft} />}
      {sequence === null ? null : <Members sequence={sequence} />}
    </Page>
  );
}

/** What the draft would do, asked for when the person has stopped typing; the last answer stays until the next is there. */
function useSimulation(
  companyId: string,
  sequenceId: string | null,
  draft: SequenceDraft,
  who: 'enrolled' | 'everyone',
) {
  const [settled] = useDebouncedValue(draft, 400);
  const body = { ...bodyOf(settled), ...(sequenceId === null ? {} : { id: sequenceId }), days: daysAhead, who };
  return useQuery({
    queryKey: ['company', companyId, 'simulation', body],
    queryFn: ({ signal }) => call<Simulated>('POST', at(companyId, '/sequences/simulation'), body, signal),
    placeholderData: keepPreviousData,
  });
}

interface SaidProps {
  simulated: Simulated | undefined;
  draft: SequenceDraft;
  onChoose: (key: string) => void;
}

/** What keeps it from being saved, and what is likely not meant: each leads to its step. */
function Said({ simulated, draft, onChoose }: SaidProps) {
  const words = useEditorWords();
  const { problems, warnings } = simulated ?? { problems: [], warnings: [] };
  const touched = draft.steps.length > 0 || draft.title !== '';
  const groups = [
    { title: words.toCorrect, color: 'red', said: touched ? problems : [] },
    { title: words.toLookAt, color: 'yellow', said: warnings },
  ].filter(({ said }) => said.length > 0);
  return groups.map(({ title, color, said }) => (
    <Alert key={color} color={color} variant="outline" className="notes" mb="md">
      <strong>{title}</strong>
      <ul>
        {said.map(({ code, step, text }) => {
          const about = step === null ? undefined : draft.steps[step];
          return (
            <li key={`${code} ${step}`}>
              {about === undefined ? null : (
                <>
                  <button type="button" className="link" onClick={() => onChoose(about.key)}>
                    {about.name}
                  </button>
                  {' · '}
                </>
              )}
              {text}
            </li>
          );
        })}
      </ul>
    </Alert>
  ));
}
