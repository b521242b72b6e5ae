// What a person changed in a form and has not saved yet, over what the server has. Leaving with changes asks first.
import { useState } from 'react';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { useSettingsWords } from './words.ts';

export interface Draft<T extends object> {
  value: T;
  changes: Partial<T>;
  changed: boolean;
  set: (change: Partial<T>) => void;
  clear: () => void;
}

export function useDraft<T extends object>(saved: T): Draft<T> {
  const words = useSettingsWords();
  const [typed, setTyped] = useState<Partial<T>>({});
  const entries = Object.entries(typed).filter(([name, value]) => !same(value, saved[name as keyof T]));
  const changed = entries.length > 0;
  useUnsaved(changed, words.unsaved);
  return {
    value: { ...saved, ...typed },
    changes: Object.fromEntries(entries) as Partial<T>,
    changed,
    set: (change) => setTyped((before) => ({ ...before, ...change })),
    clear: () => setTyped({}),
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
