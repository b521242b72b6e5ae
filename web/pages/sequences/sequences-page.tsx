// "Séquences", to be read: each drawn around the due date; a step opens the template that its message is made from.
import { Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { EnrolmentRules } from '../../../src/contract/enrolment-rule.ts';
import type { Sequence, Step } from '../../../src/contract/sequence.ts';
import { useInside } from '../../inside.tsx';
import { Channels } from '../../parts/channel.tsx';
import { PauseDialog, useResume } from '../../parts/pause-dialog.tsx';
import { useThing } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import { asked } from '../../ui/not-loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loaded, Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useWords } from '../../words/words.tsx';
import { ReadyMadeSequences } from './ready-made-dialog.tsx';
import { Rules } from './rules.tsx';
import './sequences.css';
import { TemplateDialog } from './template-dialog.tsx';
import { AfterLast, When } from './when.tsx';
import { useSequencesWords } from './words.ts';

export function SequencesPage() {
  const { company, mayManage } = useInside();
  const { screens } = useWords();
  const words = useSequencesWords();
  const sequences = useThing<{ rows: Sequence[] }>(company.id, 'sequences');
  const rules = useThing<EnrolmentRules>(company.id, 'enrolment-rules');
  const [read, setRead] = useState<Step | null>(null);
  return (
    <Page
      title={screens.sequences}
      detail={words.intro}
      actions={
        mayManage ? (
          <>
            <ReadyMadeSequences />
            <Button component={Link} to="/sequences/new">
              {words.add}
            </Button>
          </>
        ) : null
      }
    >
      <Loaded
        query={asked(sequences, rules)}
        data={sequences.data && rules.data && { rules: rules.data, ...sequences.data }}
      >
        {({ rows, rules: saved }) => (
          <>
            {rows.length === 0 ? (
              <Empty>
                <Text>{words.empty}</Text>
              </Empty>
            ) : (
              rows.map((sequence) => <Drawn key={sequence.id} sequence={sequence} onRead={setRead} />)
            )}
            <Rules saved={saved} sequences={rows} />
          </>
        )}
      </Loaded>
      <TemplateDialog step={read} onClose={() => setRead(null)} />
    </Page>
  );
}

function Drawn({ sequence, onRead }: { sequence: Sequence; onRead: (step: Step) => void }) {
  const { company, mayAct, mayManage } = useInside();
  const words = useSequencesWords();
  const format = useFormat(company.today);
  const { steps, ending } = sequence;
  const drawn = steps.map((step, place) => <OneStep key={step.id} steps={steps} place={place} onRead={onRead} />);
  const before = steps.filter((step) => step.offsetDays < 0).length;
  return (
    <Section
      title={sequence.title}
      hint={sequence.description === '' ? undefined : sequence.description}
      actions={
        <Group gap="xs">
          <Link to="/customers" search={{ sequence: sequence.id }} className="quiet figures">
            {words.size(sequence.customers, sequence.receivables)}
          </Link>
          {sequence.paused === null ? null : (
            <Tag meaning="paused">
              {sequence.paused.untilOn === null ? words.paused : words.pausedUntil(format.day(sequence.paused.untilOn))}
            </Tag>
          )}
          {sequence.isDefault ? <Tag meaning="paid">{words.isDefault}</Tag> : null}
          {mayAct ? <PauseButton sequence={sequence} /> : null}
          {mayManage ? (
            <Button component={Link} to={`/sequences/new?copy=${sequence.id}`} variant="subtle" size="xs">
              {words.copy}
            </Button>
          ) : null}
          <Button component={Link} to={`/sequences/${sequence.id}`} variant="default" size="xs">
            {mayManage ? words.edit : words.look}
          </Button>
        </Group>
      }
    >
      <ol className="time-line" aria-label={words.steps(sequence.title)}>
        {drawn.slice(0, before)}
        <li className="due-date">
          <span className="when">{words.day(0)}</span>
          <span>{words.due}</span>
        </li>
        {drawn.slice(before)}
        {ending.kind === 'nothing' ? null : (
          <li className="after-last">
            <AfterLast steps={steps} ending={ending} />
          </li>
        )}
      </ol>
    </Section>
  );
}

/** All that is in it stands still, or goes on. */
function PauseButton({ sequence }: { sequence: Sequence }) {
  const words = useSequencesWords();
  const [asking, setAsking] = useState(false);
  const target = { sequenceId: sequence.id };
  const { resume, isPending } = useResume(target);
  return (
    <>
      <Button
        variant="subtle"
        size="xs"
        loading={isPending}
        onClick={sequence.paused === null ? () => setAsking(true) : resume}
      >
        {sequence.paused === null ? words.pause : words.resume}
      </Button>
      <PauseDialog target={target} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}

interface OneStepProps {
  steps: readonly Step[];
  place: number;
  onRead: (step: Step) => void;
}

function OneStep({ steps, place, onRead }: OneStepProps) {
  const step = steps[place]!;
  const { company } = useInside();
  const words = useSequencesWords();
  const format = useFormat(company.today);
  const bounds = Object.entries(step.approvalFrom).map(([currency, minor]) => format.amount(minor, currency));
  const minimums = Object.entries(step.minimums).map(([currency, minor]) => format.amount(minor, currency));
  const isTask = step.channels.every((channel) => channel === 'task');
  const details = [
    isTask
      ? null
      : step.requiresApproval || step.formalNotice
        ? words.approval
        : words.mayBeApproved(bounds.join(', '), step.leavesAfterHours),
    step.attachInvoice && !isTask ? words.pdf : null,
    step.fileIds.length > 0 && !isTask ? words.files(step.fileIds.length) : null,
    minimums.length > 0 ? words.minimum(minimums.join(', ')) : null,
    step.senderName === null ? null : words.ownSender(step.senderName),
  ].filter((one) => one !== null);
  return (
    <li>
      <When steps={steps} place={place} />
      <LevelTag level={step.level} name={step.name} formalNotice={step.formalNotice} />
      <Channels channels={step.channels} />
      {step.taskText === null ? null : <span>{step.taskText}</span>}
      {details.length === 0 ? null : <span className="quiet">{details.join(' · ')}</span>}
      <span className="quiet">
        {words.to(step.rolesTo.map((role) => words.roles[role]).join(words.or))}
        {step.rolesCc.length === 0
          ? ''
          : `, ${words.cc(step.rolesCc.map((role) => words.roles[role]).join(words.and))}`}
      </span>
      {isTask ? null : (
        <button type="button" className="link" onClick={() => onRead(step)}>
          {words.message}
        </button>
      )}
    </li>
  );
}
