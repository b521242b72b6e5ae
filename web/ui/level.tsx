// The level of a message as people name it: "R2 · Relance ferme"; a notice before the due date is no reminder.
import { useWords } from '../words/words.tsx';
import { type Meaning, Tag } from './tag.tsx';

export function LevelTag({
  level,
  name,
  formalNotice,
}: {
  level: number;
  name: string | null;
  formalNotice?: boolean;
}) {
  const words = useWords();
  return <Tag meaning={meaningOf(level, formalNotice ?? false)}>{words.today.levelNamed(level, name)}</Tag>;
}

function meaningOf(level: number, formalNotice: boolean): Meaning {
  if (level === 0) return 'soon';
  if (formalNotice || level >= 3) return 'very-late';
  return level === 1 ? 'due' : 'late';
}
