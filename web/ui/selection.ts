// Rows chosen in a list, kept while more rows are loaded.
import { useState } from 'react';

export interface Selection {
  chosen: ReadonlySet<string>;
  toggle: (key: string) => void;
  /** All of these, or none where all are chosen already. */
  toggleAll: (keys: readonly string[]) => void;
  /** These as well. */
  choose: (keys: readonly string[]) => void;
  clear: () => void;
}

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return {
    chosen,
    toggle: (key) => setChosen((before) => (before.has(key) ? without(before, [key]) : new Set([...before, key]))),
    toggleAll: (keys) =>
      setChosen((before) =>
        keys.every((key) => before.has(key)) ? without(before, keys) : new Set([...before, ...keys]),
      ),
    choose: (keys) => setChosen((before) => new Set([...before, ...keys])),
    clear: () => setChosen(new Set()),
  };
}

function without(chosen: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  const left = new Set(chosen);
  for (const key of keys) left.delete(key);
  return left;
}
