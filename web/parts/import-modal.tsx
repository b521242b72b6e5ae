// Importing a file: chosen, seen as it will be read, corrected where the recognition is wrong, then taken in.
import { Button, FileInput, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Company } from '../../src/contract/company.ts';
import type { ImportDone, ImportKind, ImportOptions, ImportPreview } from '../../src/contract/import.ts';
import { upload } from '../api.ts';
import { at, useChange } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/failure.tsx';
import { useWords } from '../words/words.tsx';
import { ColumnsToChoose } from './import-columns.tsx';
import { ImportPreviewed } from './import-previewed.tsx';
import { ImportResult } from './import-result.tsx';

interface ImportModalProps {
  company: Company;
  /** What is imported to begin with; null: closed. */
  kind: ImportKind | null;
  onClose: () => void;
}

export function ImportModal({ company, kind, onClose }: ImportModalProps) {
  const { import: words } = useWords();
  return (
    <Dialog opened={kind !== null} onClose={onClose} size="xl" title={words.title}>
      {kind === null ? null : <ImportForm company={company} first={kind} onClose={onClose} />}
    </Dialog>
  );
}

function ImportForm({ company, first, onClose }: { company: Company; first: ImportKind; onClose: () => void }) {
  const { import: words } = useWords();
  const [kind, setKind] = useState<ImportKind>(first);
  const [file, setFile] = useState<File | null>(null);
  const [options, setOptions] = useState<ImportOptions>({});
  const [sent, setSent] = useState(0);
  const look = useChange(company.id, (asked: Asked) => send<ImportPreview>(company.id, '/preview', asked, setSent));
  const take = useChange(company.id, (asked: Asked) => send<ImportDone>(company.id, '', asked, setSent));
  // What was seen stays while a correction is looked at, and where one fails: it may be corrected again.
  const [seen, setSeen] = useState<{ turn: number; preview: ImportPreview } | null>(null);
  const asked = useRef(0);
  const shown = useRef<HTMLDivElement>(null);
  const lookAt = (next: Asked | null) => {
    take.reset();
    look.reset();
    const turn = ++asked.current;
    // Corrected again in the meantime: only the last answer counts.
    if (next !== null)
      look.mutate(next, { onSuccess: (preview) => turn === asked.current && setSeen({ turn, preview }) });
  };
  // What was just chosen from may be gone with the answer: who works by keyboard goes on where the answer stands.
  useEffect(() => {
    if (seen !== null && document.activeElement === document.body) shown.current?.focus();
  }, [seen]);
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setOptions({});
    setSeen(null);
    lookAt(chosen === null ? null : { kind, file: chosen, options: {} });
  };
  const chooseKind = (value: string) => {
    const next = value as ImportKind;
    setKind(next);
    setOptions({});
    setSeen(null);
    lookAt(file === null ? null : { kind: next, file, options: {} });
  };
  const correct = (change: ImportOptions) => {
    const { mapping, ...others } = options;
    // Read otherwise, the file has other columns.
    const isOtherwise = 'separator' in change || 'encoding' in change || 'headerRow' in change;
    const next = { ...others, ...(mapping === undefined || isOtherwise ? {} : { mapping }), ...change };
    setOptions(next);
    if (file !== null) lookAt({ kind, file, options: next });
  };
  if (take.data !== undefined && take.data.state === 'finished') {
    return <ImportResult company={company} done={take.data} onAgain={() => choose(null)} onClose={onClose} />;
  }
  const busy = look.isPending || take.isPending;
  return (
    <Stack>
      <div>
        <Text size="sm" fw={500} id="import-kind" mb={4}>
          {words.kind}
        </Text>
        <SegmentedControl
          aria-labelledby="import-kind"
          value={kind}
          onChange={chooseKind}
          disabled={busy}
          data={[
            { value: 'invoices', label: words.invoices },
            { value: 'customers', label: words.customers },
            { value: 'payments', label: words.payments },
          ]}
        />
      </div>
      <FileInput
        label={words.file}
        description={words.fileHint}
        placeholder={words.choose}
        accept=".csv,.txt,.tsv,text/csv"
        value={file}
        onChange={choose}
        disabled={busy}
        clearable
        clearButtonProps={{ 'aria-label': words.forget }}
      />
      {busy ? <Busy sent={sent} what={take.isPending ? words.importing : words.reading} /> : null}
      {look.isError ? <Failure error={look.error} /> : null}
      {take.isError ? <Failure error={take.error} /> : null}
      {seen === null ? null : (
        <div ref={shown} tabIndex={-1} inert={take.isPending}>
          {seen.preview.state === 'unsettled' ? (
            <ColumnsToChoose key={seen.turn} preview={seen.preview} onCorrect={correct} />
          ) : (
            <ImportPreviewed
              company={company}
              preview={seen.preview}
              busy={busy}
              onCorrect={correct}
              onTake={(skipBadRows) =>
                file !== null && take.mutate({ kind, file, options: { ...options, skipBadRows } })
              }
            />
          )}
        </div>
      )}
      {take.data === undefined ? null : <Text c="red">{words.problems(take.data.errorCount)}</Text>}
      {seen?.preview.state !== 'read' && !busy ? (
        <Button variant="default" onClick={onClose} ml="auto">
          {words.cancel}
        </Button>
      ) : null}
    </Stack>
  );
}

interface Asked {
  kind: ImportKind;
  file: File;
  options: ImportOptions;
}

function send<T>(
  companyId: string,
  what: '' | '/preview',
  { kind, file, options }: Asked,
  onSent: (percent: number) => void,
): Promise<T> {
  onSent(0);
  return upload<T>(at(companyId, `/imports/${kind}${what}`), file, options, onSent);
}

/** What was sent so far; then the server reads, which takes as long as it takes. */
function Busy({ sent, what }: { sent: number; what: string }) {
  const { import: words } = useWords();
  return (
    <div role="status">
      <Text size="sm">
        {what} {sent < 100 ? words.sent(sent) : ''}
      </Text>
      <Progress value={sent < 100 ? sent : 100} animated={sent >= 100} aria-label={what} mt={4} />
    </div>
  );
}
