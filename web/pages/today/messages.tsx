// The messages as they left, or would have left: the latest first, each opens beside the list.
import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Company } from '../../../src/contract/company.ts';
import { MessageRows } from '../../parts/message-rows.tsx';
import { useReminders } from '../../queries.ts';
import { Empty, Loaded, Section } from '../../ui/section.tsx';
import { useWords } from '../../words/words.tsx';

interface MessagesProps {
  company: Company;
  /** How many are on their way: while there are some, the lists are asked for again. */
  ready: number;
}

export function Messages({ company, ready }: MessagesProps) {
  const { messages: words, all: allWords } = useWords();
  const left = useReminders(company.id, 'left');
  const client = useQueryClient();
  useEffect(() => {
    if (ready >= 0)
      for (const what of ['reminders', 'preview'])
        void client.invalidateQueries({ queryKey: ['company', company.id, what] });
  }, [ready, client, company.id]);
  const rows = left.data?.pages.flatMap((page) => page.rows);
  return (
    <Section title={words.title} hint={company.mode === 'live' ? words.hintLive : words.hintPractice}>
      <Loaded query={left} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <Empty>
              <Text>{words.empty}</Text>
            </Empty>
          ) : (
            <MessageRows label={words.title} rows={shown} />
          )
        }
      </Loaded>
      {left.hasNextPage ? <Link to="/sent">{allWords}</Link> : null}
    </Section>
  );
}
