// The next page of a list, below it.
import { Button } from '@mantine/core';
import { useWords } from '../words/words.tsx';
import { Failure } from './failure.tsx';

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage: () => unknown;
}

export function MoreButton({ query }: { query: Paged }) {
  const words = useWords();
  if (!query.hasNextPage) return null;
  if (query.isFetchNextPageError) return <Failure error={query.error} onRetry={query.fetchNextPage} />;
  return (
    <Button variant="subtle" mt="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {words.more}
    </Button>
  );
}
