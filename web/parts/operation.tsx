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

/** So many are paused or enrolled by one request, while the person waits; more are an operation, which can be left. */
export const mostAtOnce = 50;

const number = {
  fr: (count: number) => count.toLocaleString('fr-FR'),
  en: (count: number) => count.toLocaleString('en-GB'),
};

const fr = {
  progress: {
    customers: (done: number, total: number) =>
      `${number.fr(done)} / ${number.fr(total)} ${total >= 2 ? 'clients' : 'client'}`,
    invoices: (done: number, total: number) =>
      `${number.fr(done)} / ${number.fr(total)} ${total >= 2 ? 'factures' : 'facture'}`,
    messages: (done: number, total: number) =>
      `${number.fr(done)} / ${number.fr(total)} ${total >= 2 ? 'messages' : 'message'}`,
  },
  doing: {
    remind: 'Préparation des relances',
    approve: 'Validation des messages',
    pause: 'Mise en pause',
    enrol: 'Changement de séquence',
  },
  undoing: { approve: 'Annulation de la validation', pause: 'Annulation de la pause' },
  paused: {
    invoices: (count: number) =>
      count === 0
        ? 'Aucune facture mise en pause.'
        : count === 1
          ? 'Une facture mise en pause.'
          : `${number.fr(count)} factures mises en pause.`,
    customers: (count: number) =>
      count === 0
        ? 'Aucun client mis en pause.'
        : count === 1
          ? 'Un client mis en pause.'
          : `${number.fr(count)} clients mis en pause.`,
  },
  enrolled: (count: number) =>
    count === 0
      ? 'Aucun client n’a changé de séquence.'
      : count === 1
        ? 'Un client a changé de séquence.'
        : `${number.fr(count)} clients ont changé de séquence.`,
  leftOut: {
    invoices: (count: number) =>
      count >= 2 ? `${number.fr(count)} factures laissées de côté.` : 'Une facture laissée de côté.',
    customers: (count: number) =>
      count >= 2 ? `${number.fr(count)} clients laissés de côté.` : 'Un client laissé de côté.',
  },
  notDealtWith: (count: number) =>
    count >= 2 ? `${number.fr(count)} clients n’ont pas pu être traités.` : 'Un client n’a pas pu être traité.',
  pauseUndone: 'Pause annulée : les relances reprennent.',
  leftOutHere: 'Laissés de côté :',
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
  progress: {
    customers: (done, total) => `${number.en(done)} of ${number.en(total)} ${total === 1 ? 'customer' : 'customers'}`,
    invoices: (done, total) => `${number.en(done)} of ${number.en(total)} ${total === 1 ? 'invoice' : 'invoices'}`,
    messages: (done, total) => `${number.en(done)} of ${number.en(total)} ${total === 1 ? 'message' : 'messages'}`,
  },
  doing: {
    remind: 'Preparing reminders',
    approve: 'Approving messages',
    pause: 'Pausing',
    enrol: 'Changing the sequence',
  },
  undoing: { approve: 'Undoing the approval', pause: 'Undoing the pause' },
  paused: {
    invoices: (count) =>
      count === 0 ? 'No invoice paused.' : count === 1 ? 'One invoice paused.' : `${number.en(count)} invoices paused.`,
    customers: (count) =>
      count === 0
        ? 'No customer paused.'
        : count === 1
          ? 'One customer paused.'
          : `${number.en(count)} customers paused.`,
  },
  enrolled: (count) =>
    count === 0
      ? 'No customer changed sequence.'
      : count === 1
        ? 'One customer changed sequence.'
        : `${number.en(count)} customers changed sequence.`,
  leftOut: {
    invoices: (count) => (count === 1 ? 'One invoice left out.' : `${number.en(count)} invoices left out.`),
    customers: (count) => (count === 1 ? 'One customer left out.' : `${number.en(count)} customers left out.`),
  },
  notDealtWith: (count) =>
    count === 1 ? 'One customer could not be dealt with.' : `${number.en(count)} customers could not be dealt with.`,
  pauseUndone: 'Pause undone: reminders go on.',
  leftOutHere: 'Left out:',
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
    refetchInterval: ({ state }) => (state.data !== undefined && !isMoving(state.data) ? false : 1_000),
  });

export const isRunning = ({ state }: Operation): boolean => state === 'running' || state === 'undoing';

/** Something of it changes by itself: it runs, or its messages are about to leave. */
export const isMoving = (operation: Operation): boolean =>
  isRunning(operation) || (operation.kind === 'approve' && operation.undoable);

/** What a pause or an enrolment came to, in a sentence or two. */
export function useOutcome(): (operation: Operation) => string {
  const words = useOperationWords();
  return ({ kind, state, counted, changed, refused, failed }) => {
    if (state === 'undone') return words.pauseUndone;
    const what = counted === 'invoices' ? 'invoices' : 'customers';
    return [
      kind === 'enrol' ? words.enrolled(changed) : words.paused[what](changed),
      ...(refused > 0 ? [words.leftOut[what](refused)] : []),
      ...(failed > 0 ? [words.notDealtWith(failed)] : []),
    ].join(' ');
  };
}

/** Takes an approval of many back: what of it has not left waits again; or a pause: what of it stands goes on. */
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

export function OperationProgress({ operation: { kind, state, counted, done, total } }: { operation: Operation }) {
  const words = useOperationWords();
  const doing = state === 'undoing' ? words.undoing[kind === 'pause' ? 'pause' : 'approve'] : words.doing[kind];
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm">{doing}</Text>
        <Text size="sm" className="figures">
          {words.progress[counted](done, total)}
        </Text>
      </Group>
      <Progress value={total === 0 ? 0 : (100 * done) / total} aria-label={doing} />
    </div>
  );
}

/** In the window from which it was begun: its progress, then what came of it. */
export function OperationInDialog({ operationId, onClose }: { operationId: string; onClose: () => void }) {
  const { company } = useInside();
  const { close, undo } = useWords();
  const words = useOperationWords();
  const outcome = useOutcome();
  const undoing = useUndoOperation();
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
        isRunning(shown) ? (
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
            <Text>
              {shown.kind !== 'remind'
                ? outcome(shown)
                : shown.messages === 0
                  ? words.none
                  : `${words.prepared(shown.messages)} ${words.waiting}`}
            </Text>
            {shown.state === 'undone' || shown.refused + shown.failed === 0 ? null : (
              <LeftOut operation={shown} onClose={onClose} />
            )}
            <Group justify="flex-end">
              {shown.undoable ? (
                <Button variant="default" loading={undoing.isPending} onClick={() => undoing.undo(shown.id)}>
                  {undo}
                </Button>
              ) : null}
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
      <Text size="sm">{operation.kind === 'remind' ? words.refused : words.leftOutHere}</Text>
      <ul className="errors">
        {rows.flatMap(({ customerId, customerName, state, reason: why, invoices }) =>
          state === 'failed'
            ? [<li key={customerId}>{words.failed(customerName)}</li>]
            : why !== null
              ? [
                  <li key={customerId}>
                    <span className="where">{customerName}</span> {reason(why)}
                  </li>,
                ]
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
