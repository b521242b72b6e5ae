// The next page of a list is asked for before its end comes into sight: whoever scrolls does not meet it.
import { type RefObject, useEffect, useRef } from 'react';

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
}

/** So far ahead, in pixels: several turns of a wheel. */
const ahead = 3_000;

/** For the last element of the list; `within` is what scrolls. One that could not be had is asked for again by its button only. */
export function useNearEnd<E extends Element>(within: RefObject<Element | null>, query: Paged): RefObject<E | null> {
  const end = useRef<E>(null);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const asks = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (!asks || end.current === null) return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) void fetchNextPage();
      },
      { root: within.current, rootMargin: `${ahead}px 0px` },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [asks, fetchNextPage, within]);
  return end;
}
