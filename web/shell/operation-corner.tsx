// In a corner of every screen: an operation that runs, whoever began it; and the end of the one that was begun in this browser.
import { CloseButton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Operation } from '../../src/contract/operation.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { OperationProgress, useOperationWords, useUntold } from '../parts/operation.tsx';
import { at, type PageOf } from '../queries.ts';
import { useWords, wordsOf } from '../words/words.tsx';

const fr = {
  label: 'Opération en cours',
  report: 'Voir le rapport',
  refused: (count: number) =>
    count >= 2 ? `${count.toLocaleString('fr-FR')} factures non relancées.` : 'Une facture non relancée.',
};
const en: typeof fr = {
  label: 'Operation',
  report: 'See the report',
  refused: (count) => (count === 1 ? 'One invoice left out.' : `${count.toLocaleString('en-GB')} invoices left out.`),
};
const useCornerWords = wordsOf({ fr, en });

export function OperationCorner() {
  const { company, userId } = useInside();
  const { close } = useWords();
  const operationWords = useOperationWords();
  const words = useCornerWords();
  const [untold, setUntold] = useUntold();
  const { data } = useQuery({
    queryKey: ['company', company.id, 'operations', 'latest'],
    queryFn: () => call<PageOf<Operation>>('GET', at(company.id, '/operations?limit=1')),
    // Its progress writes to the history, which the page follows; this is for the stretches in which it writes nothing.
    refetchInterval: ({ state }) => (state.data?.rows[0]?.state === 'running' ? 1_000 : false),
  });
  const latest = data?.rows[0];
  const running = latest?.state === 'running' ? latest : null;
  useEffect(() => {
    if (running !== null && running.byUser === userId) setUntold(running.id);
  }, [running, userId, setUntold]);
  if (latest === undefined || (running === null && latest.id !== untold)) return null;
  const report = (
    <Link to="/operations/$operationId" params={{ operationId: latest.id }}>
      {words.report}
    </Link>
  );
  return (
    <aside className="operation-corner" aria-label={words.label}>
      {running === null ? (
        <>
          <CloseButton size="sm" aria-label={close} onClick={() => setUntold(null)} />
          <Text size="sm" role="status">
            {latest.messages === 0 ? operationWords.none : operationWords.prepared(latest.messages)}{' '}
            {latest.refused > 0 ? words.refused(latest.refused) : ''}
          </Text>
        </>
      ) : (
        <OperationProgress operation={running} />
      )}
      <Text size="sm">{report}</Text>
    </aside>
  );
}
