// "Imports": the files that came in, what each changed, and the errors of each to take away.
import { Anchor, Button, Text } from '@mantine/core';
import type { ImportRow } from '../../../src/contract/import.ts';
import { useInside } from '../../inside.tsx';
import { at, useList } from '../../queries.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useLanguage, useWords } from '../../words/words.tsx';
import { useImportsWords } from './words.ts';

export function ImportsPage() {
  const { company, mayAct, openImport } = useInside();
  const { screens, import: importWords } = useWords();
  const words = useImportsWords();
  const list = useList<ImportRow>(company.id, 'imports');
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return (
    <Page
      title={screens.imports}
      detail={words.intro}
      actions={mayAct ? <Button onClick={() => openImport('invoices')}>{importWords.button}</Button> : null}
    >
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length > 0 ? (
            <ImportRows rows={shown} />
          ) : (
            <Empty>
              <Text>{words.empty}</Text>
              {mayAct ? (
                <Button variant="light" onClick={() => openImport('invoices')}>
                  {importWords.title}
                </Button>
              ) : null}
            </Empty>
          )
        }
      </Loaded>
      <MoreButton query={list} />
    </Page>
  );
}

function ImportRows({ rows }: { rows: ImportRow[] }) {
  const { company } = useInside();
  const { screens, import: importWords } = useWords();
  const words = useImportsWords();
  const language = useLanguage();
  const instant = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: company.timeZone,
  });
  const columns: Column<ImportRow>[] = [
    { title: words.file, cell: (row) => <strong className="address">{row.fileName}</strong> },
    { title: words.kind, cell: (row) => words.kinds[row.kind] },
    { title: words.day, cell: (row) => instant.format(new Date(row.finishedAt)) },
    {
      title: words.result,
      cell: ({ counts, state }) => (
        <>
          {importWords.counts(counts.created, counts.changed, counts.unchanged, counts.faulty)}{' '}
          <Tag meaning={state === 'finished' ? 'paid' : 'late'}>{words.states[state] ?? state}</Tag>
        </>
      ),
    },
    {
      title: importWords.downloadErrors,
      actions: true,
      cell: (row) =>
        row.errors === 0 ? null : (
          <Anchor href={at(company.id, `/imports/${row.id}/errors.csv`)} download size="sm" underline="always">
            {words.errors(row.errors)}
          </Anchor>
        ),
    },
  ];
  return <Rows label={screens.imports} columns={columns} rows={rows} keyOf={(row) => row.id} />;
}
