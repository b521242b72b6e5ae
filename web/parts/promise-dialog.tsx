// "Noter une promesse": the day, how much, how it was said, and what follows; and taking one back, with why.
import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PromiseRow } from '../../src/contract/promise.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { parseAmount, typedAmount, useFormat } from '../ui/format.ts';
import { useTell } from '../ui/tell.ts';
import { useLanguage, useWords, wordsOf } from '../words/words.tsx';

const fr = {
  title: 'Noter une promesse de règlement',
  ofInvoice: 'Cette facture n’est pas relancée jusqu’à ce jour inclus. Un message ou une tâche qui attend est retiré.',
  ofCustomer:
    'Ce que le client doit aujourd’hui n’est pas relancé jusqu’à ce jour inclus. Un message ou une tâche qui attend est retiré.',
  replaces: (day: string) => `La promesse en cours, pour le ${day}, sera remplacée.`,
  day: 'Promis pour le',
  amount: 'Montant promis',
  all: (amounts: string) => `Tout ce qui est dû : ${amounts}`,
  allToday: 'Tout ce que le client doit aujourd’hui, dans chaque devise.',
  wrong: 'Un montant supérieur à zéro, au plus ce qui est dû.',
  dayMissing: 'Le jour promis, aujourd’hui ou plus tard.',
  said: 'Comment, et par qui',
  submit: 'Noter la promesse',
  noted: (day: string) => `Promesse notée : rien ne part jusqu’au ${day} inclus.`,
  withdrawTitle: 'Retirer la promesse',
  withdrawHint: 'Les relances reprennent : l’étape qui est due part au prochain jour d’envoi.',
  reason: 'Motif',
  withdraw: 'Retirer la promesse',
  withdrawn: 'Promesse retirée : les relances reprennent.',
};
const en: typeof fr = {
  title: 'Note a promise to pay',
  ofInvoice: 'No reminder of this invoice up to and including that day. A message or a task that waits is taken out.',
  ofCustomer:
    'No reminder of what the customer owes today, up to and including that day. A message or a task that waits is taken out.',
  replaces: (day) => `The promise that runs, for ${day}, will be replaced.`,
  day: 'Promised for',
  amount: 'Amount promised',
  all: (amounts) => `All that is owed: ${amounts}`,
  allToday: 'All that the customer owes today, in each currency.',
  wrong: 'An amount above zero, at most what is owed.',
  dayMissing: 'The day promised, today or later.',
  said: 'How, and by whom',
  submit: 'Note the promise',
  noted: (day) => `Promise noted: nothing leaves up to and including ${day}.`,
  withdrawTitle: 'Withdraw the promise',
  withdrawHint: 'Reminders go on: the step that is due leaves on the next sending day.',
  reason: 'Reason',
  withdraw: 'Withdraw the promise',
  withdrawn: 'Promise withdrawn: reminders go on.',
};
const usePromiseWords = wordsOf({ fr, en });

/** What a promise is about. */
export interface ToPromise {
  customerId: string;
  invoiceId?: string | undefined;
  /** What is owed of it, each currency apart. */
  open: readonly { currency: string; minor: number }[];
  /** Whether that is all of it: of another promise of the customer it is only what is owed of what that one was about. */
  isAll: boolean;
  /** The day of the promise that runs about the same, which a new one replaces. */
  running: string | undefined;
}

/** null: closed. */
export function PromiseDialog({ about, onClose }: { about: ToPromise | null; onClose: () => void }) {
  const words = usePromiseWords();
  return (
    <Dialog opened={about !== null} onClose={onClose} title={words.title}>
      {about === null ? null : <PromiseForm about={about} onClose={onClose} />}
    </Dialog>
  );
}

function PromiseForm({ about, onClose }: { about: ToPromise; onClose: () => void }) {
  const { company } = useInside();
  const { optional } = useWords();
  const words = usePromiseWords();
  const language = useLanguage();
  const format = useFormat(company.today);
  const tell = useTell();
  const { customerId, invoiceId, open, isAll, running } = about;
  const [promisedOn, setPromisedOn] = useState('');
  const [said, setSaid] = useState('');
  // In several currencies it is all of it: there is no sum of them to promise a part of.
  const owed = open.length === 1 ? open[0]! : null;
  const [amount, setAmount] = useState(owed === null ? '' : typedAmount(owed.minor, owed.currency, language));
  const [tried, setTried] = useState(false);
  const minor = owed === null ? null : parseAmount(amount, owed.currency);
  const isWrong = owed !== null && (minor === null || minor === 0 || (isAll && minor > owed.minor));
  // Said here, in the language of the screen: the browser would say it in its own.
  const isDayWrong = promisedOn === '' || promisedOn < company.today;
  const note = useChange(company.id, () =>
    call('POST', at(company.id, '/promises'), {
      customerId,
      ...(invoiceId === undefined ? {} : { invoiceId }),
      promisedOn,
      ...(owed === null || (isAll && minor === owed.minor) ? {} : { amount: { currency: owed.currency, minor } }),
      said: said.trim(),
    }),
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isWrong || isDayWrong) return;
        note.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.noted(format.day(promisedOn)));
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{invoiceId === undefined ? words.ofCustomer : words.ofInvoice}</Text>
        {running === undefined ? null : <Text size="sm">{words.replaces(format.day(running))}</Text>}
        <Group grow align="flex-start">
          <TextInput
            type="date"
            label={words.day}
            value={promisedOn}
            min={company.today}
            required
            error={tried && isDayWrong ? words.dayMissing : null}
            data-autofocus
            onChange={(event) => setPromisedOn(event.currentTarget.value)}
          />
          {owed === null ? null : (
            <TextInput
              label={words.amount}
              inputMode="decimal"
              value={amount}
              onChange={(event) => setAmount(event.currentTarget.value)}
              error={tried && isWrong ? words.wrong : null}
              classNames={{ input: 'figures' }}
              rightSection={<span className="quiet">{owed.currency}</span>}
              rightSectionWidth={56}
            />
          )}
        </Group>
        {owed === null ? (
          <Text size="sm">
            {isAll ? words.all(open.map((one) => format.amount(one.minor, one.currency)).join(' + ')) : words.allToday}
          </Text>
        ) : null}
        <TextInput
          label={`${words.said} (${optional})`}
          value={said}
          maxLength={500}
          onChange={(event) => setSaid(event.currentTarget.value)}
        />
        <FormFoot change={note} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}

/** null: closed. */
export function WithdrawDialog({ promise, onClose }: { promise: Pick<PromiseRow, 'id'> | null; onClose: () => void }) {
  const words = usePromiseWords();
  return (
    <Dialog opened={promise !== null} onClose={onClose} title={words.withdrawTitle}>
      {promise === null ? null : <WithdrawForm promiseId={promise.id} onClose={onClose} />}
    </Dialog>
  );
}

function WithdrawForm({ promiseId, onClose }: { promiseId: string; onClose: () => void }) {
  const { company } = useInside();
  const words = usePromiseWords();
  const tell = useTell();
  const [reason, setReason] = useState('');
  const withdraw = useChange(company.id, () =>
    call('POST', at(company.id, `/promises/${promiseId}/withdraw`), { reason }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        withdraw.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.withdrawn);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{words.withdrawHint}</Text>
        <TextInput
          label={words.reason}
          value={reason}
          required
          maxLength={500}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFoot change={withdraw} submit={words.withdraw} onClose={onClose} />
      </Stack>
    </form>
  );
}
