// Customers who would leave one sequence for another, and what they leave there: said before it is done.
import { Text } from '@mantine/core';
import type { Passage } from '../../src/contract/enrolment-rule.ts';
import type { Sequence } from '../../src/contract/sequence.ts';
import { wordsOf } from '../words/words.tsx';
import './passages.css';

/** French says "0 client", English "0 customers". */
const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('fr-FR')} ${count > 1 ? more : one}`;
const several = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`;

const fr = {
  none: 'Aucun client ne change de séquence.',
  moves: (customers: number, from: string | null, to: string | null) => {
    const who = many(customers, 'client', 'clients');
    const verb = (one: string, more: string): string => (customers > 1 ? more : one);
    if (from === null) return `${who} sans relance ${verb('entre', 'entrent')} dans « ${to} »`;
    if (to === null) return `${who} ${verb('quitte', 'quittent')} « ${from} » : aucune relance`;
    return `${who} ${verb('quitte', 'quittent')} « ${from} » pour « ${to} »`;
  },
  open: (invoices: number) => many(invoices, 'facture ouverte', 'factures ouvertes'),
  begun: (invoices: number) => `dont ${many(invoices, 'déjà en cours de relance', 'déjà en cours de relance')}`,
  waiting: (messages: number) =>
    `${many(messages, 'message en attente est retiré', 'messages en attente sont retirés')}`,
  deleted: 'séquence supprimée',
};
const en: typeof fr = {
  none: 'No customer changes sequence.',
  moves: (customers, from, to) => {
    const who = several(customers, 'customer', 'customers');
    const verb = (one: string, more: string): string => (customers === 1 ? one : more);
    if (from === null) return `${who} without reminders ${verb('enters', 'enter')} “${to}”`;
    if (to === null) return `${who} ${verb('leaves', 'leave')} “${from}”: no reminders`;
    return `${who} ${verb('leaves', 'leave')} “${from}” for “${to}”`;
  },
  open: (invoices) => several(invoices, 'open invoice', 'open invoices'),
  begun: (invoices) => `${several(invoices, 'of which is being reminded of', 'of which are being reminded of')}`,
  waiting: (messages) => `${several(messages, 'waiting message is taken out', 'waiting messages are taken out')}`,
  deleted: 'deleted sequence',
};
const usePassageWords = wordsOf({ fr, en });

interface PassagesProps {
  passages: readonly Passage[];
  sequences: readonly Pick<Sequence, 'id' | 'title'>[];
}

export function Passages({ passages, sequences }: PassagesProps) {
  const words = usePassageWords();
  const titleOf = (id: string | null): string | null =>
    id === null ? null : (sequences.find((one) => one.id === id)?.title ?? words.deleted);
  if (passages.length === 0) return <Text size="sm">{words.none}</Text>;
  return (
    <ul className="passages">
      {passages.map(({ from, to, customers, invoices, begun, waiting }) => (
        <li key={`${from} ${to}`}>
          {words.moves(customers, titleOf(from), titleOf(to))}
          {invoices === 0 ? null : (
            <div className="quiet">
              {[
                `${words.open(invoices)}${begun === 0 ? '' : `, ${words.begun(begun)}`}`,
                waiting === 0 ? null : words.waiting(waiting),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
