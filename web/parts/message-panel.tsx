// One message in a panel; ← and → walk through the list.
import { ActionIcon, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { Company } from '../../src/contract/company.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { useWords } from '../words/words.tsx';
import { MessageView } from './message-view.tsx';

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
          <MessageView company={company} reminderId={reading.ids[reading.index]!} />
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
