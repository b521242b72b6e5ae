// The steps of the company's sequences, those of the default one first.
import { useInside } from '../inside.tsx';
import { useThing } from '../queries.ts';

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
