// The steps of the company's sequences, those of the default one first.
import { useInside } from '../inside.tsx';
import { useThing } from '../queries.ts';
import { useWords } from '../words/words.tsx';

interface Step {
  id: string;
  level: number;
  name: string;
  sequenceTitle: string;
}

interface SequenceRows {
  rows: { id: string; title: string; isDefault: boolean; steps: { id: string; level: number; name: string }[] }[];
}

export function useSteps(): Step[] {
  const { company } = useInside();
  const sequences = useThing<SequenceRows>(company.id, 'sequences');
  const rows = [...(sequences.data?.rows ?? [])].sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
  return rows.flatMap(({ title, steps }) => steps.map((step) => ({ ...step, sequenceTitle: title })));
}

/** The levels of the company's sequences, each once, under its first name. */
export function useLevels(): { value: string; label: string }[] {
  const { today } = useWords();
  const steps = useSteps();
  const named = new Map<number, string>();
  for (const { level, name } of steps) if (!named.has(level)) named.set(level, name);
  return [...named]
    .sort(([a], [b]) => a - b)
    .map(([level, name]) => ({ value: String(level), label: today.levelNamed(level, name) }));
}
