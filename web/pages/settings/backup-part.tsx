// The installation in one file, and how it is put back.
import { Button, Stack, Text } from '@mantine/core';
import { useInside } from '../../inside.tsx';
import { at } from '../../queries.ts';
import { useSettingsWords } from './words.ts';

export function BackupPart() {
  const { company, isOwner } = useInside();
  const words = useSettingsWords();
  return (
    <Stack className="measure" align="flex-start">
      <Text>{words.backupIntro}</Text>
      <Text size="sm" c="dimmed">
        {words.backupKey}
      </Text>
      {isOwner ? (
        <Button component="a" href={at(company.id, '/backup')} download variant="default">
          {words.backupButton}
        </Button>
      ) : null}
      <Text size="sm" c="dimmed">
        {words.backupNotYours}
      </Text>
      <Text size="sm">
        {words.backupRestore} <code>npm run relance -- restore relance.relance</code>
      </Text>
    </Stack>
  );
}
