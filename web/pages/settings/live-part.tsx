// From practice to real sending, one act of the owner: what must be there first, what would leave, and then the act itself.
import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { MailServerState } from '../../../src/contract/company.ts';
import type { Preview } from '../../../src/contract/plan.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useFigures, useThing } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useTell } from '../../ui/tell.ts';
import { useSettingsWords } from './words.ts';

const daysAhead = 30;

export function LivePart() {
  const { company, isOwner } = useInside();
  const words = useSettingsWords();
  const format = useFormat(company.today);
  if (company.mode === 'live') {
    return <Text>{words.liveAlready(format.day((company.wentLiveAt ?? company.today).slice(0, 10)))}</Text>;
  }
  if (company.sample) return <Text>{words.liveDemo}</Text>;
  return (
    <Stack gap="md">
      <Text className="measure">{words.liveIntro}</Text>
      {isOwner ? <GoingLive /> : <p className="quiet">{words.ownerOnly}</p>}
    </Stack>
  );
}

function GoingLive() {
  const { company } = useInside();
  const words = useSettingsWords();
  const state = useThing<MailServerState>(company.id, 'mail-server');
  const figures = useFigures(company.id);
  const server = state.data?.mailServer ?? null;
  const hasInvoices = (figures.data?.openInvoices ?? 0) > 0;
  const checks = [
    { said: words.checkSender, done: company.senderEmail !== null, part: 'sender', needed: true },
    { said: words.checkServer, done: server !== null, part: 'mail', needed: true },
    { said: words.checkTested, done: server !== null && server.testedAt !== null, part: 'mail', needed: true },
    { said: words.checkPayment, done: company.paymentDetails !== null, part: 'sender', needed: false },
  ];
  return (
    <>
      <Section title={words.checks}>
        {/* What is not known yet is not missing. */}
        <Loaded query={state.data === undefined ? state : figures} data={state.data && figures.data}>
          {() => (
            <ul className="lines checks">
              {checks.map(({ said, done, part, needed }) => (
                <Check key={said} done={done} needed={needed}>
                  {done ? (
                    said
                  ) : (
                    <Link to="/settings" search={{ part }}>
                      {said}
                    </Link>
                  )}
                </Check>
              ))}
              <Check done={hasInvoices} needed={false}>
                {hasInvoices ? words.checkInvoices : <Link to="/imports">{words.checkInvoices}</Link>}
              </Check>
            </ul>
          )}
        </Loaded>
      </Section>
      <WhatWouldLeave />
      <Act ready={checks.every(({ done, needed }) => done || !needed)} />
    </>
  );
}

function Check({ done, needed, children }: { done: boolean; needed: boolean; children: ReactNode }) {
  const words = useSettingsWords();
  return (
    <li>
      <Tag meaning={done ? 'paid' : needed ? 'late' : 'due'}>{done ? words.checkDone : words.checkMissing}</Tag>
      <span>{children}</span>
      {needed ? null : <span className="quiet">{words.optional}</span>}
    </li>
  );
}

type Planned = Preview['reminders'][number];

function WhatWouldLeave() {
  const { company } = useInside();
  const words = useSettingsWords();
  const format = useFormat(company.today);
  const until = new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10);
  const preview = useThing<Preview>(company.id, `preview?goingLive=true&day=${until}`);
  const columns: Column<Planned>[] = [
    { title: words.leavesOn, cell: (row) => format.day(row.leavesOn) },
    { title: words.customer, cell: (row) => <strong>{row.customerName}</strong> },
    { title: words.invoices, cell: (row) => <Numbers numbers={row.invoiceNumbers} /> },
    { title: words.level, cell: (row) => <LevelTag level={row.level} name={row.stepName} /> },
    { title: words.amount, amount: true, cell: (row) => format.asked(row) },
  ];
  return (
    <Section title={words.livePreview} hint={words.livePreviewHint(format.day(until))}>
      <Loaded query={preview} data={preview.data}>
        {({ reminders, reminderCount, outsideCount }) => (
          <Stack gap="xs">
            <Text size="sm">
              {reminderCount === 0 ? words.livePreviewNone : words.livePreviewCount(reminderCount)}
              {reminderCount > reminders.length ? ` ${words.livePreviewFirst(reminders.length)}` : ''}{' '}
              {outsideCount > 0 ? words.liveOutside(outsideCount) : ''} {words.liveApproval}
            </Text>
            {reminders.length === 0 ? null : (
              <Rows
                label={words.livePreview}
                columns={columns}
                rows={reminders}
                keyOf={(row) => `${row.leavesOn} ${row.customerId} ${row.level} ${row.invoiceIds[0]}`}
              />
            )}
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

function Act({ ready }: { ready: boolean }) {
  const { company } = useInside();
  const words = useSettingsWords();
  const tell = useTell();
  const navigate = useNavigate();
  const [confirmed, setConfirmed] = useState(false);
  const go = useChange(company.id, () => call('POST', at(company.id, '/go-live'), { confirmed: true }));
  return (
    <Stack gap="sm" align="flex-start" mt="md">
      <Checkbox
        label={words.liveConfirm}
        checked={confirmed}
        disabled={!ready}
        onChange={(event) => setConfirmed(event.currentTarget.checked)}
      />
      {go.isError ? <Failure error={go.error} /> : null}
      <Button
        disabled={!ready || !confirmed}
        loading={go.isPending}
        onClick={() =>
          go.mutate(undefined, {
            onSuccess: () => {
              tell.done(words.liveDone);
              void navigate({ to: '/' });
            },
          })
        }
      >
        {words.liveSubmit}
      </Button>
    </Stack>
  );
}
