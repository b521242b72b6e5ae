// What waits because a rate of interest is not confirmed. Nothing where nothing does.
import { Alert, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { wordsOf } from '../../words/words.tsx';

const fr = {
  waiting: (count: number) =>
    `${count} ${count >= 2 ? 'relances attendent' : 'relance attend'} qu’un taux d’intérêt soit confirmé.`,
  rates: 'Voir les taux',
};
const en: typeof fr = {
  waiting: (count) =>
    `${count} ${count === 1 ? 'reminder waits' : 'reminders wait'} for a rate of interest to be confirmed.`,
  rates: 'See the rates',
};
const useRateWords = wordsOf({ fr, en });

export function RateLine({ waiting }: { waiting: number }) {
  const words = useRateWords();
  if (waiting === 0) return null;
  return (
    <Alert color="yellow" variant="outline" className="notes" my="sm">
      <Text size="sm">
        <strong>{words.waiting(waiting)}</strong>{' '}
        <Link to="/settings" search={{ part: 'charges' }}>
          {words.rates}
        </Link>
      </Text>
    </Alert>
  );
}
