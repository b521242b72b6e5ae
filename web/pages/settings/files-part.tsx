// "Pièces jointes": the company's files that steps attach, and which steps do; added, replaced, and removed once what uses them was said.
import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CompanyFile } from '../../../src/contract/company-file.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { useCompanyFiles, useFileSending } from '../../parts/company-files.tsx';
import { at, useChange } from '../../queries.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useFilesWords } from './files-words.ts';

export function FilesPart() {
  const { company, mayManage } = useInside();
  const words = useFilesWords();
  const files = useCompanyFiles(company.id);
  const [removing, setRemoving] = useState<CompanyFile | null>(null);
  const columns = useColumns(setRemoving);
  return (
    <Stack>
      <Text size="sm" c="dimmed" className="measure">
        {words.hint}
      </Text>
      <Loaded query={files} data={files.data?.rows}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty>
              <Text>{mayManage ? words.empty : words.none}</Text>
              {mayManage ? <AddButton /> : null}
            </Empty>
          ) : (
            <>
              <Rows label={words.list} columns={columns} rows={rows} keyOf={(row) => row.id} />
              {mayManage ? (
                <Group>
                  <AddButton />
                </Group>
              ) : null}
            </>
          )
        }
      </Loaded>
      {removing === null ? null : <RemoveDialog file={removing} onClose={() => setRemoving(null)} />}
    </Stack>
  );
}

function useColumns(onRemove: (file: CompanyFile) => void): Column<CompanyFile>[] {
  const { company, mayManage } = useInside();
  const words = useFilesWords();
  const format = useFormat(company.today);
  const columns: Column<CompanyFile>[] = [
    {
      title: words.name,
      cell: ({ id, name, size, addedOn }) => (
        <>
          <a href={at(company.id, `/files/${id}`)} download>
            <strong>{name}</strong>
          </a>
          <div className="quiet">{words.about(Math.max(1, Math.round(size / 1024)), format.day(addedOn))}</div>
        </>
      ),
    },
    { title: words.usedBy, cell: (file) => <UsedBy file={file} /> },
  ];
  if (!mayManage) return columns;
  const cell = (file: CompanyFile) => (
    <Group gap="xs" justify="flex-end">
      <ReplaceButton file={file} />
      <Button size="xs" variant="default" aria-label={words.removeOne(file.name)} onClick={() => onRemove(file)}>
        {words.remove}
      </Button>
    </Group>
  );
  return [...columns, { title: words.replace, actions: true, cell }];
}

function UsedBy({ file }: { file: CompanyFile }) {
  const words = useFilesWords();
  if (file.usedBy.length === 0) return <span className="quiet">{words.unused}</span>;
  return sequencesUsing(file).map(({ sequenceId, sequence, steps }) => (
    <div key={sequenceId}>
      <Link to="/sequences/$sequenceId" params={{ sequenceId }}>
        {sequence}
      </Link>{' '}
      <span className="quiet">{steps.join(', ')}</span>
    </div>
  ));
}

/** Each sequence once, with the steps that attach the file. */
function sequencesUsing({ usedBy }: CompanyFile) {
  const ids = [...new Set(usedBy.map((one) => one.sequenceId))];
  return ids.map((sequenceId) => {
    const own = usedBy.filter((one) => one.sequenceId === sequenceId);
    return { sequenceId, sequence: own[0]!.sequence, steps: own.map(({ step }) => step) };
  });
}

function AddButton() {
  const words = useFilesWords();
  const tell = useTell();
  const sending = useFileSending();
  return (
    <Stack gap="xs" align="flex-start">
      <FileButton onChange={(file) => sending.take(file, (_, name) => tell.done(words.added(name)))}>
        {(props) => (
          <Button {...props} variant="default" loading={sending.isPending}>
            {words.add}
          </Button>
        )}
      </FileButton>
      {sending.wrong}
    </Stack>
  );
}

function ReplaceButton({ file }: { file: CompanyFile }) {
  const words = useFilesWords();
  const tell = useTell();
  const sending = useFileSending(`/${file.id}`);
  return (
    <div>
      <FileButton onChange={(other) => sending.take(other, (_, name) => tell.done(words.replaced(name)))}>
        {(props) => (
          <Button
            {...props}
            size="xs"
            variant="default"
            aria-label={words.replaceOne(file.name)}
            loading={sending.isPending}
          >
            {words.replace}
          </Button>
        )}
      </FileButton>
      {sending.wrong}
    </div>
  );
}

function RemoveDialog({ file, onClose }: { file: CompanyFile; onClose: () => void }) {
  const { company } = useInside();
  const words = useFilesWords();
  const tell = useTell();
  const remove = useChange(company.id, () => call('DELETE', at(company.id, `/files/${file.id}`)));
  const submit = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        tell.done(words.removed(file.name));
        onClose();
      },
    });
  return (
    <AskDialog
      opened
      title={words.removeTitle(file.name)}
      submit={words.removeSubmit}
      change={remove}
      onSubmit={submit}
      onClose={onClose}
    >
      {file.usedBy.length === 0 ? (
        <Text>{words.removeUnused}</Text>
      ) : (
        <div>
          <Text>{words.removeUsed}</Text>
          <ul>
            {sequencesUsing(file).map(({ sequenceId, sequence, steps }) => (
              <li key={sequenceId}>{words.steps(sequence, steps.join(', '))}</li>
            ))}
          </ul>
        </div>
      )}
      {file.waiting === 0 ? null : <Text>{words.removeWaiting(file.waiting)}</Text>}
      <Text c="dimmed">{words.removeKept}</Text>
    </AskDialog>
  );
}
