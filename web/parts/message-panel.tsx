// One message in a panel: its headers, its HTML in a closed frame, its text, its bytes to take away. ← and → walk the list.
import { ActionIcon, Anchor, Group, Stack, Tabs, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { Company } from '../../src/contract/company.ts';
import type { Message } from '../../src/contract/reminder.ts';
import { at, useMessage } from '../queries.ts';
import { SidePanel } from '../ui/dialog.tsx';
import { Loaded } from '../ui/section.tsx';
import { useWords } from '../words/words.tsx';

interface Reading {
  ids: readonly string[];
  index: number;
}

interface MessagePanelProps {
  company: Company;
  reading: Reading | null;
  onMove: (index: number) => void;
  onClose: () => void;
}

export function MessagePanel({ company, reading, onMove, onClose }: MessagePanelProps) {
  const { messages: words } = useWords();
  const move = (by: number) => {
    if (reading === null) return;
    const index = reading.index + by;
    if (index >= 0 && index < reading.ids.length) onMove(index);
  };
  useHotkeys([
    ['ArrowRight', () => move(1)],
    ['ArrowLeft', () => move(-1)],
  ]);
  return (
    <SidePanel opened={reading !== null} onClose={onClose} title={words.html}>
      {reading === null ? null : (
        <>
          <Walk reading={reading} onMove={move} />
          <Opened company={company} reminderId={reading.ids[reading.index]!} />
        </>
      )}
    </SidePanel>
  );
}

function Walk({ reading, onMove }: { reading: Reading; onMove: (by: number) => void }) {
  const { messages: words } = useWords();
  if (reading.ids.length < 2) return null;
  return (
    <Group gap="xs" mb="sm">
      <ActionIcon
        variant="default"
        aria-label={words.previous}
        disabled={reading.index === 0}
        onClick={() => onMove(-1)}
      >
        ←
      </ActionIcon>
      <Text size="sm" c="dimmed" className="figures">
        {reading.index + 1} / {reading.ids.length}
      </Text>
      <ActionIcon
        variant="default"
        aria-label={words.next}
        disabled={reading.index === reading.ids.length - 1}
        onClick={() => onMove(1)}
      >
        →
      </ActionIcon>
    </Group>
  );
}

function Opened({ company, reminderId }: { company: Company; reminderId: string }) {
  const message = useMessage(company.id, reminderId);
  return (
    <Loaded query={message} data={message.data}>
      {(shown) => <Shown message={shown} base={at(company.id, `/reminders/${reminderId}/message`)} />}
    </Loaded>
  );
}

function Shown({ message, base }: { message: Message; base: string }) {
  const { messages: words } = useWords();
  return (
    <Stack gap="sm">
      <dl className="envelope">
        <Line title={words.subject}>
          <strong>{message.subject}</strong>
        </Line>
        {message.from === '' ? null : <Line title={words.from}>{message.from}</Line>}
        <Line title={words.to}>{message.to.join(', ')}</Line>
        {message.cc.length === 0 ? null : <Line title={words.cc}>{message.cc.join(', ')}</Line>}
        {message.attachments.length === 0 ? null : (
          <Line title={words.attachments}>{message.attachments.map((one) => one.name).join(', ')}</Line>
        )}
      </dl>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {message.left ? words.asItLeft : words.asItWouldLeave}
        </Text>
        <Anchor href={`${base}.eml`} download size="sm" underline="always">
          {words.download}
        </Anchor>
      </Group>
      <Tabs defaultValue="html" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="html">{words.html}</Tabs.Tab>
          <Tabs.Tab value="text">{words.text}</Tabs.Tab>
          <Tabs.Tab value="headers">{words.headers}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="html" pt="sm">
          <iframe className="message-frame" title={words.frameTitle} src={`${base}.html`} sandbox="" />
        </Tabs.Panel>
        <Tabs.Panel value="text" pt="sm">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard */}
          <pre className="message-text" tabIndex={0}>
            {message.text}
          </pre>
        </Tabs.Panel>
        <Tabs.Panel value="headers" pt="sm">
          <dl className="envelope">
            {message.headers.map((header) => (
              <Line key={header.name} title={header.name}>
                {header.value}
              </Line>
            ))}
          </dl>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function Line({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
