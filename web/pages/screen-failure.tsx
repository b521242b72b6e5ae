// A screen that could not be shown at all: its code could not be loaded, or it failed. What stands around it stays.
import { useRouter } from '@tanstack/react-router';
import { Failure } from '../ui/failure.tsx';
import { Page } from '../ui/page.tsx';
import { useWords } from '../words/words.tsx';

export function ScreenFailure({ error }: { error: unknown }) {
  const router = useRouter();
  const words = useWords();
  return (
    <Page title={words.screenNotShown}>
      {/* To draw it once more would fail as it did: its code is asked for again. */}
      <Failure error={error} onRetry={() => router.invalidate()} />
    </Page>
  );
}

/** Where not even what stands around the screens could be drawn. */
export function NothingShown({ error }: { error: unknown }) {
  return (
    <main className="page">
      <ScreenFailure error={error} />
    </main>
  );
}
