// The next page of a list, below it.
import { Button } from '@mantine/core';
import { useWords } from '../words/words.tsx';

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

export function MoreButton({ query }: { query: Paged }) {
  const words = useWords();
  if (!query.hasNextPage) return null;
  return (
    <Button variant="subtle" mt="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {words.more}
    </Button>
  );
}
