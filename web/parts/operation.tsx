// An operation over many customers: how far it is, and its report; and which one this browser still has to tell the end of.
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Operation, OperationPart } from '../../src/contract/operation.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange, useList } from '../queries.ts';
import { useReason } from '../ui/reason.tsx';
import { Loaded } from '../ui/section.tsx';
import { useTell } from '../ui/tell.ts';
import { useWords, wordsOf } from '../words/words.tsx';

const fr = {
  progress: (kind: Operation['kind'], done: number, total: number) =>
    `${done.toLocaleString('fr-FR')} / ${total.toLocaleString('fr-FR')} ${kind === 'remind' ? 'client' : 'message'}${total >= 2 ? 's' : ''}`,
  preparing: 'Préparation des relances',
  approving: 'Validation des messages',
  undoing: 'Annulation de la validation',
  canLeave: 'Vous pouvez fermer cette fenêtre et changer d’écran : le travail continue.',
  prepared: (count: number) =>
    count >= 2 ? `${count.toLocaleString('fr-FR')} messages préparés.` : 'Un message préparé.',
  none: 'Aucun message préparé.',
  waiting: 'Ils attendent votre accord dans À valider.',
  refused: 'Ne peuvent pas être relancées :',
  failed: (customer: string) => `${customer} n’a pas pu être traité : recommencez pour ce client.`,
  more: 'Voir le rapport complet',
  read: 'Lire et valider',
};
const en: typeof fr = {
  progress: (kind, done, total) =>
    `${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} ${kind === 'remind' ? 'customer' : 'message'}${total === 1 ? '' : 's'}`,
  preparing: 'Preparing reminders',
  approving: 'Approving messages',
  undoing: 'Undoing the approval',
  canLeave: 'You may close this window and go to another screen: the work goes on.',
  prepared: (count) => (count === 1 ? 'One message prepared.' : `${count.toLocaleString('en-GB')} messages prepared.`),
  none: 'No message prepared.',
  waiting: 'They wait for you in To approve.',
  refused: 'Cannot be reminded of:',
  failed: (customer) => `${customer} could not be dealt with: try again for this customer.`,
  more: 'See the whole report',
  read: 'Read and approve',
};
export const useOperationWords = wordsOf({ fr, en });

/** Followed closely while it runs. */
export const useOperation = (companyId: string, operationId: string) =>
  useQuery({
    queryKey: ['company', companyId, 'operations', operationId],
    queryFn: () => call<Operation>('GET', at(companyId, `/operations/${operationId}`)),
    refetchInterval: ({ state }) => (state.data !== undefined && isStill(state.data) ? false : 1_000),
  });

export const isRunning = ({ state }: Operation): boolean => state === 'running' || state === 'undoing';

/** Nothing of it changes by itself any more. */
const isStill = (operation: Operation): boolean => !isRunning(operation) && !operation.undoable;

/** Takes an approval of many back: what of it has not left waits again. */
export function useUndoOperation() {
  const { company } = useInside();
  const tell = useTell();
  const [, setUntold] = useUntold();
  const undoing = useChange(company.id, (operationId: string) =>
    call<{ operationId: string }>('POST', at(company.id, `/operations/${operationId}/undo`)),
  );
  return {
    isPending: undoing.isPending,
    undo: (operationId: string) =>
      undoing.mutate(operationId, { onSuccess: () => setUntold(operationId), onError: tell.failed }),
  };
}

/** The operation whose end this browser has not told yet. */
export function useUntold(): [string | null, (operationId: string | null) => void] {
  const [untold, setUntold] = useLocalStorage<string | null>({
    key: 'relance.operation',
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  return [untold, setUntold];
}

export function OperationProgress({ operation: { kind, state, done, total } }: { operation: Operation }) {
  const words = useOperationWords();
  const doing = state === 'undoing' ? words.undoing : kind === 'approve' ? words.approving : words.preparing;
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm">{doing}</Text>
        <Text size="sm" className="figures">
          {words.progress(kind, done, total)}
        </Text>
      </Group>
      <Progress value={total === 0 ? 0 : (100 * done) / total} aria-label={doing} />
    </div>
  );
}

/** In the window from which it was begun: its progress, then what came of it. */
export function OperationInDialog({ operationId, onClose }: { operationId: string; onClose: () => void }) {
  const { company } = useInside();
  const { close } = useWords();
  const words = useOperationWords();
  const operation = useOperation(company.id, operationId);
  const [, setUntold] = useUntold();
  const finished = operation.data?.state === 'finished';
  // Its end is told here: nowhere else any more.
  useEffect(() => {
    if (finished) setUntold(null);
  }, [finished, setUntold]);
  return (
    <Loaded query={operation} data={operation.data}>
      {(shown) =>
        shown.state === 'running' ? (
          <Stack>
            <OperationProgress operation={shown} />
            <Text size="sm">{words.canLeave}</Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {close}
              </Button>
            </Group>
          </Stack>
        ) : (
          <Stack role="status">
            <Text>{shown.messages === 0 ? words.none : `${words.prepared(shown.messages)} ${words.waiting}`}</Text>
            {shown.refused + shown.failed === 0 ? null : <LeftOut operation={shown} onClose={onClose} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {close}
              </Button>
              {shown.messages === 0 ? null : (
                <Button component={Link} {...{ to: '/approve' }} onClick={onClose}>
                  {words.read}
                </Button>
              )}
            </Group>
          </Stack>
        )
      }
    </Loaded>
  );
}

function LeftOut({ operation, onClose }: { operation: Operation; onClose: () => void }) {
  const { company } = useInside();
  const words = useOperationWords();
  const reason = useReason(company.today);
  const parts = useList<OperationPart>(company.id, `operations/${operation.id}/parts`, 'leftOut=true', 100);
  const rows = parts.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div>
      <Text size="sm">{words.refused}</Text>
      <ul className="errors">
        {rows.flatMap(({ customerId, customerName, state, invoices }) =>
          state === 'failed'
            ? [<li key={customerId}>{words.failed(customerName)}</li>]
            : invoices.flatMap((invoice) =>
                invoice.reason === null
                  ? []
                  : [
                      <li key={invoice.id}>
                        <span className="where">{invoice.number}</span> {reason(invoice.reason)}
                      </li>,
                    ],
              ),
        )}
      </ul>
      <Link to="/operations/$operationId" params={{ operationId: operation.id }} onClick={onClose}>
        {words.more}
      </Link>
    </div>
  );
}
