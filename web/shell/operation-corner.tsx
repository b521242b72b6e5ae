// In a corner of every screen: an operation that runs, whoever began it; and the end of the one that was begun in this browser.
import { Button, CloseButton, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Operation } from '../../src/contract/operation.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import {
  isMoving,
  isRunning,
  OperationProgress,
  useOperationWords,
  useOutcome,
  useUndoOperation,
  useUntold,
} from '../parts/operation.tsx';
import { at, type PageOf } from '../queries.ts';
import { useWords, wordsOf } from '../words/words.tsx';

const number = {
  fr: (count: number) => count.toLocaleString('fr-FR'),
  en: (count: number) => count.toLocaleString('en-GB'),
};

const fr = {
  label: 'Opération en cours',
  report: 'Voir le rapport',
  refused: (count: number) =>
    count >= 2 ? `${number.fr(count)} factures non relancées.` : 'Une facture non relancée.',
  approved: (count: number) =>
    count === 0
      ? 'Aucun message validé.'
      : count === 1
        ? 'Un message validé.'
        : `${number.fr(count)} messages validés.`,
  notApproved: (count: number) => (count >= 2 ? `${number.fr(count)} n’ont pas pu l’être.` : 'Un n’a pas pu l’être.'),
  aboutToLeave: 'Rien ne part avant dix secondes.',
  nothingLeaves: 'Rien ne part avant la fin.',
  undone: 'Validation annulée : les messages attendent de nouveau.',
  partlyUndone: (count: number) =>
    count >= 2
      ? `Validation annulée, mais ${number.fr(count)} messages étaient déjà partis.`
      : 'Validation annulée, mais un message était déjà parti.',
};
const en: typeof fr = {
  label: 'Operation',
  report: 'See the report',
  refused: (count) => (count === 1 ? 'One invoice left out.' : `${number.en(count)} invoices left out.`),
  approved: (count) =>
    count === 0
      ? 'No message approved.'
      : count === 1
        ? 'One message approved.'
        : `${number.en(count)} messages approved.`,
  notApproved: (count) => (count === 1 ? 'One could not be.' : `${number.en(count)} could not be.`),
  aboutToLeave: 'Nothing leaves for ten seconds.',
  nothingLeaves: 'Nothing leaves before the end.',
  undone: 'Approval undone: the messages wait again.',
  partlyUndone: (count) =>
    count === 1
      ? 'Approval undone, but one message had left already.'
      : `Approval undone, but ${number.en(count)} messages had left already.`,
};
const useCornerWords = wordsOf({ fr, en });

export function OperationCorner() {
  const { company, userId, mayAct } = useInside();
  const { close, undo } = useWords();
  const words = useCornerWords();
  const undoing = useUndoOperation();
  const [untold, setUntold] = useUntold();
  const { data } = useQuery({
    queryKey: ['company', company.id, 'operations', 'latest'],
    queryFn: () => call<PageOf<Operation>>('GET', at(company.id, '/operations?limit=1')),
    // Its progress writes to the history, which the page follows; this is for the stretches in which it writes nothing.
    refetchInterval: ({ state }) => {
      const latest = state.data?.rows[0];
      return latest !== undefined && isMoving(latest) ? 1_000 : false;
    },
  });
  const latest = data?.rows[0];
  const running = latest !== undefined && isRunning(latest);
  useEffect(() => {
    if (running && latest.byUser === userId) setUntold(latest.id);
  }, [running, latest, userId, setUntold]);
  if (latest === undefined || (!running && latest.id !== untold)) return null;
  return (
    <aside className="operation-corner" aria-label={words.label}>
      {running ? (
        <>
          <OperationProgress operation={latest} />
          {latest.kind === 'approve' && latest.undoable ? <Text size="sm">{words.nothingLeaves}</Text> : null}
        </>
      ) : (
        <>
          <CloseButton size="sm" aria-label={close} onClick={() => setUntold(null)} />
          <Text size="sm" role="status">
            <Ended operation={latest} />
          </Text>
        </>
      )}
      <Group gap="sm" justify="space-between">
        <Text size="sm">
          <Link to="/operations/$operationId" params={{ operationId: latest.id }}>
            {words.report}
          </Link>
        </Text>
        {latest.undoable && mayAct ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={undoing.isPending}
            onClick={() => undoing.undo(latest.id)}
          >
            {undo}
          </Button>
        ) : null}
      </Group>
    </aside>
  );
}

/** What came of it, in a sentence or two. */
function Ended({ operation }: { operation: Operation }) {
  const { kind, state, messages, refused, undoable } = operation;
  const operationWords = useOperationWords();
  const outcome = useOutcome();
  const words = useCornerWords();
  if (kind === 'pause' || kind === 'enrol') return outcome(operation);
  if (kind === 'remind') {
    const prepared = messages === 0 ? operationWords.none : operationWords.prepared(messages);
    return `${prepared} ${refused > 0 ? words.refused(refused) : ''}`;
  }
  if (state === 'undone') return messages === 0 ? words.undone : words.partlyUndone(messages);
  return [
    words.approved(messages),
    refused > 0 ? words.notApproved(refused) : '',
    undoable ? words.aboutToLeave : '',
  ].join(' ');
}
