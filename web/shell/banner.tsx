// In practice, always in sight: no e-mail is sent; and the day that is played, with the way to move it on.
import { Button, Group, Popover, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Company } from '../../src/contract/company.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { ThrowSampleAway } from '../parts/sample.tsx';
import { at, useChange } from '../queries.ts';
import { Failure } from '../ui/failure.tsx';
import { formatLongDay } from '../ui/format.ts';
import { useLanguage, useWords } from '../words/words.tsx';

export function Banner() {
  const { company, mayManage, isOwner } = useInside();
  const words = useWords();
  const language = useLanguage();
  if (company.mode === 'live') return null;
  return (
    <div className="banner" role="note">
      <div>
        <strong>{company.sample ? words.mode.sample : words.mode.practice}</strong>
        <span className="banner-more"> {words.mode.practiceMore}</span>
        {company.simulatedOn === null ? null : (
          <div>{words.mode.simulated(formatLongDay(company.simulatedOn, language))}</div>
        )}
      </div>
      <div className="banner-actions">
        <ThrowSampleAway />
        {mayManage ? <Clock company={company} /> : null}
        {isOwner && !company.sample ? (
          <Link to="/settings" search={{ part: 'live' }}>
            {words.mode.goLive} →
          </Link>
        ) : null}
      </div>
    </div>
  );
}

function Clock({ company }: { company: Company }) {
  const words = useWords();
  const [opened, setOpened] = useState(false);
  const [day, setDay] = useState(company.today);
  const set = useChange(company.id, (on: string) => call('PUT', at(company.id, '/clock'), { on }));
  const toggle = () => {
    setDay(company.today);
    setOpened(!opened);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(day, { onSuccess: () => setOpened(false) });
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus withinPortal={false}>
      <Popover.Target>
        <Button variant="default" size="xs" onClick={toggle}>
          {words.mode.setClock}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.mode.setClock}>
        <form onSubmit={submit}>
          <TextInput
            type="date"
            label={words.mode.clockDay}
            description={words.mode.clockHint}
            value={day}
            required
            onChange={(event) => setDay(event.currentTarget.value)}
            maw={280}
          />
          {set.isError ? <Failure error={set.error} /> : null}
          <Group mt="sm" justify="flex-end">
            <Button type="submit" size="xs" loading={set.isPending}>
              <Text inherit>{words.mode.clockSet}</Text>
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
