// What is claimed beside the principal: from which level on, at which rates; and which of the law's rates a person has confirmed.
import { Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useId, useState } from 'react';
import type { Rates } from '../../../src/contract/charge.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useThing } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useFormat } from '../../ui/format.ts';
import { RateInput } from '../../ui/rate-input.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Loaded } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useTell } from '../../ui/tell.ts';
import { useChargesWords } from './charges-words.ts';
import { CompanyForm } from './settings-form.tsx';
import { useDraft } from './use-draft.ts';

type Rate = Rates['rates'][number];
type Kind = Rate['kind'];

const kinds: readonly Kind[] = ['late_payment', 'public', 'legal'];

/** So many half-years are in sight; the earlier ones are folded away. */
const inSight = 4;

export function ChargesPart() {
  const { company } = useInside();
  const words = useChargesWords();
  const rates = useThing<Rates>(company.id, 'interest-rates');
  const [opened, setOpened] = useState<{ kind: Kind; half: string } | null>(null);
  const title = useId();
  return (
    <Stack gap="xl">
      <ClaimsForm rates={rates.data} />
      <section aria-labelledby={title}>
        <Stack>
          <div>
            <Title order={3} id={title}>
              {words.rates}
            </Title>
            <Text size="sm" c="dimmed" className="measure">
              {words.ratesHint}
            </Text>
          </div>
          <Loaded query={rates} data={rates.data} what={words.rates}>
            {(shown) => (
              <>
                <RateTable shown={shown} onOpen={(kind, half) => setOpened({ kind, half })} />
                <Dialog
                  opened={opened !== null}
                  onClose={() => setOpened(null)}
                  title={opened === null ? '' : words.rateTitle(opened.kind, opened.half)}
                >
                  {opened === null ? null : (
                    <RateForm
                      {...opened}
                      known={shown.rates.find(({ kind, half }) => kind === opened.kind && half === opened.half)}
                      onClose={() => setOpened(null)}
                    />
                  )}
                </Dialog>
              </>
            )}
          </Loaded>
        </Stack>
      </section>
    </Stack>
  );
}

function ClaimsForm({ rates }: { rates: Rates | undefined }) {
  const { company } = useInside();
  const words = useChargesWords();
  const format = useFormat(company.today);
  const { interestFromLevel, indemnityFromLevel, contractRate, settlesFirst } = company;
  const draft = useDraft({ interestFromLevel, indemnityFromLevel, contractRate, settlesFirst });
  const { value } = draft;
  const rateWrong = value.contractRate !== null && value.contractRate < 1;
  return (
    <CompanyForm draft={draft} changes={rateWrong ? null : draft.changes}>
      <Text size="sm" c="dimmed" className="measure">
        {words.intro}
      </Text>
      <Level
        label={words.interest}
        description={words.interestHint}
        value={value.interestFromLevel}
        onChange={(level) => draft.set({ interestFromLevel: level })}
      />
      {company.country === 'FR' ? (
        <Level
          label={words.indemnity}
          description={words.indemnityHint}
          value={value.indemnityFromLevel}
          onChange={(level) => draft.set({ indemnityFromLevel: level })}
        />
      ) : null}
      <div>
        <RateInput
          label={words.contractRate}
          description={words.contractRateHint}
          value={value.contractRate}
          error={rateWrong ? words.rateWrong : null}
          onChange={(rate) => draft.set({ contractRate: rate })}
        />
        {value.contractRate === null || rates === undefined ? null : (
          <Floor rate={value.contractRate} floor={rates.floor} say={format.rate} />
        )}
      </div>
      <NativeSelect
        label={words.settlesFirst}
        description={words.settlesFirstHint}
        value={value.settlesFirst}
        onChange={(event) =>
          draft.set({ settlesFirst: event.currentTarget.value === 'charges' ? 'charges' : 'principal' })
        }
        data={(['principal', 'charges'] as const).map((first) => ({ value: first, label: words.first[first] }))}
      />
    </CompanyForm>
  );
}

/** An agreed rate is at least three times the legal one (C. com. art. L441-10 II): said, not refused, as contracts are of their day. */
function Floor({ rate, floor, say }: { rate: number; floor: number | null; say: (rate: number) => string }) {
  const words = useChargesWords();
  if (floor !== null && rate >= floor) return null;
  return (
    <Text size="sm" role="status" mt={4}>
      {floor === null ? words.floorUnknown : words.belowFloor(say(floor))}
    </Text>
  );
}

