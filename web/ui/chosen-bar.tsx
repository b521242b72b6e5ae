// What can be done with the chosen rows: stands at the bottom of the window while some are chosen.
import { Button, CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import type { Selection } from './selection.ts';

export function ChosenBar({
  selection,
  label,
  children,
}: {
  selection: Selection;
  /** How many are chosen, in words. */
  label: string;
  children: ReactNode;
}) {
  const words = useWords();
  if (selection.chosen.size === 0) return null;
  return (
    <section className="chosen-bar" aria-label={label}>
      <strong>{label}</strong>
      <div className="chosen-actions">{children}</div>
      <CloseButton aria-label={words.clearSelection} onClick={selection.clear} />
    </section>
  );
}

interface ChosenButtonProps {
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export function ChosenButton({ disabled = false, onClick, children }: ChosenButtonProps) {
  return (
    <Button size="compact-sm" variant="default" disabled={disabled} onClick={onClick}>
      {children}
    </Button>
  );
}
