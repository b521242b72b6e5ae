// What the DNS says of the domain that messages come from: asked when a person wants to know, each answer with what to do.
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SenderDomain } from '../../../src/contract/company.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, queryOf } from '../../queries.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Section } from '../../ui/section.tsx';
import { type Meaning, Tag } from '../../ui/tag.tsx';
import { useDnsWords } from './dns-words.ts';

type Finding = SenderDomain['findings'][number];

const meanings: Record<Finding['level'], Meaning> = {
  fine: 'paid',
  advised: 'soon',
  'to-check': 'late',
  wrong: 'very-late',
  'no-answer': 'due',
};

export function DnsSection() {
  const { company } = useInside();
  const words = useDnsWords();
  const { senderEmail } = company;
  if (senderEmail === null) {
    return (
      <Section title={words.title}>
        <p className="quiet">{words.needsSender}</p>
      </Section>
    );
  }
  const domain = senderEmail.slice(senderEmail.lastIndexOf('@') + 1);
  return (
    <Section title={words.title} hint={words.hint(domain)}>
      <Asked key={domain} />
    </Section>
  );
}

function Asked() {
  const { company } = useInside();
  const words = useDnsWords();
  const [selector, setSelector] = useState('');
  const ask = useMutation({
    mutationFn: () => call<SenderDomain>('GET', at(company.id, `/sender-domain?${queryOf({ selector })}`)),
  });
  return (
    <Stack>
      <form
        className="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <Stack gap="sm" align="flex-start">
          <TextInput
            label={words.selector}
            description={words.selectorHint}
            value={selector}
            autoComplete="off"
            spellCheck={false}
            w="100%"
            onChange={(event) => setSelector(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={ask.isPending}>
            {words.ask}
          </Button>
        </Stack>
      </form>
      {ask.isError ? <Failure error={ask.error} /> : null}
      {ask.data === undefined || ask.isError ? null : <Findings findings={ask.data.findings} />}
    </Stack>
  );
}

function Findings({ findings }: { findings: Finding[] }) {
  const words = useDnsWords();
  return (
    <ul className="dns" aria-label={words.results}>
      {(['spf', 'dkim', 'dmarc', 'mx'] as const).map((topic) => (
        <li key={topic}>
          <h3>{words.topics[topic]}</h3>
          {findings
            .filter(({ about }) => about === topic)
            .map((finding) => (
              <Said key={finding.code} finding={finding} />
            ))}
        </li>
      ))}
    </ul>
  );
}

function Said({ finding: { about, level, code, with: told, publish } }: { finding: Finding }) {
  const words = useDnsWords();
  const isNew = code === 'spf-none' || code === 'dmarc-none';
  return (
    <div className="dns-said">
      <div className="dns-line">
        <Tag meaning={meanings[level]}>{words.levels[level]}</Tag>
        <Text size="sm">{words.said[code](told)}</Text>
      </div>
      {publish === null ? null : (
        <div className="dns-record">
          <Text size="sm">{isNew ? words.publish(publish.name) : words.instead(publish.name)}</Text>
          <CopyField label={words.record(about.toUpperCase())} value={publish.value} />
        </div>
      )}
    </div>
  );
}
