// A state in a word, with the colour that has that meaning everywhere.
import type { ReactNode } from 'react';

export type Meaning = 'due' | 'soon' | 'late' | 'very-late' | 'paid' | 'paused';

export function Tag({ meaning, children }: { meaning: Meaning; children: ReactNode }) {
  return <span className={`tag ${meaning}`}>{children}</span>;
}
