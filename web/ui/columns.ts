// Which columns of a list are shown: those that it has from the start until somebody chooses others, on this device.
import { useState } from 'react';
import type { Column } from './rows.tsx';

export interface ListColumn<T, Code extends string = string> extends Column<T> {
  code: Code;
  /** Shown only where it is asked for. */
  extra?: boolean;
  /** What its cell tells beside: columns of their own in a file. */
  tells?: readonly Code[];
}

export interface ChosenColumns<T, Code extends string = string> {
  all: readonly ListColumn<T, Code>[];
  /** In the order of all of them; the first always is. */
  shown: readonly ListColumn<T, Code>[];
  /** Nobody chose any. */
  isOriginal: boolean;
  toggle: (code: Code) => void;
  reset: () => void;
}

/** `place` is the list and its company: each has its own. */
export function useColumns<T, Code extends string>(
  place: string,
  all: readonly ListColumn<T, Code>[],
): ChosenColumns<T, Code> {
  const key = `relance.columns.${place}`;
  const [held, setHeld] = useState(() => ({ key, codes: remembered(key) }));
  const chosen = held.key === key ? held.codes : remembered(key);
  const original = all.filter((column) => column.extra !== true);
  const known = chosen === null ? [] : all.filter((column) => chosen.includes(column.code));
  // What is remembered may be of another time: of columns that are no more nothing is left.
  const asked = known.length === 0 ? original : known;
  const shown = all.filter((column, index) => index === 0 || asked.includes(column));
  const choose = (codes: readonly string[] | null) => {
    remember(key, codes);
    setHeld({ key, codes });
  };
  const codes = shown.map((column) => column.code);
  return {
    all,
    shown,
    isOriginal: shown.length === original.length && shown.every((column) => original.includes(column)),
    toggle: (code) => choose(codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code]),
    reset: () => choose(null),
  };
}

/** Anything may be in a browser's storage, and some browsers refuse it altogether. */
function remembered(key: string): readonly string[] | null {
  try {
    const codes: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return Array.isArray(codes) ? codes.filter((code) => typeof code === 'string') : null;
  } catch {
    return null;
  }
}

function remember(key: string, codes: readonly string[] | null): void {
  try {
    if (codes === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(codes));
  } catch {
    // Then they are as they were when the page is opened anew.
  }
}
