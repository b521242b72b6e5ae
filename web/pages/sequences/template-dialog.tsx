// The template of a step's message in each language, its merge tags set off.
import { Stack, Tabs, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Step } from '../../../src/contract/sequence.ts';
import type { Template } from '../../../src/contract/template.ts';
import { useInside } from '../../inside.tsx';
import { useThing } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../../ui/section.tsx';
import { useSequencesWords } from './words.ts';

export function TemplateDialog({ step, onClose }: { step: Step | null; onClose: () => void }) {
  const words = useSequencesWords();
  return (
    <Dialog opened={step !== null} onClose={onClose} size="xl" title={step === null ? '' : words.template(step.name)}>
      {step === null ? null : <InEachLanguage templateKey={step.templateKey} />}
    </Dialog>
  );
}

function InEachLanguage({ templateKey }: { templateKey: string }) {
  const { company, mayManage } = useInside();
  const words = useSequencesWords();
  const templates = useThing<{ rows: Template[] }>(company.id, 'templates');
  return (
    <Loaded query={templates} data={templates.data}>
      {({ rows }) => {
        const found = rows.filter((row) => row.key === templateKey);
        return found.length === 0 ? (
          <Text>{words.noTemplate}</Text>
        ) : (
          <Stack gap="sm">
            <Tabs defaultValue={found.find((row) => row.language === company.language)?.language ?? found[0]!.language}>
              <Tabs.List>
                {found.map((row) => (
                  <Tabs.Tab key={row.language} value={row.language}>
                    {words.languages[row.language] ?? row.language}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              {found.map((row) => (
                <Tabs.Panel key={row.language} value={row.language} pt="sm">
                  <Shown template={row} />
                </Tabs.Panel>
              ))}
            </Tabs>
            {mayManage ? (
              <Link to="/templates/$key" params={{ key: templateKey }}>
                {words.editTemplate}
              </Link>
            ) : null}
          </Stack>
        );
      }}
    </Loaded>
  );
}

function Shown({ template }: { template: Template }) {
  const words = useSequencesWords();
  return (
    <Stack gap="sm" lang={template.language}>
      <Text size="sm" c="dimmed">
        {words.tags}
      </Text>
      <dl className="envelope">
        <div>
          <dt>{words.subject}</dt>
          <dd>
            <strong>
              <WithTags text={template.subject} />
            </strong>
          </dd>
        </div>
      </dl>
      <pre className="message-text">
        <WithTags text={template.body} />
      </pre>
    </Stack>
  );
}

function WithTags({ text }: { text: string }) {
  let at = 0;
  return text.split(/(\{\{.*?\}\}|\{%.*?%\})/).map((part) => {
    at += part.length;
    return /^\{[{%]/.test(part) ? <mark key={at}>{part}</mark> : part;
  });
}
