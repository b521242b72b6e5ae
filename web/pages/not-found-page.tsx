// An address that leads nowhere: an old link, or another company's.
import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/section.tsx';
import { useWords } from '../words/words.tsx';

export function NotFoundPage() {
  const { notFound: words } = useWords();
  return (
    <Page title={words.title}>
      <Empty>
        <Text>{words.hint}</Text>
        <Link to="/">{words.back}</Link>
      </Empty>
    </Page>
  );
}
