// Customers who follow a sequence, on its own page: others are added, some are taken out; what they leave is said first.
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { CustomerRow } from '../../../src/contract/customer.ts';
import type { Sequence } from '../../../src/contract/sequence.ts';
import { useInside } from '../../inside.tsx';
import { EnrolDialog, useEnrolling, WhatChanges } from '../../parts/enrol-dialog.tsx';
import { OperationInDialog } from '../../parts/operation.tsx';
import { allPages, queryOf, useList } from '../../queries.ts';
import { ChosenBar, ChosenButton } from '../../ui/chosen-bar.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Loaded, Section } from '../../ui/section.tsx';
import { useSelection } from '../../ui/selection.ts';
import { useTell } from '../../ui/tell.ts';
import { useMembersWords } from './members-words.ts';

/** So many are shown at first. */
const shownAtOnce = 20;
/** What one operation takes. */
const most = 20_000;

export function Members({ sequence }: { sequence: Sequence }) {
  const { company, mayAct } = useInside();
  const words = useMembersWords();
  const list = useList<CustomerRow>(company.id, 'customers', queryOf({ sequence: sequence.id }), shownAtOnce);
  const selection = useSelection();
  const columns = useColumns('held');
  const [adding, setAdding] = useState(false);
  const [moving, setMoving] = useState(false);
  return (
    <Section
      title={words.title}
      anchor="customers"
      count={sequence.customers}
      hint={words.hint}
      actions={
        mayAct ? (
          <Button variant="default" size="xs" onClick={() => setAdding(true)}>
            {words.add}
          </Button>
        ) : null
      }
    >
      <Loaded query={list} data={list.data?.pages.flatMap((page) => page.rows)}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty>
              <Text>{words.empty}</Text>
            </Empty>
          ) : (
            <Rows
              label={words.title}
              columns={columns}
              rows={rows}
              keyOf={(row) => row.id}
              choosing={
                mayAct ? { selection, label: (row) => words.select(row.name), labelAll: words.selectAll } : undefined
              }
            />
          )
        }
      </Loaded>
      <MoreButton query={list} />
      <ChosenBar selection={selection} label={words.selected(selection.chosen.size)}>
        <ChosenButton onClick={() => setMoving(true)}>{words.takeOut}</ChosenButton>
      </ChosenBar>
      <EnrolDialog
        customerIds={moving ? [...selection.chosen] : []}
        first="none"
        onClose={() => setMoving(false)}
        onDone={() => {
          setMoving(false);
          selection.clear();
        }}
      />
      <Dialog opened={adding} onClose={() => setAdding(false)} title={words.addTitle(sequence.title)} size="xl">
        <AddForm sequence={sequence} onClose={() => setAdding(false)} />
      </Dialog>
    </Section>
  );
}

/** `held`: what put them in the sequence; `followed`: which one they follow. */
function useColumns(says: 'held' | 'followed'): Column<CustomerRow>[] {
  const { company } = useInside();
  const words = useMembersWords();
  const format = useFormat(company.today);
  return [
    {
      title: words.customer,
      cell: ({ id, name }) =>
        says === 'held' ? (
          <Link to="/customers/$customerId" params={{ customerId: id }}>
            {name}
          </Link>
        ) : (
          <strong>{name}</strong>
        ),
    },
    { title: words.number, cell: ({ number }) => <span className="quiet">{number}</span> },
    {
      title: says === 'held' ? words.held : words.followed,
      cell: ({ followsTitle, enrolment, ruleName }) =>
        says === 'held'
          ? words.by(ruleName === null ? enrolment : 'rule', ruleName ?? '')
          : (followsTitle ?? words.noReminders),
    },
    {
      title: words.open,
      amount: true,
      cell: ({ open }) => open.map(({ minor, currency }) => format.amount(minor, currency)).join(' · '),
    },
  ];
}

interface AddFormProps {
  sequence: Sequence;
  onClose: () => void;
}

function AddForm({ sequence, onClose }: AddFormProps) {
  const { company } = useInside();
  const words = useMembersWords();
  const tell = useTell();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const list = useList<CustomerRow>(
    company.id,
    'customers',
    queryOf({ search, outsideSequence: sequence.id }),
    shownAtOnce,
  );
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const selection = useSelection();
  const columns = useColumns('followed');
  const customerIds = [...selection.chosen];
  const enrolling = useEnrolling(customerIds, sequence.id, onClose);
  if (enrolling.begun !== null) return <OperationInDialog operationId={enrolling.begun} onClose={onClose} />;
  const choosesAll = list.hasNextPage && rows?.every((row) => selection.chosen.has(row.id)) === true;
  const chooseAll = () =>
    allPages(list, most).then(
      (pages) => selection.choose(pages.flatMap((page) => page.rows).map((row) => row.id)),
      tell.failed,
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (customerIds.length > 0) enrolling.submit();
  };
  return (
    <Stack>
      <TextInput
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={typed}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section className="choose-customers" aria-label={words.found} tabIndex={0}>
        <Loaded query={list} data={rows}>
          {(shown) =>
            shown.length === 0 ? (
              <Text size="sm">{search === '' ? words.allAreIn : words.nothing}</Text>
            ) : (
              <Rows
                label={words.found}
                columns={columns}
                rows={shown}
                keyOf={(row) => row.id}
                choosing={{ selection, label: (row) => words.select(row.name), labelAll: words.selectAll }}
              />
            )
          }
        </Loaded>
        <MoreButton query={list} />
      </section>
      <form onSubmit={submit}>
        <Stack>
          <div className="chosen-count">
            <Text size="sm">
              {customerIds.length === 0 ? words.noneChosen : <strong>{words.selected(customerIds.length)}</strong>}
            </Text>
            {choosesAll ? <ChosenButton onClick={() => void chooseAll()}>{words.everything}</ChosenButton> : null}
          </div>
          {customerIds.length === 0 ? null : <WhatChanges customerIds={customerIds} chosen={sequence.id} />}
          <FormFoot change={enrolling.enrol} submit={words.addSubmit} onClose={onClose} />
        </Stack>
      </form>
    </Stack>
  );
}
