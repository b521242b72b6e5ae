// "Noter une promesse": the day, how much, how it was said, and what follows; and taking one back, with why.
import { Group, NativeSelect, NumberInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PromiseRow } from '../../src/contract/promise.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { dayAfter, parseAmount, typedAmount, useFormat } from '../ui/format.ts';
import { ReasonForm } from '../ui/reason-form.tsx';
import { useTell } from '../ui/tell.ts';
import { useLanguage, useWords, wordsOf } from '../words/words.tsx';
import './promises.css';

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
  how: 'Règlement',
  hows: { once: 'En une fois', plan: 'En plusieurs mensualités' },
  parts: 'Nombre',
  every: 'Rythme',
  everies: { month: 'Chaque mois', fortnight: 'Toutes les deux semaines', week: 'Chaque semaine' },
  first: 'Première le',
  part: (n: number) => `Mensualité ${n} : le`,
  partAmount: (n: number) => `Montant de la mensualité ${n}`,
  sum: (amount: string) => `Au total : ${amount}`,
  tooMuch: (owed: string) => `C’est plus que ce qui est dû : ${owed}.`,
  twice: 'Deux mensualités le même jour.',
  partWrong: 'Chaque mensualité a un jour, aujourd’hui ou plus tard, et un montant supérieur à zéro.',
  dayMissing: 'Le jour promis, aujourd’hui ou plus tard.',
  planNoted: (day: string) => `Échéancier noté : rien ne part tant qu’il est tenu, jusqu’au ${day}.`,
  planHint: 'Le lendemain d’une mensualité qui manque, la personne en charge est prévenue et les relances reprennent.',
  submitPlan: 'Noter l’échéancier',
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
  how: 'Payment',
  hows: { once: 'In one go', plan: 'In instalments' },
  parts: 'How many',
  every: 'Rhythm',
  everies: { month: 'Every month', fortnight: 'Every two weeks', week: 'Every week' },
  first: 'First on',
  part: (n) => `Instalment ${n}: on`,
  partAmount: (n) => `Amount of instalment ${n}`,
  sum: (amount) => `In all: ${amount}`,
  tooMuch: (owed) => `That is more than what is owed: ${owed}.`,
  twice: 'Two instalments on one day.',
  partWrong: 'Each instalment has a day, today or later, and an amount above zero.',
  dayMissing: 'The day promised, today or later.',
  planNoted: (day) => `Payment plan noted: nothing leaves while it is kept, until ${day}.`,
  planHint: 'The day after an instalment that is missing, whoever is in charge is told and reminders go on.',
  submitPlan: 'Note the payment plan',
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
  const [how, setHow] = useState<'once' | 'plan'>('once');
  const plan = usePlan(owed);
  const isPlan = owed !== null && how === 'plan';
  const minor = owed === null ? null : parseAmount(amount, owed.currency);
  const isWrong = owed !== null && (minor === null || minor === 0 || (isAll && minor > owed.minor));
  // Said here, in the language of the screen: the browser would say it in its own.
  const isDayWrong = promisedOn === '' || promisedOn < company.today;
  const note = useChange(company.id, () =>
    call('POST', at(company.id, '/promises'), {
      customerId,
      ...(invoiceId === undefined ? {} : { invoiceId }),
      ...(isPlan ? { plan: { currency: owed.currency, instalments: plan.instalments } } : { promisedOn }),
      ...(isPlan || owed === null || (isAll && minor === owed.minor)
        ? {}
        : { amount: { currency: owed.currency, minor } }),
      said: said.trim(),
    }),
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isPlan ? plan.wrong !== null : isWrong || isDayWrong) return;
        note.mutate(undefined, {
          onSuccess: () => {
            const last = plan.instalments.at(-1)?.dueOn ?? promisedOn;
            tell.done(isPlan ? words.planNoted(format.day(last)) : words.noted(format.day(promisedOn)));
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{invoiceId === undefined ? words.ofCustomer : words.ofInvoice}</Text>
        {running === undefined ? null : <Text size="sm">{words.replaces(format.day(running))}</Text>}
        {owed === null ? null : (
          <SegmentedControl
            aria-label={words.how}
            value={how}
            onChange={(chosen) => setHow(chosen === 'plan' ? 'plan' : 'once')}
            data={(['once', 'plan'] as const).map((one) => ({ value: one, label: words.hows[one] }))}
          />
        )}
        {isPlan ? <PlanFields plan={plan} currency={owed.currency} owedMinor={owed.minor} tried={tried} /> : null}
        {isPlan ? null : (
          <Group grow align="flex-start">
            <TextInput
              type="date"
              error={tried && isDayWrong ? words.dayMissing : null}
              label={words.day}
              value={promisedOn}
              min={company.today}
              required
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
        )}
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
        <FormFoot change={note} submit={isPlan ? words.submitPlan : words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}

type Every = 'month' | 'fortnight' | 'week';

interface PlannedPart {
  dueOn: string;
  /** As it is typed. */
  amount: string;
}

/** So many instalments of what is owed, a rhythm apart; what does not divide is in the last. Each day and amount can be changed. */
function usePlan(owed: { currency: string; minor: number } | null) {
  const { company } = useInside();
  const language = useLanguage();
  const [first, setFirst] = useState(() => dayAfter(company.today, 30));
  const [count, setCount] = useState(3);
  const [every, setEvery] = useState<Every>('month');
  const [changed, setChanged] = useState<ReadonlyMap<number, Partial<PlannedPart>>>(new Map());
  const share = Math.floor((owed?.minor ?? 0) / count);
  const parts = Array.from({ length: count }, (_, index): PlannedPart => {
    const minor = index === count - 1 ? (owed?.minor ?? 0) - share * (count - 1) : share;
    const typed = typedAmount(minor, owed?.currency ?? company.currency, language);
    return { dueOn: first === '' ? '' : laterBy(first, every, index), amount: typed, ...changed.get(index) };
  });
  const instalments = parts.map(({ dueOn, amount }) => ({
    dueOn,
    minor: parseAmount(amount, owed?.currency ?? company.currency) ?? 0,
  }));
  const sumMinor = instalments.reduce((sum, { minor }) => sum + minor, 0);
  const days = instalments.map(({ dueOn }) => dueOn);
  const isWrong = instalments.some(({ dueOn, minor }) => dueOn === '' || dueOn < company.today || minor === 0);
  const wrong =
    new Set(days).size < days.length && !days.includes('')
      ? 'twice'
      : sumMinor > (owed?.minor ?? 0)
        ? 'tooMuch'
        : isWrong
          ? 'part'
          : null;
  // Another number, day or rhythm lays all of them out anew.
  const anew =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setChanged(new Map());
    };
  return {
    first,
    count,
    every,
    parts,
    instalments,
    sumMinor,
    wrong,
    setFirst: anew(setFirst),
    setCount: anew(setCount),
    setEvery: anew(setEvery),
    change: (index: number, change: Partial<PlannedPart>) =>
      setChanged((before) => new Map(before).set(index, { ...before.get(index), ...change })),
  };
}

/** The same day of a later month, or the last that the month has. */
function laterBy(day: string, every: Every, times: number): string {
  if (every !== 'month') return dayAfter(day, times * (every === 'week' ? 7 : 14));
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + times, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + times, Math.min(date, last))).toISOString().slice(0, 10);
}

