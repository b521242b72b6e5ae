// On a message that left: which addresses did not take it, in whose words; and that it came back, said by a person.
import { Button, Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { UndeliveredReported } from '../../src/contract/bounce.ts';
import type { Message } from '../../src/contract/reminder.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { useFormat } from '../ui/format.ts';
import { Tag } from '../ui/tag.tsx';
import { useTell } from '../ui/tell.ts';
import { useWords } from '../words/words.tsx';
import { useBounceWords } from './bounce-words.ts';
import { RefuseDialog } from './refuse-form.tsx';

interface MessageBouncesProps {
  reminderId: string;
  message: Message;
}

export function MessageBounces({ reminderId, message }: MessageBouncesProps) {
  const { company, mayAct } = useInside();
  const { messages: states } = useWords();
  const words = useBounceWords();
  const format = useFormat(company.today);
  const [reporting, setReporting] = useState(false);
  const { bounces, state } = message;
  const others = stillReached(message);
  const all = [...new Set([...message.to, ...message.cc])];
  // Also where all of them refused it: an address that no server called unknown is blocked here.
  const mayHaveComeBack = ['sent', 'in_doubt', 'undelivered'].includes(state);
  return (
    <>
      {bounces.length === 0 ? null : (
        <div className="bounces">
          {state === 'undelivered' ? <Tag meaning="very-late">{states.undelivered}</Tag> : null}
          <ul className="lines">
            {bounces.map((one) => (
              <li key={`${one.address} ${one.kind}`}>
                <span>{words[one.kind](one.address, one.reason)}</span>
                <span className="quiet">
                  {format.day(one.notedOn)}
                  {' · '}
                  {words.sources[one.source]}
                </span>
              </li>
            ))}
          </ul>
          {state === 'undelivered' ? (
            <p className="quiet">
              {words.undelivered} {message.waits ? words.waits : ''}
            </p>
          ) : null}
          {state === 'sent' && others.length > 0 && bounces.some(({ kind }) => kind === 'failed') ? (
            <p className="quiet">{words.others(others.join(', '))}</p>
          ) : null}
        </div>
      )}
      {mayAct && message.waits ? <Decide reminderId={reminderId} /> : null}
      {mayAct && mayHaveComeBack ? (
        <Group>
          <Button size="compact-sm" variant="default" onClick={() => setReporting(true)}>
            {words.report}
          </Button>
        </Group>
      ) : null}
      <Dialog opened={reporting} onClose={() => setReporting(false)} title={words.title}>
        {reporting ? (
          <ReportForm
            reminderId={reminderId}
            addresses={others.length > 0 ? others : all}
            hasWaited={message.waits}
            onClose={() => setReporting(false)}
          />
        ) : null}
      </Dialog>
    </>
  );
}

/** What came back is sent again, or the step is passed over. */
function Decide({ reminderId }: { reminderId: string }) {
  const { company } = useInside();
  const { problems: words, approve } = useWords();
  const tell = useTell();
  const [refusing, setRefusing] = useState(false);
  const resolve = useChange(company.id, () =>
    call('POST', at(company.id, `/reminders/${reminderId}/resolve`), { outcome: 'send-again' }),
  );
  return (
    <Group gap="xs">
      <Button
        size="compact-sm"
        loading={resolve.isPending}
        onClick={() => resolve.mutate(undefined, { onSuccess: () => tell.done(words.resolved), onError: tell.failed })}
      >
        {words.sendAgain}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setRefusing(true)}>
        {approve.refuse}
      </Button>
      <RefuseDialog
        reminder={refusing ? { id: reminderId, kind: 'reminder' } : null}
        onClose={() => setRefusing(false)}
      />
    </Group>
  );
}

/** Addresses of the message that nobody says refused it. */
function stillReached({ to, cc, bounces }: Message): string[] {
  const refused = bounces.filter(({ kind }) => kind === 'failed').map(({ address }) => address);
  return [...new Set([...to, ...cc])].filter((address) => !refused.includes(address.toLowerCase()));
}

type Why = 'unknown' | 'full' | 'refused';

interface ReportFormProps {
  reminderId: string;
  addresses: string[];
  /** It came back before, and waits for a decision. */
  hasWaited: boolean;
  onClose: () => void;
}

function ReportForm({ reminderId, addresses, hasWaited, onClose }: ReportFormProps) {
  const { company } = useInside();
  const words = useBounceWords();
  const tell = useTell();
  const [chosen, setChosen] = useState(addresses.slice(0, 1));
  const [why, setWhy] = useState<Why>('unknown');
  const [blocks, setBlocks] = useState(true);
  const report = useChange(company.id, () =>
    call<UndeliveredReported>('POST', at(company.id, `/reminders/${reminderId}/undelivered`), {
      addresses: chosen,
      reason: words.reasons[why],
      blocks,
    }),
  );
  const choose = (value: Why) => {
    setWhy(value);
    setBlocks(value === 'unknown');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    report.mutate(undefined, {
      onSuccess: ({ others, waits }) => {
        tell.done(words.reported(others.join(', '), waits || hasWaited));
        onClose();
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{words.hint}</Text>
        {addresses.length === 1 ? (
          <Text size="sm" className="address">
            {words.addresses} <strong>{addresses[0]}</strong>
          </Text>
        ) : (
          <Checkbox.Group label={words.addresses} value={chosen} onChange={setChosen}>
            <Stack gap="xs" mt={4}>
              {addresses.map((address) => (
                <Checkbox key={address} value={address} label={address} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <NativeSelect
          label={words.reason}
          value={why}
          data={(['unknown', 'full', 'refused'] as const).map((value) => ({ value, label: words.reasons[value] }))}
          onChange={(event) => choose(event.currentTarget.value as Why)}
          data-autofocus
        />
        <Checkbox
          label={words.blocks}
          description={words.blocksHint}
          checked={blocks}
          onChange={(event) => setBlocks(event.currentTarget.checked)}
        />
        <FormFoot change={report} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}
