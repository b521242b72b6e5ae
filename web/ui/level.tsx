// The level of a message as people name it: "R2 · Relance ferme"; a notice before the due date is no reminder, thanks have none.
import type { ReminderRow } from '../../src/contract/reminder.ts';
import { useWords } from '../words/words.tsx';
import { type Meaning, Tag } from './tag.tsx';

export function LevelTag({
  level,
  name,
  formalNotice,
  kind = 'reminder',
}: {
  level: number;
  name: string | null;
  formalNotice?: boolean;
  kind?: ReminderRow['kind'];
}) {
  const words = useWords();
  const meaning = kind === 'thanks' ? 'paid' : meaningOf(level, formalNotice ?? false);
  return <Tag meaning={meaning}>{words.today.levelNamed(level, name, kind)}</Tag>;
}

function meaningOf(level: number, formalNotice: boolean): Meaning {
  if (level === 0) return 'soon';
  if (formalNotice || level >= 3) return 'very-late';
  return level === 1 ? 'due' : 'late';
}
