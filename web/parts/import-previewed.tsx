// What a file would do: how it is read, its first rows, what would change, what is wrong.
import { Alert, Button, Group, NativeSelect, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { Company } from '../../src/contract/company.ts';
import type { ImportKind, ImportOptions, ImportPreview } from '../../src/contract/import.ts';
import { digitsOf, useFormat } from '../ui/format.ts';
import { useWords } from '../words/words.tsx';
import { ImportErrors } from './import-errors.tsx';

interface ImportPreviewedProps {
  company: Company;
  kind: ImportKind;
  preview: ImportPreview;
  busy: boolean;
  onCorrect: (change: ImportOptions) => void;
  onTake: (skipBadRows: boolean) => void;
}

export function ImportPreviewed({ company, kind, preview, busy, onCorrect, onTake }: ImportPreviewedProps) {
  const { import: words } = useWords();
  const { counts, recognised, errors, errorCount } = preview;
  const good = counts.created + counts.changed;
  return (
    <Stack gap="md">
      {recognised.notes.length === 0 ? null : (
        <Alert color="yellow" variant="outline" className="notes">
          <ul>
            {recognised.notes.map((note) => (
              <li key={note.code + note.text}>{note.text}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Columns recognised={recognised} busy={busy} onCorrect={onCorrect} />
      <FirstRows company={company} kind={kind} preview={preview} />
      <Differences company={company} preview={preview} />
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

type Part = Pick<ImportPreviewedProps, 'busy' | 'onCorrect'> & { recognised: ImportPreview['recognised'] };

/** The fields that have a column in sight; the others, and how the file is read, one click away. */
function Columns({ recognised, busy, onCorrect }: Part) {
  const { import: words } = useWords();
  const fields = Object.keys(recognised.mapping);
  const mapped = fields.filter((field) => recognised.mapping[field] !== '');
  const others = fields.filter((field) => recognised.mapping[field] === '');
  return (
    <div>
      <Title order={3}>{words.columns}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {words.columnsHint}
      </Text>
      <ColumnChoices fields={mapped} recognised={recognised} busy={busy} onCorrect={onCorrect} />
      <details className="other-fields">
        <summary>{words.otherFields(others.length)}</summary>
        <Stack gap="xs" mt="xs">
          <ColumnChoices fields={others} recognised={recognised} busy={busy} onCorrect={onCorrect} />
          <Reading recognised={recognised} busy={busy} onCorrect={onCorrect} />
        </Stack>
      </details>
    </div>
  );
}

function ColumnChoices({ fields, recognised, busy, onCorrect }: Part & { fields: string[] }) {
  const { import: words } = useWords();
  const choices = [
    { value: '', label: words.noColumn },
    ...[...new Set(recognised.columns)].map((column) => ({ value: column, label: column })),
  ];
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, sm: 4 }} spacing="xs">
      {fields.map((field) => (
        <NativeSelect
          key={field}
          size="xs"
          label={words.fields[field] ?? field}
          data={choices}
          value={recognised.mapping[field] ?? ''}
          disabled={busy}
          onChange={(event) => onCorrect({ mapping: { ...recognised.mapping, [field]: event.currentTarget.value } })}
        />
      ))}
    </SimpleGrid>
  );
}

function Reading({ recognised, busy, onCorrect }: Part) {
  const { import: words } = useWords();
  return (
    <div>
      <Title order={3} mb={4}>
        {words.readingOptions}
      </Title>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs">
        <NativeSelect
          size="xs"
          label={words.dateOrder}
          value={recognised.dateOrder}
          disabled={busy}
          data={(['dmy', 'mdy', 'ymd'] as const).map((value) => ({ value, label: words[value] }))}
          onChange={(event) => onCorrect({ dateOrder: event.currentTarget.value as 'dmy' | 'mdy' | 'ymd' })}
        />
        <NativeSelect
          size="xs"
          label={words.decimalMark}
          value={recognised.decimalMark}
          disabled={busy}
          data={[
            { value: ',', label: words.comma },
            { value: '.', label: words.point },
          ]}
          onChange={(event) => onCorrect({ decimalMark: event.currentTarget.value as ',' | '.' })}
        />
        <NativeSelect
          size="xs"
          label={words.separator}
          value={recognised.separator}
          disabled={busy}
          data={[
            { value: ',', label: ',' },
            { value: ';', label: ';' },
            { value: '\t', label: 'Tab' },
            { value: '|', label: '|' },
          ]}
          onChange={(event) => onCorrect({ separator: event.currentTarget.value as ',' | ';' | '\t' | '|' })}
        />
        <NativeSelect
          size="xs"
          label={words.encoding}
          value={recognised.encoding}
          disabled={busy}
          data={[...new Set([recognised.encoding, 'utf-8', 'windows-1252'])]}
          onChange={(event) => onCorrect({ encoding: event.currentTarget.value as 'utf-8' | 'windows-1252' })}
        />
      </SimpleGrid>
    </div>
  );
}

/** Only the fields that have a column: what else would be read is empty. */
function FirstRows({ company, preview }: Pick<ImportPreviewedProps, 'company' | 'kind' | 'preview'>) {
  const { import: words } = useWords();
  const show = useCell(company);
  const rows = preview.rows.slice(0, 5);
  const { mapping } = preview.recognised;
  const fields = Object.keys(rows.find((row) => row.record !== null)?.record ?? {}).filter(
    (field) => mapping[fieldOf(field)],
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
  const format = useFormat(company.today);
  return (field: string, value: unknown, currency?: unknown): string => {
    if (isEmpty(value)) return '—';
    if (/Minor$|_minor$/.test(field) && typeof value === 'number') {
      const code = typeof currency === 'string' && digitsOf(currency) >= 0 ? currency : company.currency;
      return format.amount(value, code);
    }
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return format.day(value);
    return Array.isArray(value) ? value.join(', ') : String(value);
  };
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
