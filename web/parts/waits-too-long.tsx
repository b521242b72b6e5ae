// A message that has waited for approval for longer than the company wants, and for how long.
import type { ReminderRow } from '../../src/contract/reminder.ts';
import { Tag } from '../ui/tag.tsx';
import { useWords } from '../words/words.tsx';

export function WaitsTooLong({ row }: { row: ReminderRow }) {
  const { approve: words } = useWords();
  if (!row.waitsTooLong || row.waitsDays === null) return null;
  return (
    <span>
      <Tag meaning="late">{words.waits(row.waitsDays)}</Tag>
    </span>
  );
}
