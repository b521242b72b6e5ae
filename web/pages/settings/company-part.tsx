// The company: its name, its language, its clock, and what counts as settled or as late.
import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useInside } from '../../inside.tsx';
import { PaymentTermsInput } from '../../parts/payment-terms.tsx';
import { parseAmount, typedAmount } from '../../ui/format.ts';
import { timeZones } from '../../ui/places.ts';
import { useLanguage } from '../../words/words.tsx';
import { CompanyForm } from './settings-form.tsx';
import { useDraft } from './use-draft.ts';
import { useSettingsWords } from './words.ts';

export function CompanyPart() {
  const { company } = useInside();
  const words = useSettingsWords();
  const spoken = useLanguage();
  const zones = useMemo(timeZones, []);
  const draft = useDraft({
    name: company.name,
    timeZone: company.timeZone,
    language: company.language,
    toleranceMinor: company.toleranceMinor,
    lateEntryDays: company.lateEntryDays,
    tellsApprovers: company.tellsApprovers,
    approvalWaitDays: company.approvalWaitDays,
    grouping: company.grouping,
    listsNotDue: company.listsNotDue,
    thanksPayers: company.thanksPayers,
    bankFreshDays: company.bankFreshDays,
    bankFreshLevel: company.bankFreshLevel,
    paymentTerms: company.paymentTerms?.text ?? null,
  });
  const [tolerance, setTolerance] = useState(typedAmount(company.toleranceMinor, company.currency, spoken));
  const toleranceRead = parseAmount(tolerance, company.currency);
  const countryName = new Intl.DisplayNames(spoken, { type: 'region' }).of(company.country) ?? company.country;
  return (
    <CompanyForm draft={draft} changes={toleranceRead === null ? null : draft.changes}>
      <TextInput
        label={words.companyName}
        value={draft.value.name}
        required
        autoComplete="organization"
        onChange={(event) => draft.set({ name: event.currentTarget.value })}
      />
      <TextInput label={words.country} description={words.countryHint} value={countryName} readOnly />
      <Select
        label={words.timeZone}
        description={words.timeZoneHint}
        data={zones}
        searchable
        allowDeselect={false}
        value={draft.value.timeZone}
        onChange={(value) => draft.set({ timeZone: value ?? company.timeZone })}
      />
      <Select
        label={words.language}
        description={words.languageHint}
        data={(['fr', 'en'] as const).map((value) => ({ value, label: words.languages[value] }))}
        allowDeselect={false}
        value={draft.value.language}
        onChange={(value) => draft.set({ language: value === 'en' ? 'en' : 'fr' })}
      />
      <TextInput
        label={words.tolerance}
        description={words.toleranceHint}
        inputMode="decimal"
        value={tolerance}
        error={toleranceRead === null ? words.amountWrong : null}
        rightSection={<span className="quiet">{company.currency}</span>}
        rightSectionWidth={56}
        onChange={(event) => {
          setTolerance(event.currentTarget.value);
          const read = parseAmount(event.currentTarget.value, company.currency);
          if (read !== null) draft.set({ toleranceMinor: read });
        }}
      />
      <NumberInput
        label={words.lateEntry}
        description={words.lateEntryHint}
        min={0}
        max={3650}
        allowDecimal={false}
        suffix={` ${words.days}`}
        value={draft.value.lateEntryDays}
        onChange={(value) => draft.set({ lateEntryDays: typeof value === 'number' ? value : company.lateEntryDays })}
      />
      <PaymentTermsInput
        value={draft.value.paymentTerms ?? ''}
        hint={words.paymentTermsHint}
        betweenBusinesses
        onChange={(value) => draft.set({ paymentTerms: value.trim() === '' ? null : value })}
      />
      <Select
        label={words.grouping}
        description={words.groupingHint}
        data={(['invoice', 'customer'] as const).map((value) => ({ value, label: words.groupings[value] }))}
        allowDeselect={false}
        value={draft.value.grouping}
        onChange={(value) => draft.set({ grouping: value === 'customer' ? 'customer' : 'invoice' })}
      />
      {draft.value.grouping === 'customer' ? (
        <Checkbox
          label={words.listsNotDue}
          description={words.listsNotDueHint}
          checked={draft.value.listsNotDue}
          onChange={(event) => draft.set({ listsNotDue: event.currentTarget.checked })}
        />
      ) : null}
      <Checkbox
        label={words.thanksPayers}
        description={words.thanksPayersHint}
        checked={draft.value.thanksPayers}
        onChange={(event) => draft.set({ thanksPayers: event.currentTarget.checked })}
      />
      <NumberInput
        label={words.bankFresh}
        description={words.bankFreshHint}
        min={0}
        max={60}
        allowDecimal={false}
        suffix={` ${words.sendingDays}`}
        value={draft.value.bankFreshDays ?? ''}
        onChange={(value) => draft.set({ bankFreshDays: typeof value === 'number' ? value : null })}
      />
      {draft.value.bankFreshDays === null ? null : (
        <NumberInput
          label={words.bankFreshLevel}
          min={1}
          max={99}
          allowDecimal={false}
          prefix="R"
          value={draft.value.bankFreshLevel}
          onChange={(value) =>
            draft.set({ bankFreshLevel: typeof value === 'number' ? value : company.bankFreshLevel })
          }
        />
      )}
      <NumberInput
        label={words.approvalWait}
        description={words.approvalWaitHint}
        min={1}
        max={60}
        allowDecimal={false}
        suffix={` ${draft.value.approvalWaitDays === 1 ? words.sendingDay : words.sendingDays}`}
        value={draft.value.approvalWaitDays}
        onChange={(value) =>
          draft.set({ approvalWaitDays: typeof value === 'number' ? value : company.approvalWaitDays })
        }
      />
      <Checkbox
        label={words.tellsApprovers}
        description={words.tellsApproversHint}
        checked={draft.value.tellsApprovers}
        onChange={(event) => draft.set({ tellsApprovers: event.currentTarget.checked })}
      />
    </CompanyForm>
  );
}