interface LevelProps {
  label: string;
  description: string;
  value: number | null;
  onChange: (level: number | null) => void;
}

/** Nothing typed: never. */
function Level({ value, onChange, ...shown }: LevelProps) {
  const words = useChargesWords();
  return (
    <NumberInput
      {...shown}
      placeholder={words.never}
      min={1}
      max={99}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      value={value ?? ''}
      onChange={(typed) => onChange(typeof typed === 'number' ? typed : null)}
    />
  );
}

interface RateTableProps {
  shown: Rates;
  onOpen: (kind: Kind, half: string) => void;
}

function RateTable({ shown, onOpen }: RateTableProps) {
  const words = useChargesWords();
  // The half-year of today is there even where nothing of it is known.
  const halves = [...new Set([shown.half, ...shown.rates.map(({ half }) => half)])].sort().reverse();
  const columns: Column<string>[] = [
    { title: words.half, cell: (half) => words.halfOf(half) },
    ...kinds.map((kind) => ({
      title: words.kinds[kind],
      amount: true,
      cell: (half: string) => (
        <RateCell
          known={shown.rates.find((one) => one.kind === kind && one.half === half)}
          label={words.rateTitle(kind, half)}
          onOpen={() => onOpen(kind, half)}
        />
      ),
    })),
  ];
  const keyOf = (half: string) => half;
  return (
    <>
      <Rows label={words.rates} columns={columns} rows={halves.slice(0, inSight)} keyOf={keyOf} />
      {halves.length <= inSight ? null : (
        <details className="former">
          <summary>
            {words.earlier} ({halves.length - inSight})
          </summary>
          <Rows label={words.earlier} columns={columns} rows={halves.slice(inSight)} keyOf={keyOf} />
        </details>
      )}
    </>
  );
}

function RateCell({ known, label, onOpen }: { known: Rate | undefined; label: string; onOpen: () => void }) {
  const { company, mayManage } = useInside();
  const words = useChargesWords();
  const format = useFormat(company.today);
  const tag = known === undefined ? words.missing : known.confirmed ? null : words.toCheck;
  const shown = (
    <>
      {tag === null ? null : <Tag meaning="soon">{tag}</Tag>} {known === undefined ? null : format.rate(known.rate)}
    </>
  );
  if (!mayManage) return shown;
  return (
    <button type="button" className="rate-cell figures" onClick={onOpen}>
      <span className="hidden">{label} </span>
      {shown}
    </button>
  );
}

interface RateFormProps {
  kind: Kind;
  half: string;
  known: Rate | undefined;
  onClose: () => void;
}

function RateForm({ kind, half, known, onClose }: RateFormProps) {
  const { company } = useInside();
  const words = useChargesWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const [rate, setRate] = useState(known?.rate ?? null);
  const [source, setSource] = useState(known?.source ?? '');
  const [tried, setTried] = useState(false);
  const path = at(company.id, `/interest-rates/${kind}/${half}`);
  const save = useChange(company.id, () => call('PUT', path, { rate, source }));
  const takeBack = useChange(company.id, () => call('DELETE', path));
  const saidBy = known?.confirmedOn ?? null;
  return (
    // What is missing is said here, in the language of the screen.
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (rate === null) return;
        save.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.confirmed);
            onClose();
          },
        });
      }}
    >
      <Stack>
        {known === undefined ? null : (
          <Text size="sm" c="dimmed">
            {saidBy === null ? words.published : words.confirmedOn(format.day(saidBy))}
          </Text>
        )}
        <RateInput
          label={words.rate}
          value={rate}
          required
          error={tried && rate === null ? words.rateMissing : null}
          onChange={setRate}
        />
        <TextInput
          label={words.source}
          description={words.sourceHint}
          value={source}
          maxLength={300}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        {saidBy === null ? null : (
          <Group>
            <Button
              variant="default"
              loading={takeBack.isPending}
              onClick={() =>
                takeBack.mutate(undefined, {
                  onSuccess: () => {
                    tell.done(words.takenBack);
                    onClose();
                  },
                  onError: tell.failed,
                })
              }
            >
              {known?.published == null ? words.takeBackNone : words.takeBack(format.rate(known.published))}
            </Button>
          </Group>
        )}
        <FormFoot change={save} submit={words.confirm} onClose={onClose} />
      </Stack>
    </form>
  );
}
