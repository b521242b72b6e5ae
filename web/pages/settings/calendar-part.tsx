// On which days and between which hours messages leave.
import { Checkbox, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useInside } from '../../inside.tsx';
import { useThing } from '../../queries.ts';
import { NotHad } from '../../ui/not-loaded.tsx';
import { useLanguage } from '../../words/words.tsx';
import { CompanyForm } from './settings-form.tsx';
import { useDraft } from './use-draft.ts';
import { useSettingsWords } from './words.ts';

/** Monday 5 January 2026 and the six days after it: their names in any language. */
const aWeek = [5, 6, 7, 8, 9, 10, 11].map((day) => new Date(Date.UTC(2026, 0, day)));

export function CalendarPart() {
  const { company } = useInside();
  const words = useSettingsWords();
  const language = useLanguage();
  const regions = useThing<{ rows: { code: string; name: string }[] }>(company.id, 'regions');
  const { sendingWeekdays, sendsOnHolidays, region, sendingFrom, sendingUntil } = company;
  const draft = useDraft({ sendingWeekdays, sendsOnHolidays, region, sendingFrom, sendingUntil });
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
    </CompanyForm>
  );
}
