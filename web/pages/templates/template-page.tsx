// One template, edited on a page of its own.
import { Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Sequence } from '../../../src/contract/sequence.ts';
import { useInside } from '../../inside.tsx';
import { RemoveButton } from '../../parts/remove-button.tsx';
import { TemplateEditor } from '../../parts/template-editor.tsx';
import { useTemplateWords } from '../../parts/template-words.ts';
import { type NamedTemplate, usesOf, useTemplates } from '../../parts/templates.ts';
import { useThing } from '../../queries.ts';
import { Page } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { useTemplatesWords } from './words.ts';

export function TemplatePage() {
  const words = useTemplatesWords();
  const { whole, gone } = useTemplateWords();
  const { key } = useParams({ from: '/templates/$key' });
  const { query, templates } = useTemplates();
  const back = <Link to="/templates">{words.back}</Link>;
  const template = templates?.find((one) => one.key === key);
  if (template !== undefined) return <OneTemplate key={key} template={template} />;
  return (
    <Page title={whole} back={back}>
      <Loaded query={query} data={templates} what={whole}>
        {() => (
          <Empty>
            <Text>{gone}</Text>
          </Empty>
        )}
      </Loaded>
    </Page>
  );
}

function OneTemplate({ template }: { template: NamedTemplate }) {
  const { mayManage } = useInside();
  const words = useTemplatesWords();
  const { unsaved } = useTemplateWords();
  const [changed, setChanged] = useState(false);
  const leave = useUnsaved(mayManage && changed, unsaved);
  const isReadyMade = template.rows.some((row) => row.readyMade);
  return (
    <Page title={template.name} back={<Link to="/templates">{words.back}</Link>} detail={<Uses template={template} />}>
      <TemplateEditor
        template={template}
        onChanged={setChanged}
        actions={isReadyMade ? null : <RemoveTemplate template={template} onRemoved={leave} />}
      />
    </Page>
  );
}

function Uses({ template }: { template: NamedTemplate }) {
  const { company } = useInside();
  const words = useTemplatesWords();
  const sequences = useThing<{ rows: Sequence[] }>(company.id, 'sequences');
  if (template.kind === 'thanks') return words.thanks;
  if (sequences.data === undefined) return null;
  const uses = usesOf(sequences.data.rows, template.key);
  if (uses.length === 0) return words.usedByNone;
  return (
    <>
      {words.usedBy}
      {uses.map(({ sequenceId, sequenceTitle, steps }, index) => (
        <span key={sequenceId}>
          {index === 0 ? null : ' · '}
          <Link to="/sequences/$sequenceId" params={{ sequenceId }}>
            {words.use(sequenceTitle, steps.join(', '))}
          </Link>
        </span>
      ))}
    </>
  );
}

function RemoveTemplate({ template, onRemoved }: { template: NamedTemplate; onRemoved: () => void }) {
  const words = useTemplatesWords();
  const { remove, removeSubmit: submit, removed } = words;
  return (
    <RemoveButton
      path={`/templates/${template.key}`}
      list="/templates"
      words={{ remove, submit, removed, title: words.removeTitle(template.name) }}
      onRemoved={onRemoved}
    >
      <Text>{words.removeText}</Text>
    </RemoveButton>
  );
}
