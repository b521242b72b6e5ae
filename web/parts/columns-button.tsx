// "Colonnes": which of a list's columns are shown, and so which its file has.
import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useState } from 'react';
import type { ChosenColumns } from '../ui/columns.ts';
import { useListWords } from './list-words.ts';

export function ColumnsButton<T, Code extends string>({ columns }: { columns: ChosenColumns<T, Code> }) {
  const words = useListWords();
  const [opened, setOpened] = useState(false);
  // Wherever the focus is by then: the popover itself hears the key only while it is in there.
  useWindowEvent('keydown', ({ key }) => {
    if (key === 'Escape') setOpened(false);
  });
  const { all, shown, isOriginal, toggle, reset } = columns;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      trapFocus
      returnFocus
      withinPortal={false}
      shadow="md"
    >
      <Popover.Target>
        <Button variant="subtle" onClick={() => setOpened((before) => !before)}>
          {words.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="columns-choice">
        <Stack gap="xs">
          {all.map((column, index) => (
            <Checkbox
              key={column.code}
              size="sm"
              label={column.title}
              checked={shown.includes(column)}
              // Without the first a row would say nothing, and lead nowhere.
              disabled={index === 0}
              onChange={() => toggle(column.code)}
            />
          ))}
          <Button variant="default" size="xs" disabled={isOriginal} onClick={reset}>
            {words.original}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
