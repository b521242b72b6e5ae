// What is wrong with a file, by row and column, to be taken away as a file too.
import { Anchor, Group, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { ImportRead } from '../../src/contract/import.ts';
import { useLanguage, useWords } from '../words/words.tsx';

type RowError = ImportRead['errors'][number];
const shown = 50;

export function ImportErrors({ errors, count, href }: { errors: RowError[]; count: number; href?: string }) {
  const { import: words } = useWords();
  const language = useLanguage();
  const own = useMemo(
    () => `data:text/csv;charset=utf-8,${encodeURIComponent(csvOf(errors, language === 'fr' ? ';' : ','))}`,
    [errors, language],
  );
  return (
    <div>
      <Group justify="space-between">
        <Title order={3} className="wrong">
          {words.problems(count)}
        </Title>
        <Anchor
          href={href ?? own}
          download={language === 'fr' ? 'erreurs.csv' : 'errors.csv'}
          size="sm"
          underline="always"
        >
          {words.downloadErrors}
        </Anchor>
      </Group>
      <Text size="sm" c="dimmed">
        {words.problemsHint}
      </Text>
      <ul className="errors">
        {errors.slice(0, shown).map((error) => (
          <li key={`${error.row} ${error.column} ${error.code}`}>
            <span className="where">
              {words.row} {error.row}
              {error.column === null ? '' : ` · ${error.column}`}
            </span>{' '}
            {error.text}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A cell that a spreadsheet would take for a formula is made text by an apostrophe. */
function csvOf(errors: RowError[], separator: string): string {
  const cell = (value: string | number) => {
    const text = String(value);
    return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  const rows = errors.map((error) =>
    [error.row, error.column ?? '', error.value ?? '', error.text].map(cell).join(separator),
  );
  return `\ufeff${rows.join('\r\n')}\r\n`;
}
