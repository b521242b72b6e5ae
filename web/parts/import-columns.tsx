// Which column of a file holds what, and how the file is read: seen and corrected; chosen, where what is required is not recognised.
import { Alert, Fieldset, Group, NativeSelect, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ImportOptions, ImportRead, ImportUnsettled } from '../../src/contract/import.ts';
import { Tag } from '../ui/tag.tsx';
import { useWords } from '../words/words.tsx';

type Recognised = ImportRead['recognised'];
type Mapping = Recognised['mapping'];

interface Part {
  recognised: Recognised;
  onCorrect: (change: ImportOptions) => void;
}

/** What is worth noticing about how the file is read. */
export function Notes({ recognised: { notes } }: { recognised: Recognised }) {
  return notes.length === 0 ? null : (
    <Alert color="yellow" variant="outline" className="notes">
      <ul>
        {notes.map((note) => (
          <li key={note.code + note.text}>{note.text}</li>
        ))}
      </ul>
    </Alert>
  );
}

/** The fields that have a column in sight; the others, and how the file is read, one click away. */
export function Columns({ recognised, onCorrect }: Part) {
  const { import: words } = useWords();
  const fields = Object.keys(recognised.mapping);
  const mapped = fields.filter((field) => recognised.mapping[field] !== '');
  const others = fields.filter((field) => recognised.mapping[field] === '');
  const choose = (field: string, column: string) => onCorrect({ mapping: { ...recognised.mapping, [field]: column } });
  return (
    <div>
      <Title order={3}>{words.columns}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {words.columnsHint}
      </Text>
      <ColumnChoices fields={mapped} recognised={recognised} mapping={recognised.mapping} onChoose={choose} />
      <details className="other-fields">
        <summary>{words.otherFields(others.length)}</summary>
        <Stack gap="xs" mt="xs">
          <ColumnChoices fields={others} recognised={recognised} mapping={recognised.mapping} onChoose={choose} />
          <ReadingOptions recognised={recognised} onCorrect={onCorrect} />
        </Stack>
      </details>
    </div>
  );
}

/**
 * The file can't be read before more is said of it: what is required and has no column, what the file has, how it was read. It is read
 * again once all that is required is chosen, not at every choice: a file may be large.
 */
export function ColumnsToChoose({ preview, onCorrect }: { preview: ImportUnsettled } & Pick<Part, 'onCorrect'>) {
  const { import: words } = useWords();
  const { recognised, missing, code, text } = preview;
  const [mapping, setMapping] = useState<Mapping>(recognised.mapping);
  const isChosen = (group: readonly string[]) => group.some((field) => (mapping[field] ?? '') !== '');
  const required = new Set(missing.flat());
  const others = Object.keys(recognised.mapping).filter((field) => !required.has(field));
  const mapped = others.filter((field) => recognised.mapping[field] !== '');
  const unmapped = others.filter((field) => recognised.mapping[field] === '');
  const choose = (field: string, column: string) => {
    const next = { ...mapping, [field]: column };
    setMapping(next);
    if (missing.every((group) => group.some((one) => (next[one] ?? '') !== ''))) onCorrect({ mapping: next });
  };
  const choices = (fields: string[], isNamed = false) => (
    <ColumnChoices
      fields={fields}
      recognised={recognised}
      mapping={mapping}
      onChoose={choose}
      withExamples
      isNamed={isNamed}
    />
  );
  return (
    <Stack gap="md">
      <Title order={3}>{words.columns}</Title>
      <Alert color="yellow" variant="outline" role="status">
        {code === 'columns-missing' ? words.columnsMissing(missing.length) : text}
      </Alert>
      <FileColumns recognised={recognised} />
      {missing.map((group) => (
        <Fieldset
          key={group.join()}
          variant="unstyled"
          className="to-choose"
          legend={
            <Group gap="xs">
              <strong>{group.map((field) => words.fields[field] ?? field).join(words.or)}</strong>
              <Tag meaning={isChosen(group) ? 'paid' : 'late'}>{isChosen(group) ? words.chosen : words.toChoose}</Tag>
            </Group>
          }
        >
          {choices(group, group.length === 1)}
        </Fieldset>
      ))}
      {mapped.length === 0 ? null : choices(mapped)}
      <ReadingOptions recognised={recognised} onCorrect={onCorrect} />
      <Notes recognised={recognised} />
      {unmapped.length === 0 ? null : (
        <details className="other-fields">
          <summary>{words.otherFieldsOnly(unmapped.length)}</summary>
          {choices(unmapped)}
        </details>
      )}
    </Stack>
  );
}