interface PlanFieldsProps {
  plan: ReturnType<typeof usePlan>;
  currency: string;
  owedMinor: number;
  tried: boolean;
}

function PlanFields({ plan, currency, owedMinor, tried }: PlanFieldsProps) {
  const { company } = useInside();
  const words = usePromiseWords();
  const format = useFormat(company.today);
  const { parts, instalments, wrong } = plan;
  const said = {
    none: null,
    twice: words.twice,
    tooMuch: words.tooMuch(format.amount(owedMinor, currency)),
    // What is not filled in yet is no mistake before one has tried.
    part: tried ? words.partWrong : null,
  }[wrong ?? 'none'];
  return (
    <>
      <Group align="flex-start">
        <NumberInput
          flex="0 1 5.5rem"
          label={words.parts}
          value={plan.count}
          min={2}
          max={24}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          onChange={(typed) => plan.setCount(typeof typed === 'number' && typed >= 2 ? typed : 2)}
        />
        <NativeSelect
          flex="1 1 12rem"
          label={words.every}
          value={plan.every}
          onChange={(event) => plan.setEvery(event.currentTarget.value as Every)}
          data={(['month', 'fortnight', 'week'] as const).map((one) => ({ value: one, label: words.everies[one] }))}
        />
        <TextInput
          type="date"
          flex="1 1 10rem"
          label={words.first}
          value={plan.first}
          min={company.today}
          error={tried && plan.first === '' ? words.dayMissing : null}
          onChange={(event) => plan.setFirst(event.currentTarget.value)}
        />
      </Group>
      <ol className="plan-parts">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an instalment is its place
          <li key={index}>
            <TextInput
              type="date"
              aria-label={words.part(index + 1)}
              value={part.dueOn}
              min={company.today}
              error={tried && part.dueOn < company.today}
              onChange={(event) => plan.change(index, { dueOn: event.currentTarget.value })}
            />
            <TextInput
              aria-label={words.partAmount(index + 1)}
              inputMode="decimal"
              value={part.amount}
              classNames={{ input: 'figures' }}
              rightSection={<span className="quiet">{currency}</span>}
              rightSectionWidth={56}
              error={tried && instalments[index]!.minor === 0 ? words.wrong : null}
              onChange={(event) => plan.change(index, { amount: event.currentTarget.value })}
            />
          </li>
        ))}
      </ol>
      <Text size="sm" className="figures">
        {words.sum(format.amount(plan.sumMinor, currency))}
      </Text>
      {said === null ? null : (
        <Text size="sm" role="status" c="red.8">
          {said}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {words.planHint}
      </Text>
    </>
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
  const withdraw = useChange(company.id, (reason: string) =>
    call('POST', at(company.id, `/promises/${promiseId}/withdraw`), { reason }),
  );
  const onSuccess = () => {
    tell.done(words.withdrawn);
    onClose();
  };
  return (
    <ReasonForm
      hint={words.withdrawHint}
      label={words.reason}
      submit={words.withdraw}
      change={withdraw}
      onReason={(reason) => withdraw.mutate(reason, { onSuccess })}
      onClose={onClose}
    />
  );
}
