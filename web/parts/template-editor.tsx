// A template being edited: its text in each language, the tags at hand, and beside it the message that it makes, of real figures.
import { Button, Group, Stack, Tabs, Text, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../src/contract/common.ts';
import type { Tags, Template } from '../../src/contract/template.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange, useThing } from '../queries.ts';
import { AskDialog } from '../ui/ask-dialog.tsx';
import { Failure } from '../ui/failure.tsx';
import { Loaded } from '../ui/section.tsx';
import { useTell } from '../ui/tell.ts';
import './template-editor.css';
import { TemplatePreview, useTemplatePreview } from './template-preview.tsx';
import { useTemplateWords } from './template-words.ts';
import type { NamedTemplate } from './templates.ts';

export interface TemplateText {
  subject: string;
  body: string;
}

/** Those that Relance can write amounts and days in. */
const languagesOffered = ['fr', 'en'];

interface TemplateEditorProps {
  template: NamedTemplate;
  /** Of the step that it is read for. */
  level?: number | undefined;
  /** Told whether something is not saved. */
  onChanged: (changed: boolean) => void;
  /** More buttons, after those of the editor. */
  actions?: ReactNode;
}

export function TemplateEditor({ template, level, onChanged, actions }: TemplateEditorProps) {
  const { company, mayManage } = useInside();
  const words = useTemplateWords();
  const tell = useTell();
  const { key, kind, rows } = template;
  const languages = [...new Set([...languagesOffered, ...rows.map((row) => row.language)])];
  const inOwn = rows.find((row) => row.language === company.language) ?? rows[0]!;
  const [language, setLanguage] = useState(inOwn.language);
  const [typedName, setName] = useState<string | null>(null);
  // Only what was typed: what others save meanwhile is shown in the other languages.
  const [drafts, setDrafts] = useState<Readonly<Record<string, TemplateText>>>({});
  const [invoiceId, setInvoiceId] = useState('');
  const name = typedName ?? template.name;
  const saved = rows.find((row) => row.language === language);
  const text = drafts[language] ?? saved;
  const changed = languages.filter((one) =>
    isChanged(
      drafts[one],
      rows.find((row) => row.language === one),
    ),
  );
  const isRenamed = name.trim() !== template.name;
  const hasChanged = changed.length > 0 || isRenamed;
  useEffect(() => onChanged(hasChanged), [onChanged, hasChanged]);

  const asked = { language, level, ...(invoiceId === '' ? {} : { invoiceId }) };
  const preview = useTemplatePreview(company.id, text === undefined ? null : { key, ...asked, ...text });
  const save = useChange(company.id, async () => {
    const renaming = isRenamed ? { name: name.trim() } : {};
    for (const one of changed.length > 0 ? changed : [inOwn.language]) {
      const { subject, body } = drafts[one] ?? rows.find((row) => row.language === one)!;
      const put = call('PUT', at(company.id, `/templates/${key}/${one}`), { subject, body, ...renaming });
      // What is wrong is shown where it is.
      await put.catch((error: unknown) => {
        setLanguage(one);
        throw error;
      });
    }
  });
  const submit = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        setDrafts({});
        setName(null);
        tell.done(words.saved);
      },
    });
  const test = useChange(company.id, () => {
    const { language: _, ...rest } = asked;
    return call<{ to: string }>('POST', at(company.id, `/templates/${key}/${language}/test`), {
      ...rest,
      text: { subject: text?.subject, body: text?.body },
    });
  });
  const isEmpty = name.trim() === '' || changed.some((one) => !isWritten(drafts[one]!));
  const canTest = text !== undefined && isWritten(text) && preview.problem === null;
  return (
    <Stack gap="md">
      {mayManage ? (
        <Group gap="xs">
          <Button
            onClick={submit}
            loading={save.isPending}
            disabled={!hasChanged || isEmpty || preview.problem !== null}
          >
            {words.save}
          </Button>
          <Button
            variant="default"
            loading={test.isPending}
            disabled={!canTest}
            onClick={() => test.mutate(undefined, { onSuccess: ({ to }) => tell.done(words.tested(to)) })}
          >
            {words.test}
          </Button>
          {saved?.readyMade && !saved.original ? (
            <Restore
              templateKey={key}
              language={language}
              onRestored={() => setDrafts(({ [language]: _, ...others }) => others)}
            />
          ) : null}
          {actions}
        </Group>
      ) : (
        <Text c="dimmed">{words.readOnly}</Text>
      )}
      {save.isError ? <Failure error={save.error} /> : null}
      {test.isError ? <Failure error={test.error} /> : null}
      <Tabs value={language} onChange={(chosen) => chosen !== null && setLanguage(chosen)}>
        <Tabs.List aria-label={words.languagesLabel}>
          {languages.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {changed.includes(one) ? words.changedIn(languageName(words, one)) : languageName(words, one)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {languages.map((one) => (
          <Tabs.Panel key={one} value={one} pt="md">
            {one !== language ? null : text === undefined ? (
              <Missing
                language={one}
                rows={rows}
                onBegin={(copied) => setDrafts({ ...drafts, [one]: { subject: copied.subject, body: copied.body } })}
              />
            ) : (
              <div className="template-columns">
                <fieldset className="template-fields" disabled={!mayManage || save.isPending}>
                  <TextInput
                    label={words.name}
                    value={name}
                    maxLength={200}
                    error={name.trim() === '' ? words.nameNone : undefined}
                    onChange={(event) => setName(event.currentTarget.value)}
                  />
                  <TextFields
                    kind={kind}
                    language={one}
                    text={text}
                    problem={preview.problem}
                    onChange={(next) => setDrafts({ ...drafts, [one]: next })}
                  />
                </fieldset>
                <TemplatePreview preview={preview} kind={kind} invoiceId={invoiceId} onInvoice={setInvoiceId} />
              </div>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

const languageName = (words: ReturnType<typeof useTemplateWords>, language: string): string =>
  words.languages[language] ?? language;

const isWritten = ({ subject, body }: TemplateText): boolean => subject.trim() !== '' && body.trim() !== '';

const isChanged = (draft: TemplateText | undefined, saved: Template | undefined): boolean =>
  draft !== undefined && (draft.subject !== saved?.subject || draft.body !== saved?.body);

interface MissingProps {
  language: string;
  rows: readonly Template[];
  onBegin: (copied: Template) => void;
}

function Missing({ language, rows, onBegin }: MissingProps) {
  const { mayManage } = useInside();
  const words = useTemplateWords();
  return (
    <Stack gap="xs" align="flex-start">
      <Text>{words.missing(languageName(words, language))}</Text>
      <Text size="sm" c="dimmed">
        {words.missingHint}
      </Text>
      {mayManage
        ? rows.map((row) => (
            <Button key={row.language} variant="default" onClick={() => onBegin(row)}>
              {words.begin(languageName(words, row.language))}
            </Button>
          ))
        : null}
    </Stack>
  );
}

interface TextFieldsProps {
  kind: NamedTemplate['kind'];
  language: string;
  text: TemplateText;
  problem: Problem | null;
  onChange: (text: TemplateText) => void;
}

function TextFields({ kind, language, text, problem, onChange }: TextFieldsProps) {
  const words = useTemplateWords();
  const subject = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTextAreaElement>(null);
  const last = useRef<'subject' | 'body' | null>(null);
  const wrong = problem?.errors?.[0];
  const wrongBody = wrong?.field === 'body' ? wrong : undefined;
  const insert = (written: string) => {
    const isLong = written.includes('\n') || written.includes('invoice_table');
    const field = last.current === 'subject' && !isLong ? subject.current! : body.current!;
    // Nobody was there yet: at its end.
    if (last.current === null) field.setSelectionRange(field.value.length, field.value.length);
    insertAt(field, written);
  };
  return (
    <>
      <TextInput
        label={words.subject}
        ref={subject}
        lang={language}
        value={text.subject}
        maxLength={300}
        error={text.subject.trim() === '' ? words.subjectNone : wrong?.field === 'subject' ? wrong.detail : undefined}
        onFocus={() => {
          last.current = 'subject';
        }}
        onChange={(event) => onChange({ subject: event.currentTarget.value, body: text.body })}
      />
      <Textarea
        label={words.body}
        description={words.bodyHint}
        ref={body}
        lang={language}
        value={text.body}
        rows={16}
        maxLength={50_000}
        classNames={{ input: 'template-text' }}
        error={text.body.trim() === '' ? words.bodyNone : wrongBody?.detail}
        onFocus={() => {
          last.current = 'body';
        }}
        onChange={(event) => onChange({ subject: text.subject, body: event.currentTarget.value })}
      />
      {wrongBody?.line === undefined ? null : (
        <button type="button" className="link" onClick={() => goToLine(body, wrongBody.line!)}>
          {words.toLine(wrongBody.line)}
        </button>
      )}
      <TagList kind={kind} onInsert={insert} />
    </>
  );
}

/** As if it were typed, so that Ctrl+Z takes it back; where the browser won't, it is put there all the same. */
function insertAt(field: HTMLInputElement | HTMLTextAreaElement, written: string): void {
  field.focus();
  if (document.execCommand('insertText', false, written)) return;
  const from = field.selectionStart ?? field.value.length;
  field.setRangeText(written, from, field.selectionEnd ?? from, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** The whole line is chosen, and in sight. */
function goToLine(field: RefObject<HTMLTextAreaElement | null>, line: number): void {
  const area = field.current;
  if (area === null) return;
  const lines = area.value.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  area.scrollTop = Math.max(0, (area.scrollHeight * (line - 3)) / lines.length);
}

function TagList({ kind, onInsert }: { kind: NamedTemplate['kind']; onInsert: (written: string) => void }) {
  const { company } = useInside();
  const words = useTemplateWords();
  const tags = useThing<Tags>(company.id, 'templates/tags');
  // On a phone the message comes below: a long list between would hide that it is there.
  const [hasRoom] = useState(() => window.matchMedia('(min-width: 62em)').matches);
  return (
    <details className="template-tags" open={hasRoom}>
      <summary>{words.tags}</summary>
      <Text size="sm" c="dimmed">
        {words.tagsHint}
      </Text>
      <Loaded query={tags} data={tags.data} what={words.tags}>
        {({ rows }) => (
          <ul>
            {offered(rows, kind).map(({ written, name, example }) => (
              <li key={written}>
                <button type="button" onClick={() => onInsert(written)}>
                  <span>{name}</span>
                  <code>{written.replace(/\n+/g, ' ')}</code>
                  <span className="quiet">{example}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </details>
  );
}

const offered = (rows: Tags['rows'], kind: NamedTemplate['kind']): Tags['rows'] =>
  rows.filter(({ asks }) => kind === 'reminder' || !asks);

interface RestoreProps {
  templateKey: string;
  language: string;
  onRestored: () => void;
}

function Restore({ templateKey, language, onRestored }: RestoreProps) {
  const { company } = useInside();
  const words = useTemplateWords();
  const tell = useTell();
  const [asking, setAsking] = useState(false);
  const restore = useChange(company.id, () =>
    call('POST', at(company.id, `/templates/${templateKey}/${language}/restore`), {}),
  );
  const submit = () =>
    restore.mutate(undefined, {
      onSuccess: () => {
        setAsking(false);
        onRestored();
        tell.done(words.restored);
      },
    });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {words.restore}
      </Button>
      <AskDialog
        opened={asking}
        title={words.restoreTitle(languageName(words, language))}
        submit={words.restoreSubmit}
        change={restore}
        onSubmit={submit}
        onClose={() => setAsking(false)}
      >
        <Text>{words.restoreText}</Text>
      </AskDialog>
    </>
  );
}
