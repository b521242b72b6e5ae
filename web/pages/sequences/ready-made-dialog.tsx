// "Séquences prêtes à l'emploi": for whom each is, its steps in a line, and a button that adds it and opens it in the editor, where
// its effect is seen before anybody is in it.
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReadyMade } from '../../../src/contract/ready-made.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { Channels } from '../../parts/channel.tsx';
import { at, useChange, useThing } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useTell } from '../../ui/tell.ts';
import { useReadyMadeWords } from './ready-made-words.ts';
import { useSequencesWords } from './words.ts';

/** The button, and what it opens. */
export function ReadyMadeSequences() {
  const words = useReadyMadeWords();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {words.open}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} size="xl" title={words.open}>
        {opened ? <Offer /> : null}
      </Dialog>
    </>
  );
}

function Offer() {
  const { company } = useInside();
  const words = useReadyMadeWords();
  const navigate = useNavigate();
  const tell = useTell();
  const offered = useThing<{ rows: ReadyMade[] }>(company.id, 'ready-made-sequences');
  const [adding, setAdding] = useState<string | null>(null);
  const add = useChange(company.id, ({ code }: ReadyMade) =>
    call<{ sequenceId: string }>('POST', at(company.id, `/ready-made-sequences/${code}`)),
  );
  const submit = (one: ReadyMade) => {
    setAdding(one.code);
    add.mutate(one, {
      onSuccess: ({ sequenceId }) => {
        tell.done(words.added(one.title));
        // Nobody is in it yet: its effect is what it would do to everyone.
        void navigate({ to: '/sequences/$sequenceId', params: { sequenceId }, search: { who: 'everyone' } });
      },
    });
  };
  return (
    <Loaded query={offered} data={offered.data} what={words.whole}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty>
            <Text>{words.none}</Text>
          </Empty>
        ) : (
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              {words.intro}
            </Text>
            {add.isError ? <Failure error={add.error} /> : null}
            <ul className="ready-made">
              {rows.map((one) => (
                <OneOffer
                  key={one.code}
                  one={one}
                  isAdding={add.isPending && adding === one.code}
                  disabled={add.isPending}
                  onAdd={() => submit(one)}
                />
              ))}
            </ul>
          </Stack>
        )
      }
    </Loaded>
  );
}

interface OneOfferProps {
  one: ReadyMade;
  isAdding: boolean;
  /** Another one is being added. */
  disabled: boolean;
  onAdd: () => void;
}

function OneOffer({ one, isAdding, disabled, onAdd }: OneOfferProps) {
  const { company } = useInside();
  const words = useReadyMadeWords();
  const { day, endings } = useSequencesWords();
  const { title, forWhom, description, law, sequenceId, steps, ending } = one;
  const last = steps.at(-1);
  return (
    <li>
      <div>
        <Group gap="xs">
          <Title order={3} size="h4">
            {title}
          </Title>
          {sequenceId === null ? null : <Tag meaning="paid">{words.there}</Tag>}
        </Group>
        <Text size="sm">{forWhom}</Text>
        {/* Of one that is there already the sequence itself says what it is by now. */}
        {sequenceId === null ? (
          <Text size="sm" c="dimmed">
            {description}
          </Text>
        ) : null}
        {law === null || law === company.country ? null : <Text size="sm">{words.foreignLaw}</Text>}
      </div>
      <ol className="ready-made-steps" aria-label={words.steps(title)}>
        {steps.map((step) => (
          <li key={step.level}>
            <span className="when">{day(step.offsetDays)}</span> {step.name}
            {step.channels.includes('task') ? (
              <>
                {' '}
                <Channels channels={step.channels} />
              </>
            ) : null}
            {step.requiresApproval ? <span className="quiet"> ({words.toApprove})</span> : null}
          </li>
        ))}
        {ending.kind === 'litigation' && last !== undefined ? (
          <li>
            <span className="when">{day(last.offsetDays + ending.days)}</span> {endings.litigation}
          </li>
        ) : null}
      </ol>
      {sequenceId === null ? (
        <Button
          aria-label={words.addNamed(title)}
          loading={isAdding}
          disabled={disabled && !isAdding}
          variant="light"
          onClick={onAdd}
        >
          {words.add}
        </Button>
      ) : (
        <Button component={Link} to={`/sequences/${sequenceId}`} aria-label={words.editNamed(title)} variant="default">
          {words.edit}
        </Button>
      )}
    </li>
  );
}
