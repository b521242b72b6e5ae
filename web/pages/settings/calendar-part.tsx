// On which days and between which hours messages leave, and how many one customer gets.
import { Checkbox, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useInside } from '../../inside.tsx';
import { useThing } from '../../queries.ts';
import { NotHad } from '../../ui/not-loaded.tsx';
import { useLanguage } from '../../words/words.tsx';
import { Closures } from './closures.tsx';
import { useClosuresWords } from './closures-words.ts';
import { CompanyForm } from './settings-form.tsx';
import { useDraft } from './use-draft.ts';
import { useSettingsWords } from './words.ts';

/** Monday 5 January 2026 and the six days after it: their names in any language. */
const aWeek = [5, 6, 7, 8, 9, 10, 11].map((day) => new Date(Date.UTC(2026, 0, day)));

export function CalendarPart() {
  return (
    <Stack gap="xl">
      <SendingForm />
      <Closures />
    </Stack>
  );
}

function SendingForm() {
  const { company } = useInside();
  const words = useSettingsWords();
  const language = useLanguage();
  const regions = useThing<{ rows: { code: string; name: string }[] }>(company.id, 'regions');
  const { sendingWeekdays, sendsOnHolidays, region, sendingFrom, sendingUntil } = company;
  const { messagesPerWeek, daysBetweenMessages } = company;
  const draft = useDraft({
    sendingWeekdays,
    sendsOnHolidays,
    region,
    sendingFrom,
    sendingUntil,
    messagesPerWeek,
    daysBetweenMessages,
  });
  const { value } = draft;
  const none = value.sendingWeekdays.length === 0;
  const hoursWrong = value.sendingFrom >= value.sendingUntil;
  const nameOf = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const toggle = (weekday: number) =>
    draft.set({
      sendingWeekdays: value.sendingWeekdays.includes(weekday)
        ? value.sendingWeekdays.filter((one) => one !== weekday)
        : [...value.sendingWeekdays, weekday].sort((a, b) => a - b),
    });
  const places = regions.data?.rows ?? [];
  return (
    <CompanyForm draft={draft} changes={none || hoursWrong ? null : draft.changes}>
      <NotHad query={regions} what={words.regions} />
      <Checkbox.Group
        label={words.weekdays}
        description={words.weekdaysHint}
        error={none ? words.weekdaysNone : null}
        value={value.sendingWeekdays.map(String)}
      >
        <Group mt="xs" gap="md">
          {aWeek.map((day, index) => (
            <Checkbox
              key={day.toISOString()}
              value={String(index + 1)}
              label={nameOf.format(day)}
              onChange={() => toggle(index + 1)}
            />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox
        label={words.holidays}
        checked={value.sendsOnHolidays}
        onChange={(event) => draft.set({ sendsOnHolidays: event.currentTarget.checked })}
      />
      {places.length === 0 || value.sendsOnHolidays ? null : (
        <NativeSelect
          label={words.region}
          value={value.region ?? ''}
          onChange={(event) => draft.set({ region: event.currentTarget.value || null })}
          data={[
            { value: '', label: words.regionNone },
            ...places.map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
      )}
      <div>
        <Group gap="md" align="flex-start">
          <TextInput
            type="time"
            label={words.from}
            value={value.sendingFrom}
            required
            onChange={(event) => draft.set({ sendingFrom: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={words.until}
            value={value.sendingUntil}
            required
            error={hoursWrong ? words.hoursWrong : null}
            onChange={(event) => draft.set({ sendingUntil: event.currentTarget.value })}
          />
        </Group>
        <Text size="sm" c="dimmed" mt={4}>
          {words.hoursHint}
        </Text>
      </div>
      <Limits value={value} onChange={draft.set} />
    </CompanyForm>
  );
}

interface LimitsOfCompany {
  messagesPerWeek: number | null;
  daysBetweenMessages: number | null;
}

interface LimitsProps {
  value: LimitsOfCompany;
  onChange: (change: Partial<LimitsOfCompany>) => void;
}

/** Nothing typed: no limit. */
function Limits({ value: { messagesPerWeek, daysBetweenMessages }, onChange }: LimitsProps) {
  const words = useClosuresWords();
  const typed = (value: number | string): number | null => (typeof value === 'number' ? value : null);
  return (
    <fieldset className="fields">
      <legend>{words.limits}</legend>
      <Text size="sm" c="dimmed">
        {words.limitsHint}
      </Text>
      <NumberInput
        label={words.perWeek}
        description={words.perWeekHint}
        placeholder={words.noLimit}
        min={1}
        max={100}
        allowDecimal={false}
        allowNegative={false}
        suffix={` ${messagesPerWeek === 1 ? words.message : words.messages}`}
        value={messagesPerWeek ?? ''}
        onChange={(value) => onChange({ messagesPerWeek: typed(value) })}
      />
      <NumberInput
        label={words.apart}
        description={words.apartHint}
        placeholder={words.noLimit}
        min={1}
        max={365}
        allowDecimal={false}
        allowNegative={false}
        suffix={` ${daysBetweenMessages === 1 ? words.day : words.days}`}
        value={daysBetweenMessages ?? ''}
        onChange={(value) => onChange({ daysBetweenMessages: typed(value) })}
      />
    </fieldset>
  );
}
