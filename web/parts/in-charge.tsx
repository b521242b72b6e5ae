// Who is in charge of a customer: chosen on its page, for many at once in the list, and what the list is filtered by.
import { NativeSelect, Stack, Text } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Absences } from '../../src/contract/absence.ts';
import type { Customer } from '../../src/contract/customer.ts';
import type { Colleagues } from '../../src/contract/task.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange, useThing } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { useFormat } from '../ui/format.ts';
import { NotHad } from '../ui/not-loaded.tsx';
import { Loaded } from '../ui/section.tsx';
import { useTell } from '../ui/tell.ts';
import { wordsOf } from '../words/words.tsx';

const fr = {
  label: 'Suivi par',
  nobody: 'Personne',
  standIn: (name: string, until: string) => `${name} assure le remplacement jusqu’au ${until}`,
  team: 'Les membres de l’équipe',
  hint: 'Les tâches que les relances demandent lui reviennent, celles qui attendent déjà aussi.',
  dialog: 'Qui suit ces clients',
  submit: 'Enregistrer',
  done: (count: number) => `Suivi modifié pour ${count.toLocaleString('fr-FR')} ${count >= 2 ? 'clients' : 'client'}.`,
  given: (name: string) => `Suivi par ${name}.`,
  taken: 'Plus personne ne suit ce client.',
  filter: 'Clients suivis par',
  everyone: 'Tous les clients',
  mine: 'Mes clients',
  nobodys: 'Suivis par personne',
};
const en: typeof fr = {
  label: 'In charge',
  nobody: 'Nobody',
  standIn: (name, until) => `${name} stands in until ${until}`,
  team: 'The members of the team',
  hint: 'Tasks that reminders ask for are theirs, those that wait already too.',
  dialog: 'Who is in charge of these customers',
  submit: 'Save',
  done: (count) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'customer changes' : 'customers change'} hands.`,
  given: (name) => `${name} is in charge.`,
  taken: 'Nobody is in charge of this customer any more.',
  filter: 'Customers by who is in charge',
  everyone: 'All customers',
  mine: 'My customers',
  nobodys: 'Nobody in charge',
};
const useInChargeWords = wordsOf({ fr, en });

const useColleagues = (companyId: string) => useThing<Colleagues>(companyId, 'colleagues');

/** Those who may be in charge; `known` stays among them while they are not there. */
function useChoices(known: { userId: string; name: string } | null): { value: string; label: string }[] {
  const { company } = useInside();
  const words = useInChargeWords();
  const colleagues = useColleagues(company.id);
  const people = colleagues.data?.rows.filter((one) => one.mayAct) ?? (known === null ? [] : [known]);
  return [{ value: '', label: words.nobody }, ...people.map(({ userId, name }) => ({ value: userId, label: name }))];
}

const usePutting = () => {
  const { company } = useInside();
  return useChange(company.id, (given: { customerIds: readonly string[]; userId: string | null }) =>
    call<{ changed: number }>('PUT', at(company.id, '/customers/in-charge'), given),
  );
};

/** What is chosen for a customer and not saved yet (null: nothing), and how it is saved: once, also where Enter and leaving both ask for it. */
function useMeant({ id, inChargeUserId }: Customer, labelOf: (userId: string) => string) {
  const words = useInChargeWords();
  const tell = useTell();
  const put = usePutting();
  const [meant, setMeant] = useState<string | null>(null);
  const sent = useRef<string | null>(null);
  const save = (chosen: string | null) => {
    if (chosen === null || chosen === sent.current) return;
    if (sent.current === null && chosen === (inChargeUserId ?? '')) return setMeant(null);
    sent.current = chosen;
    // Something else may be meant by the time the answer is there.
    const ended = () => {
      if (sent.current === chosen) sent.current = null;
      setMeant((now) => (now === chosen ? null : now));
    };
    const onSuccess = () => {
      ended();
      tell.done(chosen === '' ? words.taken : words.given(labelOf(chosen)));
    };
    const onError = (error: unknown) => {
      ended();
      tell.failed(error);
    };
    put.mutate({ customerIds: [id], userId: chosen === '' ? null : chosen }, { onSuccess, onError });
  };
  return { meant, setMeant, save };
}

/**
 * On the page of a customer: chosen with the pointer, it is so at once; by keyboard once the field is left or Enter is pressed, because
 * the arrows pass by every colleague before the one that is meant. It is never disabled, which would take the focus away.
 */
export function InChargeOf({ customer }: { customer: Customer }) {
  const { mayAct } = useInside();
  const words = useInChargeWords();
  const { inChargeUserId: userId, inChargeName: name } = customer;
  const choices = useChoices(userId === null ? null : { userId, name: name ?? '' });
  const { meant, setMeant, save } = useMeant(customer, (id) => choices.find(({ value }) => value === id)?.label ?? '');
  const byKeyboard = useRef(false);
  const standIn = <StandIn userId={userId} />;
  if (!mayAct)
    return (
      <span>
        {name ?? words.nobody} {standIn}
      </span>
    );
  const press = (event: KeyboardEvent) => {
    byKeyboard.current = true;
    if (meant === null) return;
    if (event.key === 'Escape') setMeant(null);
    if (event.key !== 'Enter') return;
    // It would open the list.
    event.preventDefault();
    save(meant);
  };
  return (
    <>
      <NativeSelect
        aria-label={words.label}
        size="xs"
        value={meant ?? userId ?? ''}
        data={choices}
        onKeyDown={press}
        onPointerDown={() => {
          byKeyboard.current = false;
        }}
        onBlur={() => save(meant)}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setMeant(chosen);
          if (!byKeyboard.current) save(chosen);
        }}
      />
      {standIn}
    </>
  );
}

/** Who stands in today for the one who is in charge; nothing where that one is there. */
function StandIn({ userId }: { userId: string | null }) {
  const { company } = useInside();
  const words = useInChargeWords();
  const format = useFormat(company.today);
  const absences = useThing<Absences>(company.id, 'absences');
  const away = absences.data?.rows.find((one) => one.userId === userId && one.counts && one.fromOn <= company.today);
  if (away === undefined) return null;
  return <span className="quiet">{words.standIn(away.standInName, format.day(away.untilOn))}</span>;
}

export const useInChargeLabel = (): string => useInChargeWords().label;

interface InChargeDialogProps {
  /** None: closed. */
  customerIds: readonly string[];
  /** Closed, whatever was done. */
  onClose: () => void;
  /** Saved. */
  onDone: () => void;
}

export function InChargeDialog({ customerIds, onClose, onDone }: InChargeDialogProps) {
  const { company } = useInside();
  const words = useInChargeWords();
  const colleagues = useColleagues(company.id);
  return (
    <Dialog opened={customerIds.length > 0} onClose={onClose} title={words.dialog}>
      {/* Whoever isn't there yet can't be chosen: the form would say "nobody" and mean the reader. */}
      <Loaded query={colleagues} data={colleagues.data} what={words.team}>
        {() => <InChargeForm customerIds={customerIds} onClose={onClose} onDone={onDone} />}
      </Loaded>
    </Dialog>
  );
}

function InChargeForm({ customerIds, onClose, onDone }: InChargeDialogProps) {
  const { userId } = useInside();
  const words = useInChargeWords();
  const tell = useTell();
  const put = usePutting();
  const choices = useChoices(null);
  const [chosen, setChosen] = useState(choices.some(({ value }) => value === userId) ? userId : '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate(
          { customerIds, userId: chosen === '' ? null : chosen },
          {
            onSuccess: ({ changed }) => {
              tell.done(words.done(changed));
              onDone();
            },
          },
        );
      }}
    >
      <Stack>
        <NativeSelect
          label={words.label}
          value={chosen}
          data={choices}
          data-autofocus
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {words.hint}
        </Text>
        <FormFoot change={put} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}

interface InChargeFilterProps {
  /** 'me', 'none' or a user; undefined: all customers. */
  chosen: string | undefined;
  onChoose: (chosen: string | undefined) => void;
}

export function InChargeFilter({ chosen, onChoose }: InChargeFilterProps) {
  const { company, userId } = useInside();
  const words = useInChargeWords();
  const colleagues = useColleagues(company.id);
  const others = colleagues.data?.rows.filter((one) => one.mayAct && one.userId !== userId) ?? [];
  return (
    <>
      <NotHad query={colleagues} what={words.team} />
      <NativeSelect
        aria-label={words.filter}
        value={chosen ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value || undefined)}
        data={[
          { value: '', label: words.everyone },
          { value: 'me', label: words.mine },
          ...others.map((one) => ({ value: one.userId, label: one.name })),
          { value: 'none', label: words.nobodys },
        ]}
      />
    </>
  );
}
