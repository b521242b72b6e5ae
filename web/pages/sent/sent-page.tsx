// "Envois": all that left, the latest first, searched by customer, address or invoice; each opens as it left.
import { Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { useInside } from '../../inside.tsx';
import { MessageRows } from '../../parts/message-rows.tsx';
import { queryOf, useList } from '../../queries.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useWords } from '../../words/words.tsx';
import { useSentWords } from './words.ts';

export function SentPage() {
  const { company } = useInside();
  const { screens, messages } = useWords();
  const words = useSentWords();
  const { search } = useSearch({ from: '/sent' });
  const list = useList<ReminderRow>(company.id, 'reminders', queryOf({ state: 'left', search }));
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return (
    <Page title={screens.sent} detail={company.mode === 'live' ? words.intro : words.introPractice}>
      <SearchBox key={company.id} search={search ?? ''} />
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <Empty>
              <Text>{search === undefined ? messages.empty : words.nothing}</Text>
            </Empty>
          ) : (
            <MessageRows label={screens.sent} rows={shown} />
          )
        }
      </Loaded>
      <MoreButton query={list} />
    </Page>
  );
}

function SearchBox({ search }: { search: string }) {
  const words = useSentWords();
  const navigate = useNavigate({ from: '/sent' });
  const [typed, setTyped] = useState(search);
  const searchFor = useDebouncedCallback((text: string) => {
    void navigate({ search: { search: text.trim() === '' ? undefined : text.trim() }, replace: true });
  }, 250);
  return (
    <div className="filters">
      <TextInput
        className="grow"
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          searchFor(event.currentTarget.value);
        }}
      />
    </div>
  );
}
