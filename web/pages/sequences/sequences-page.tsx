// Being built.
import { Page } from '../../ui/page.tsx';
import { useWords } from '../../words/words.tsx';

export function SequencesPage() {
  const words = useWords();
  return <Page title={words.screens.today}>{null}</Page>;
}
