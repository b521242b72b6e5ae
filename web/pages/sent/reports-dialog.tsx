// Delivery reports handed in as the files that they came in: each is read, and says what it changes.
import { Button, FileButton, Stack, Text } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import type { ReportTaken } from '../../../src/contract/bounce.ts';
import { sendFile } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { useBounceWords } from '../../parts/bounce-words.ts';
import { at, useChange } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useSentence } from '../../ui/failure.tsx';
import './reports-dialog.css';

interface ReportsDialogProps {
  opened: boolean;
  onClose: () => void;
}

export function ReportsDialog({ opened, onClose }: ReportsDialogProps) {
  const words = useBounceWords();
  return (
    <Dialog opened={opened} onClose={onClose} title={words.handInTitle}>
      {opened ? <Reports onClose={onClose} /> : null}
    </Dialog>
  );
}

interface Read {
  file: string;
  taken: ReportTaken | null;
  /** What the server said of a file that is no report. */
  refused: unknown;
}

function Reports({ onClose }: { onClose: () => void }) {
  const { company, openMessage } = useInside();
  const words = useBounceWords();
  const sentence = useSentence();
  const [read, setRead] = useState<Read[]>([]);
  // One after the other: two reports about one message must not be read side by side.
  const take = useChange(company.id, async (files: readonly File[]) => {
    const results: Read[] = [];
    for (const file of files) results.push(await takeOne(company.id, file));
    return results;
  });
  const choose = (files: readonly File[]) => {
    if (files.length > 0) take.mutate(files, { onSuccess: (results) => setRead((before) => [...results, ...before]) });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    // Those of before are being read, and no two may be read side by side.
    if (!take.isPending) choose([...event.dataTransfer.files]);
  };
  return (
    <Stack>
      <Text size="sm">{words.handInHint}</Text>
      <section
        aria-label={words.handInTitle}
        className="drop-here"
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
      >
        <FileButton onChange={choose} accept=".eml,message/rfc822" multiple>
          {(props) => (
            <Button {...props} variant="light" loading={take.isPending} data-autofocus>
              {words.choose}
            </Button>
          )}
        </FileButton>
        <span className="quiet">{take.isPending ? words.reading : words.drop}</span>
      </section>
      <ul className="lines" aria-label={words.results} aria-live="polite">
        {read.map(({ file, taken, refused }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: results are only added, before the others
          <li key={read.length - index}>
            <span className="quiet">{file}</span>
            {taken === null ? (
              <span>{sentence(refused)}</span>
            ) : (
              <>
                <span>
                  {words.outcomes[taken.outcome](taken.customerName, taken.addresses.join(', '))}{' '}
                  {taken.blocked.length === 0 ? null : words.blocked(taken.blocked.join(', '))}
                </span>
                <button
                  type="button"
                  className="link"
                  onClick={() => {
                    onClose();
                    openMessage([taken.reminderId]);
                  }}
                >
                  {words.read}
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
    </Stack>
  );
}

async function takeOne(companyId: string, file: File): Promise<Read> {
  try {
    const taken = await sendFile<ReportTaken>('POST', at(companyId, '/bounces'), file);
    return { file: file.name, taken, refused: null };
  } catch (refused) {
    return { file: file.name, taken: null, refused };
  }
}
