// Up to when payments are known, and what waits because that is too long ago. Nothing where reminders never wait for it.
import { Alert, Button, Group, Text } from '@mantine/core';
import type { Company, CompanyFigures } from '../../../src/contract/company.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { useTell } from '../../ui/tell.ts';
import { wordsOf } from '../../words/words.tsx';

const fr = {
  known: (day: string) => `Règlements connus jusqu’au ${day}.`,
  never: 'Aucun règlement n’a encore été importé.',
  waiting: (level: number, count: number) =>
    `À partir de R${level}, rien ne part tant qu’ils ne sont pas à jour : ${count} ${count >= 2 ? 'relances attendent' : 'relance attend'}.`,
  nothing: (level: number) => `À partir de R${level}, rien ne part tant qu’ils ne sont pas à jour.`,
  confirm: 'Ils sont à jour',
  confirmed: 'Les règlements sont à jour.',
  import: 'Importer les règlements',
};
const en: typeof fr = {
  known: (day) => `Payments are known up to ${day}.`,
  never: 'No payment has been imported yet.',
  waiting: (level, count) =>
    `From R${level} on, nothing leaves until they are up to date: ${count} ${count === 1 ? 'reminder waits' : 'reminders wait'}.`,
  nothing: (level) => `From R${level} on, nothing leaves until they are up to date.`,
  confirm: 'They are up to date',
  confirmed: 'Payments are up to date.',
  import: 'Import payments',
};
const useBankWords = wordsOf({ fr, en });

export function BankLine({ company, bank }: { company: Company; bank: CompanyFigures['bank'] }) {
  const { mayAct, openImport } = useInside();
  const words = useBankWords();
  const tell = useTell();
  const format = useFormat(company.today);
  const confirm = useChange(company.id, () => call('POST', at(company.id, '/payments/confirmed')));
  if (bank === null) return null;
  const known = bank.knownOn === null ? words.never : words.known(format.day(bank.knownOn));
  if (!bank.stale)
    return (
      <Text size="sm" c="dimmed" my="xs">
        {known}
      </Text>
    );
  const count = bank.waiting.receivables + bank.waiting.messages;
  return (
    <Alert color="yellow" variant="outline" className="notes" my="sm">
      <Text size="sm">
        <strong>{known}</strong>{' '}
        {count === 0 ? words.nothing(company.bankFreshLevel) : words.waiting(company.bankFreshLevel, count)}
      </Text>
      {mayAct ? (
        <Group gap="xs" mt="xs">
          <Button size="xs" variant="light" onClick={() => openImport('payments')}>
            {words.import}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={confirm.isPending}
            onClick={() =>
              confirm.mutate(undefined, { onSuccess: () => tell.done(words.confirmed), onError: tell.failed })
            }
          >
            {words.confirm}
          </Button>
        </Group>
      ) : null}
    </Alert>
  );
}
