// Which of the company's files go with a step or a message; whoever may adds another one on the spot.
import { Button, FileButton, MultiSelect } from '@mantine/core';
import { useState } from 'react';
import type { CompanyFile } from '../../src/contract/company-file.ts';
import { sendFile } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange, useThing } from '../queries.ts';
import { Failure } from '../ui/failure.tsx';
import { NotHad } from '../ui/not-loaded.tsx';
import { wordsOf } from '../words/words.tsx';

const fr = {
  add: 'Ajouter un fichier…',
  gone: 'Fichier supprimé',
  tooLarge: (name: string) => `${name} dépasse 10 Mo.`,
};
const en: typeof fr = {
  add: 'Add a file…',
  gone: 'Removed file',
  tooLarge: (name) => `${name} is larger than 10 MB.`,
};
const useFilesWords = wordsOf({ fr, en });

/** As the server takes it. */
const mostBytes = 10 * 1024 * 1024;

export const useCompanyFiles = (companyId: string) => useThing<{ rows: CompanyFile[] }>(companyId, 'files');

/** Sends a file to the company's own, in place of one where its identifier is given; what is too large is not sent. */
export function useFileSending(path = '') {
  const { company } = useInside();
  const words = useFilesWords();
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const change = useChange(company.id, (file: File) =>
    sendFile<{ id: string }>(path === '' ? 'POST' : 'PUT', at(company.id, `/files${path}`), file),
  );
  const take = (file: File | null, onAdded: (id: string, name: string) => void = () => undefined): void => {
    if (file === null) return;
    const refused = file.size > mostBytes;
    setTooLarge(refused ? words.tooLarge(file.name) : null);
    if (!refused) change.mutate(file, { onSuccess: ({ id }) => onAdded(id, file.name) });
  };
  const wrong =
    tooLarge !== null ? (
      <p className="wrong" role="alert">
        {tooLarge}
      </p>
    ) : change.isError ? (
      <Failure error={change.error} />
    ) : null;
  return { take, wrong, isPending: change.isPending };
}

interface CompanyFilesFieldProps {
  label: string;
  description?: string;
  chosen: readonly string[];
  onChange: (fileIds: string[]) => void;
  /** Offers to add one to the company's own; true where the person may. */
  mayAdd: boolean;
}

export function CompanyFilesField({ label, description, chosen, onChange, mayAdd }: CompanyFilesFieldProps) {
  const { company } = useInside();
  const words = useFilesWords();
  const files = useCompanyFiles(company.id);
  const sending = useFileSending();
  const known = files.data?.rows ?? [];
  // Until the list is there a file is not said to be gone.
  const gone = files.data === undefined ? [] : chosen.filter((id) => !known.some((file) => file.id === id));
  const options = [
    ...known.map(({ id, name }) => ({ value: id, label: name })),
    ...gone.map((id) => ({ value: id, label: words.gone })),
  ];
  return (
    <div>
      <NotHad query={files} what={label} />
      <MultiSelect
        label={label}
        description={description}
        data={options}
        value={files.data === undefined ? [] : [...chosen]}
        maxValues={10}
        disabled={files.data === undefined || options.length === 0}
        onChange={onChange}
      />
      {mayAdd ? (
        <FileButton onChange={(file) => sending.take(file, (id) => onChange([...chosen, id]))}>
          {(props) => (
            <Button
              {...props}
              size="compact-sm"
              variant="default"
              mt={6}
              loading={sending.isPending}
              disabled={chosen.length >= 10}
            >
              {words.add}
            </Button>
          )}
        </FileButton>
      ) : null}
      {sending.wrong}
    </div>
  );
}
