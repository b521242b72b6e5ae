// What of a screen could not be had from the server is told once, at its top: which parts, why, and one button that asks for all of
// them again. Each part by itself would say the same sentence, six times over where the server is down.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useId, useRef, useState } from 'react';
import { useWords } from '../words/words.tsx';
import { Failure } from './failure.tsx';

/** A question to the server, as TanStack Query has it. */
export interface Asked {
  isError: boolean;
  error: unknown;
  errorUpdateCount: number;
  refetch: () => unknown;
}

/** Several questions of which all must be answered: one fails, they fail; they are asked again together. */
export function asked(...together: readonly Asked[]): Asked {
  return {
    isError: together.some((one) => one.isError),
    error: together.find((one) => one.isError)?.error,
    errorUpdateCount: together.reduce((sum, one) => sum + one.errorUpdateCount, 0),
    refetch: () => {
      for (const one of together) void one.refetch();
    },
  };
}

interface Failed {
  what: string;
  error: unknown;
  retry: () => unknown;
  /** It is being asked for again. */
  trying: boolean;
}

interface Gathering {
  /** Who may have something to tell, in the order of the screen: which answer comes last is chance. */
  places: string[];
  tell: (id: string, failed: Failed) => void;
  mended: (id: string) => void;
}

const GatheringContext = createContext<Gathering | null>(null);
const TitleContext = createContext<{ title: string; isPart: boolean }>({ title: '', isPart: false });

/** What stands under this title is named by it, where it can't be shown; `isPart`: under another one. */
export function Titled({ title, isPart, children }: { title: string; isPart: boolean; children: ReactNode }) {
  return <TitleContext value={{ title, isPart }}>{children}</TitleContext>;
}

/** The failures of all that stands in it, told before it. `onMended`: they are gone, and with them the button that had the focus. */
export function Gathered({ children, onMended }: { children: ReactNode; onMended?: () => void }) {
  const [failed, setFailed] = useState<ReadonlyMap<string, Failed>>(new Map());
  const [gathering] = useState<Gathering>(() => ({
    places: [],
    tell: (id, one) =>
      setFailed((before) => {
        const known = before.get(id);
        // Asked for again before it was told here: that is no failure yet.
        if (one.trying && known === undefined) return before;
        return new Map(before).set(id, one.trying ? { ...known!, trying: true } : one);
      }),
    mended: (id) =>
      setFailed((before) => {
        if (!before.has(id)) return before;
        const after = new Map(before);
        after.delete(id);
        return after;
      }),
  }));
  const had = useRef(false);
  useEffect(() => {
    if (had.current && failed.size === 0) onMended?.();
    had.current = failed.size > 0;
  }, [failed, onMended]);
  const all = gathering.places.flatMap((id) => failed.get(id) ?? []);
  return (
    <GatheringContext value={gathering}>
      {all.length === 0 ? null : (
        <div className="failures">
          <Failure
            what={[...new Set(all.map(({ what }) => what))]}
            error={all[0]!.error}
            isRetrying={all.some(({ trying }) => trying)}
            onRetry={() => {
              for (const { retry } of all) void retry();
            }}
          />
        </div>
      )}
      {children}
    </GatheringContext>
  );
}

/**
 * Tells that it can't be had, at the top. It stays told while it is asked for again: a button that goes away under the finger and
 * comes back a moment later takes the focus with it.
 */
function useTold(query: Asked, data: unknown, what: string): void {
  const id = useId();
  const gathering = useContext(GatheringContext);
  const refetch = useRef(query.refetch);
  const retry = useCallback(() => refetch.current(), []);
  const { isError, error, errorUpdateCount } = query;
  const isFine = data !== undefined || errorUpdateCount === 0;
  useEffect(() => {
    refetch.current = query.refetch;
  });
  // Before it tells anything: effects run in their order.
  useEffect(() => {
    if (gathering === null) return;
    gathering.places.push(id);
    return () => {
      gathering.places.splice(gathering.places.indexOf(id), 1);
      gathering.mended(id);
    };
  }, [gathering, id]);
  useEffect(() => {
    if (isFine) gathering?.mended(id);
    else gathering?.tell(id, { what, error, retry, trying: !isError });
  }, [gathering, id, isFine, isError, error, what, retry]);
}

/** For what shows nothing where there is nothing: that it could not be had is something. */
export function NotHad({ query, what }: { query: Asked & { data: unknown }; what?: string }) {
  const { title } = useContext(TitleContext);
  useTold(query, query.data, what ?? title);
  return null;
}

/** In the place of what could not be had: the failure is told at the top, or here where nobody gathers. */
export function useNotLoaded(query: Asked, data: unknown, what: string | undefined): ReactNode {
  const words = useWords();
  const { title, isPart } = useContext(TitleContext);
  const name = what ?? title;
  useTold(query, data, name);
  const gathering = useContext(GatheringContext);
  if (gathering === null) return <Failure what={[name]} error={query.error} onRetry={query.refetch} />;
  return isPart ? <p className="quiet">{words.notShown}</p> : null;
}
