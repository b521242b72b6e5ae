// One message: its headers, its HTML in a closed frame, its text, its bytes to take away.
import { Anchor, Group, Stack, Tabs, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Company } from '../../src/contract/company.ts';
import type { Message } from '../../src/contract/reminder.ts';
import { at, useMessage } from '../queries.ts';
import { Loaded } from '../ui/section.tsx';
import { useWords } from '../words/words.tsx';
import { MessageBounces } from './message-bounces.tsx';

export function MessageView({ company, reminderId }: { company: Company; reminderId: string }) {
  const { messages: words } = useWords();
  const message = useMessage(company.id, reminderId);
  return (
    <Loaded query={message} data={message.data} what={words.html}>
      {(shown) => (
        <Shown
          reminderId={reminderId}
          message={shown}
          base={at(company.id, `/reminders/${reminderId}/message`)}
          readAt={message.dataUpdatedAt}
        />
      )}
    </Loaded>
  );
}

interface ShownProps {
  reminderId: string;
  message: Message;
  base: string;
  readAt: number;
}

/** `readAt` makes the frame ask again when the message was read again: its text may have been edited. */
function Shown({ reminderId, message, base, readAt }: ShownProps) {
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
      <MessageBounces key={reminderId} reminderId={reminderId} message={message} />
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
          <iframe className="message-frame" title={words.frameTitle} src={`${base}.html?at=${readAt}`} sandbox="" />
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
