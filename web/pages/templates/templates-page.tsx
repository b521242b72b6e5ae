// "Modèles": the texts of messages, in which languages each is, and which steps send it.
import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Sequence } from '../../../src/contract/sequence.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { useTemplateWords } from '../../parts/template-words.ts';
import { type NamedTemplate, usesOf, useTemplates } from '../../parts/templates.ts';
import { at, useChange, useThing } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { NotHad } from '../../ui/not-loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';
import { useTemplatesWords } from './words.ts';

export function TemplatesPage() {
  const { company, mayManage } = useInside();
  const { screens } = useWords();
  const words = useTemplatesWords();
  const { languages } = useTemplateWords();
  const { query, templates } = useTemplates();
  const sequences = useThing<{ rows: Sequence[] }>(company.id, 'sequences');
  const [copied, setCopied] = useState<NamedTemplate | 'none' | null>(null);
  const titles = words.columns;
  const columns: Column<NamedTemplate>[] = [
    {
      title: titles.name,
      cell: ({ key, name }) => (
        <Link to="/templates/$key" params={{ key }}>
          {name}
        </Link>
      ),
    },
    {
      title: titles.languages,
      cell: ({ rows }) => rows.map(({ language }) => languages[language] ?? language).join(', '),
    },
    {
      title: titles.uses,
      cell: ({ key, kind }) => {
        if (kind === 'thanks') return words.thanks;
        const uses = usesOf(sequences.data?.rows ?? [], key);
        if (uses.length === 0)
          return sequences.data === undefined ? '…' : <span className="quiet">{words.unused}</span>;
        return (
          <Stack gap={0}>
            {uses.map(({ sequenceId, sequenceTitle, steps }) => (
              <Link key={sequenceId} to="/sequences/$sequenceId" params={{ sequenceId }}>
                {words.use(sequenceTitle, steps.join(', '))}
              </Link>
            ))}
          </Stack>
        );
      },
    },
  ];
  if (mayManage)
    columns.push({
      title: titles.actions,
      actions: true,
      cell: (template) =>
        template.kind === 'thanks' ? null : (
          <Button variant="default" size="xs" onClick={() => setCopied(template)}>
            {words.copy}
          </Button>
        ),
    });
  return (
    <Page
      title={screens.templates}
      detail={words.intro}
      actions={mayManage ? <Button onClick={() => setCopied('none')}>{words.add}</Button> : null}
    >
      <Loaded query={query} data={templates}>
        {(shown) =>
          shown.length === 0 ? (
            <Empty>
              <Text>{words.empty}</Text>
            </Empty>
          ) : (
            <Rows label={screens.templates} columns={columns} rows={shown} keyOf={(row) => row.key} />
          )
        }
      </Loaded>
      <NotHad query={sequences} what={titles.uses} />
      <Dialog opened={copied !== null} onClose={() => setCopied(null)} title={words.newTitle}>
        {copied === null ? null : (
          <NewTemplate
            first={copied === 'none' ? null : copied}
            templates={(templates ?? []).filter(({ kind }) => kind === 'reminder')}
            onClose={() => setCopied(null)}
          />
        )}
      </Dialog>
    </Page>
  );
}

interface NewTemplateProps {
  /** The one that it is to be a copy of. */
  first: NamedTemplate | null;
  templates: readonly NamedTemplate[];
  onClose: () => void;
}

function NewTemplate({ first, templates, onClose }: NewTemplateProps) {
  const { company } = useInside();
  const words = useTemplatesWords();
  const navigate = useNavigate();
  const tell = useTell();
  const [name, setName] = useState(first === null ? '' : words.copyName(first.name));
  const [copyOf, setCopyOf] = useState(first?.key ?? '');
  const create = useChange(company.id, () =>
    call<{ key: string }>('POST', at(company.id, '/templates'), { name, ...(copyOf === '' ? {} : { copyOf }) }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(undefined, {
      onSuccess: ({ key }) => {
        tell.done(words.made);
        void navigate({ to: '/templates/$key', params: { key } });
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={words.name}
          description={words.nameHint}
          value={name}
          required
          maxLength={200}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.begin}
          value={copyOf}
          data={[
            { value: '', label: words.beginShort },
            ...templates.map((one) => ({ value: one.key, label: words.beginCopy(one.name) })),
          ]}
          onChange={(event) => setCopyOf(event.currentTarget.value)}
        />
        <FormFoot change={create} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}
