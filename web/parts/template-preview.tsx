// The message that a template makes, while it is edited: asked for when the person has stopped typing, and only shown where it could
// leave. What is wrong in the text comes back as its problem, with its place.
import { NativeSelect, Stack, Tabs, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from '../../src/contract/common.ts';
import type { TemplatePreview as Previewed } from '../../src/contract/template.ts';
import { call, Refusal } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useInvoices } from '../queries.ts';
import { Loaded } from '../ui/section.tsx';
import { useWords } from '../words/words.tsx';
import { DraftFrame } from './draft-frame.tsx';
import { useTemplateWords } from './template-words.ts';
import type { NamedTemplate } from './templates.ts';

interface Asked {
  key: string;
  language: string;
  level?: number | undefined;
  invoiceId?: string | undefined;
  subject: string;
  body: string;
}

type Answer = { draft: Asked } & ({ message: Previewed; problem: null } | { message: null; problem: Problem });

/** Null: there is nothing to look at. */
export function useTemplatePreview(companyId: string, asked: Asked | null) {
  // A text that is another object at each drawing would never settle.
  const [settled] = useDebouncedValue(asked === null ? null : JSON.stringify(draftOf(asked)), 400);
  const draft = settled === null ? null : (JSON.parse(settled) as Asked);
  const query = useQuery({
    queryKey: ['company', companyId, 'template-preview', settled],
    queryFn: ({ signal }) => answerOf(companyId, draft!, signal),
    placeholderData: keepPreviousData,
    enabled: draft !== null && draft.subject.trim() !== '' && draft.body.trim() !== '',
  });
  const { data } = query;
  const [good, setGood] = useState<Answer>();
  if (data !== undefined && data.message !== null && data !== good) setGood(data);
  const isOf = (answer: Answer | undefined): answer is Answer =>
    asked !== null && answer?.draft.language === asked.language;
  return {
    query,
    /** The last text that could leave, in this language. */
    good: isOf(good) ? good : undefined,
    problem: isOf(data) && !query.isPlaceholderData ? data.problem : null,
  };
}

const draftOf = ({ key, language, level, invoiceId, subject, body }: Asked): Asked => ({
  key,
  language,
  level,
  invoiceId,
  subject,
  body,
});

async function answerOf(companyId: string, draft: Asked, signal: AbortSignal): Promise<Answer> {
  try {
    const message = await call<Previewed>('POST', at(companyId, '/templates/preview'), draft, signal);
    return { draft, message, problem: null };
  } catch (error) {
    const problem = error instanceof Refusal ? error.problem : null;
    if (problem?.errors?.[0]?.line === undefined) throw error;
    return { draft, message: null, problem };
  }
}

interface TemplatePreviewProps {
  preview: ReturnType<typeof useTemplatePreview>;
  /** Thanks are shown about invented invoices. */
  kind: NamedTemplate['kind'];
  invoiceId: string;
  onInvoice: (invoiceId: string) => void;
}

export function TemplatePreview({ preview, kind, invoiceId, onInvoice }: TemplatePreviewProps) {
  const words = useTemplateWords();
  const { query, good, problem } = preview;
  return (
    <section className="template-preview" aria-label={words.preview}>
      <Stack gap="sm">
        <Text fw={650}>{words.preview}</Text>
        {kind === 'thanks' ? null : <AboutWhich invoiceId={invoiceId} onInvoice={onInvoice} />}
        {problem === null ? null : (
          <Text size="sm" c="dimmed" role="status">
            {good === undefined ? words.noPreview : words.stillWrong}
          </Text>
        )}
        {problem !== null && good === undefined ? null : (
          <Loaded query={query} data={good} what={words.preview}>
            {(answer) =>
              answer.message === null ? null : <Shown kind={kind} draft={answer.draft} message={answer.message} />
            }
          </Loaded>
        )}
      </Stack>
    </section>
  );
}

function Shown({ kind, draft, message }: { kind: NamedTemplate['kind']; draft: Asked; message: Previewed }) {
  const { company } = useInside();
  const words = useTemplateWords();
  const { messages } = useWords();
  const { customerName, invoiceNumbers, invented } = message.about;
  return (
    <>
      <Text size="sm" c="dimmed">
        {kind === 'thanks'
          ? words.inventedThanks
          : invented
            ? words.invented
            : words.about(customerName, invoiceNumbers.join(', '))}
      </Text>
      <dl className="envelope">
        <div>
          <dt>{messages.subject}</dt>
          <dd>
            <strong>{message.subject}</strong>
          </dd>
        </div>
      </dl>
      <Tabs defaultValue="html" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="html">{messages.html}</Tabs.Tab>
          <Tabs.Tab value="text">{messages.text}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="html" pt="sm">
          <DraftFrame
            action={at(company.id, '/templates/preview.html')}
            draft={JSON.stringify(draft)}
            title={words.frameTitle}
          />
        </Tabs.Panel>
        <Tabs.Panel value="text" pt="sm">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard */}
          <pre className="message-text" tabIndex={0}>
            {message.text}
          </pre>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** Other real invoices, those that are late for longest first; none where none is late. */
function AboutWhich({ invoiceId, onInvoice }: Omit<TemplatePreviewProps, 'preview' | 'kind'>) {
  const { company } = useInside();
  const words = useTemplateWords();
  const invoices = useInvoices(company.id, 'state=overdue&order=due&limit=20');
  const rows = invoices.data?.rows ?? [];
  if (rows.length < 2) return null;
  return (
    <NativeSelect
      label={words.previewFor}
      value={invoiceId}
      data={[
        { value: '', label: words.oldest },
        ...rows.map((row) => ({ value: row.id, label: `${row.number} · ${row.customerName}` })),
      ]}
      onChange={(event) => onInvoice(event.currentTarget.value)}
    />
  );
}
