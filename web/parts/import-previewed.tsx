// What a file would do: how it is read, its first rows, what would change, what is wrong.
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { Company } from '../../src/contract/company.ts';
import type { ImportOptions, ImportRead } from '../../src/contract/import.ts';
import type { Sequence } from '../../src/contract/sequence.ts';
import { useThing } from '../queries.ts';
import { digitsOf, useFormat } from '../ui/format.ts';
import { useWords } from '../words/words.tsx';
import { Columns, Notes } from './import-columns.tsx';
import { ImportErrors } from './import-errors.tsx';
import { Passages } from './passages.tsx';

interface ImportPreviewedProps {
  company: Company;
  preview: ImportRead;
  busy: boolean;
  onCorrect: (change: ImportOptions) => void;
  onTake: (skipBadRows: boolean) => void;
}

export function ImportPreviewed({ company, preview, busy, onCorrect, onTake }: ImportPreviewedProps) {
  const { import: words } = useWords();
  const { counts, recognised, errors, errorCount } = preview;
  const good = counts.created + counts.changed;
  return (
    <Stack gap="md">
      <Notes recognised={recognised} />
      <Columns recognised={recognised} onCorrect={onCorrect} />
      <FirstRows company={company} preview={preview} />
      <Differences company={company} preview={preview} />
      <MovedByRules company={company} preview={preview} />
      {errorCount > 0 ? <ImportErrors errors={errors} count={errorCount} /> : null}
      <Group justify="space-between" className="import-foot">
        <Text size="sm" role="status" className="figures">
          {words.counts(counts.created, counts.changed, counts.unchanged, counts.faulty)}
        </Text>
        {good === 0 && counts.faulty === 0 ? <Text size="sm">{words.nothingToDo}</Text> : null}
        {good > 0 ? (
          <Button onClick={() => onTake(counts.faulty > 0)} loading={busy}>
            {counts.faulty > 0 ? words.submitGood(good) : words.submit(good)}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}

/** Only the fields that have a column, and the due dates that payment terms give: what else would be read is empty. */
function FirstRows({ company, preview }: Pick<ImportPreviewedProps, 'company' | 'preview'>) {
  const { import: words } = useWords();
  const show = useCell(company);
  const rows = preview.rows.slice(0, 5);
  const { mapping } = preview.recognised;
  const fields = Object.keys(rows.find((row) => row.record !== null)?.record ?? {}).filter(
    (field) => mapping[fieldOf(field)] || (field === 'dueOn' && rows.some((row) => !isEmpty(row.record?.dueOn))),
  );
  if (rows.length === 0) return null;
  return (
    <div>
      <Title order={3}>{words.preview}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {words.previewRows(rows.length)}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as wide as its file, it scrolls inside its own frame, by keyboard too */}
      <section className="wide" tabIndex={0} aria-label={words.preview}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{words.row}</th>
              {fields.map((field) => (
                <th key={field} scope="col">
                  {words.fields[fieldOf(field)] ?? field}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.row}>
                <td className="figures">{row.row}</td>
                {row.record === null ? (
                  <td colSpan={fields.length} className="wrong">
                    <span className="in-sight">
                      {row.errors.map((error) => `${error.column ?? ''} ${error.text}`.trim()).join(' ')}
                    </span>
                  </td>
                ) : (
                  fields.map((field) => (
                    <td key={field} className={/Minor$/.test(field) ? 'amount' : undefined}>
                      {show(field, row.record?.[field], row.record?.currency)}
                    </td>
                  ))
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** The field of the file behind a field of the record: amounts are kept in minor units, addresses as a list. */
const fieldOf = (field: string): string => fieldNames[field] ?? field;
const fieldNames: Record<string, string> = {
  emails: 'email',
  totalMinor: 'amount',
  amountMinor: 'amount',
  openMinor: 'openAmount',
};
const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function useCell(company: Company) {
  const { import: words } = useWords();
  const format = useFormat(company.today);
  return (field: string, value: unknown, currency?: unknown): string => {
    if (isEmpty(value)) return '—';
    if (typeof value === 'boolean') return value ? words.yes : words.no;
    if (/Minor$|_minor$/.test(field) && typeof value === 'number') {
      const code = typeof currency === 'string' && digitsOf(currency) >= 0 ? currency : company.currency;
      return format.amount(value, code);
    }
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return format.day(value);
    return Array.isArray(value) ? value.join(', ') : String(value);
  };
}

/** Whom a category, a language or an amount of the file puts in another sequence. */
function MovedByRules({ company, preview: { passages } }: Pick<ImportPreviewedProps, 'company' | 'preview'>) {
  const { import: words } = useWords();
  const sequences = useThing<{ rows: Sequence[] }>(company.id, 'sequences');
  if (passages.length === 0) return null;
  return (
    <div>
      <Title order={3}>{words.movedByRules}</Title>
      <Passages passages={passages} sequences={sequences.data?.rows ?? []} />
    </div>
  );
}

function Differences({ company, preview }: Pick<ImportPreviewedProps, 'company' | 'preview'>) {
  const { import: words } = useWords();
  const show = useCell(company);
  if (preview.counts.changed === 0 || preview.differences.length === 0) return null;
  return (
    <div>
      <Title order={3}>{words.differences(preview.counts.changed)}</Title>
      <ul className="differences">
        {preview.differences.map((difference) => (
          <li key={difference.row}>
            <strong>{difference.number}</strong>{' '}
            {difference.changes
              .map(({ field, from, to }) =>
                words.becomes(words.fields[fieldOf(field)] ?? field, show(field, from), show(field, to)),
              )
              .join(' ; ')}
          </li>
        ))}
      </ul>
    </div>
  );
}
