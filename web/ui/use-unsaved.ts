// Leaving with changes that are not saved asks first: by a link of the page, and by closing the window.
import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';

/** Answers how to leave without being asked, for what has just been saved. */
export function useUnsaved(changed: boolean, question: string): () => void {
  const mayLeave = useRef(false);
  useBlocker({
    shouldBlockFn: () => changed && !mayLeave.current && !window.confirm(question),
    enableBeforeUnload: () => changed && !mayLeave.current,
  });
  return () => {
    mayLeave.current = true;
  };
}