interface ColumnChoicesProps {
  fields: string[];
  recognised: Recognised;
  mapping: Mapping;
  onChoose: (field: string, column: string) => void;
  withExamples?: boolean;
  /** By the group that it stands in. */
  isNamed?: boolean;
}

function ColumnChoices(props: ColumnChoicesProps) {
  const { fields, recognised, mapping, onChoose, withExamples = false, isNamed = false } = props;
  const { import: words } = useWords();
  const { columns, examples, headerRow } = recognised;
  // A number says nothing of what is in its column.
  const telling = withExamples || headerRow === 0;
  const choices = [
    { value: '', label: words.noColumn },
    ...columns.flatMap((column, index) => {
      const example = telling ? examples[index]?.[0] : undefined;
      const label = example === undefined ? column : words.columnWith(column, example);
      return columns.indexOf(column) === index ? [{ value: column, label }] : [];
    }),
  ];
  return (
    <SimpleGrid cols={{ base: withExamples ? 1 : 2, xs: withExamples ? 2 : 3, sm: withExamples ? 2 : 4 }} spacing="xs">
      {fields.map((field) => (
        <NativeSelect
          key={field}
          size="xs"
          // Alone in its group it is named by it.
          label={isNamed ? undefined : (words.fields[field] ?? field)}
          aria-label={isNamed ? (words.fields[field] ?? field) : undefined}
          data={choices}
          value={mapping[field] ?? ''}
          onChange={(event) => onChoose(field, event.currentTarget.value)}
        />
      ))}
    </SimpleGrid>
  );
}

/** What the file has: each column with a value or two. */
function FileColumns({ recognised: { columns, examples } }: { recognised: Recognised }) {
  const { import: words } = useWords();
  return (
    <div>
      <Title order={3} mb={4}>
        {words.fileColumns}
      </Title>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as long as its file is wide, it scrolls inside its own frame, by keyboard too */}
      <section className="wide file-columns" tabIndex={0} aria-label={words.fileColumns}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{words.column}</th>
              <th scope="col">{words.examples}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column, index) => (
              <tr key={`${column} ${String(index)}`}>
                <td>{column}</td>
                <td>{examples[index]?.join(' · ') || '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** Beyond the first rows a person rarely finds headings. */
const headerRowsOffered = 12;

function ReadingOptions({ recognised, onCorrect }: Part) {
  const { import: words } = useWords();
  const { headerRow } = recognised;
  const rows = Array.from({ length: Math.max(headerRowsOffered, headerRow) }, (_, index) => String(index + 1));
  return (
    <div>
      <Title order={3} mb={4}>
        {words.readingOptions}
      </Title>
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="xs">
        <NativeSelect
          size="xs"
          label={words.separator}
          value={recognised.separator}
          data={[
            { value: ',', label: words.comma },
            { value: ';', label: words.semicolon },
            { value: '\t', label: words.tab },
            { value: '|', label: words.bar },
          ]}
          onChange={(event) => onCorrect({ separator: event.currentTarget.value as ',' | ';' | '\t' | '|' })}
        />
        <NativeSelect
          size="xs"
          label={words.encoding}
          value={recognised.encoding}
          data={[...new Set([recognised.encoding, 'utf-8', 'windows-1252'])]}
          onChange={(event) => onCorrect({ encoding: event.currentTarget.value as 'utf-8' | 'windows-1252' })}
        />
        <NativeSelect
          size="xs"
          label={words.headerRow}
          value={String(headerRow)}
          data={[
            { value: '0', label: words.noHeaderRow },
            ...rows.map((row) => ({ value: row, label: words.headerRowAt(row) })),
          ]}
          onChange={(event) => onCorrect({ headerRow: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          size="xs"
          label={words.dateOrder}
          value={recognised.dateOrder}
          data={(['dmy', 'mdy', 'ymd'] as const).map((value) => ({ value, label: words[value] }))}
          onChange={(event) => onCorrect({ dateOrder: event.currentTarget.value as 'dmy' | 'mdy' | 'ymd' })}
        />
        <NativeSelect
          size="xs"
          label={words.decimalMark}
          value={recognised.decimalMark}
          data={[
            { value: ',', label: words.comma },
            { value: '.', label: words.point },
          ]}
          onChange={(event) => onCorrect({ decimalMark: event.currentTarget.value as ',' | '.' })}
        />
      </SimpleGrid>
    </div>
  );
}
