// One rule: its conditions, which all hold at once, the sequence that follows from them, and the types of invoices that it leaves out.
import {
  Checkbox,
  Fieldset,
  Group,
  MultiSelect,
  NativeSelect,
  SimpleGrid,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import type { EnrolmentRules, RuleInput } from '../../../src/contract/enrolment-rule.ts';
import type { Sequence } from '../../../src/contract/sequence.ts';
import { useInside } from '../../inside.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { parseAmount, typedAmount } from '../../ui/format.ts';
import { countries } from '../../ui/places.ts';
import { type Language, useLanguage } from '../../words/words.tsx';
import { useRuleInWords } from './rules-draft.ts';
import { useRulesWords } from './rules-words.ts';

interface RuleFormProps {
  /** null: a new one. */
  rule: RuleInput | null;
  sequences: readonly Sequence[];
  values: EnrolmentRules['values'];
  onSubmit: (rule: RuleInput) => void;
  onClose: () => void;
}

const kinds = ['business', 'consumer', 'public'] as const;
const types = ['standard', 'deposit', 'progress', 'final', 'subscription'] as const;

/** Languages of messages to choose from, beside those that customers have. */
const usualLanguages = ['fr', 'en', 'de', 'es', 'it', 'nl'];

/** Nothing is sent: the list of rules keeps it until it is saved as a whole. */
const settled = { isError: false, error: null, isPending: false };

export function RuleForm({ rule, sequences, values, onSubmit, onClose }: RuleFormProps) {
  const { company } = useInside();
  const words = useRulesWords();
  const language = useLanguage();
  const inWords = useRuleInWords();
  const [draft, setDraft] = useState<RuleInput>(
    rule ?? {
      name: '',
      sequenceId: sequences.find((one) => !one.isDefault)?.id ?? null,
      categories: [],
      kinds: [],
      languages: [],
      countries: [],
      openFromMinor: null,
      keyAccount: null,
      excludedTypes: [],
    },
  );
  const [amount, setAmount] = useState(
    rule?.openFromMinor == null ? '' : typedAmount(rule.openFromMinor, company.currency, language),
  );
  const change = (fields: Partial<RuleInput>) => setDraft((before) => ({ ...before, ...fields }));
  const openFromMinor = amount.trim() === '' ? null : parseAmount(amount, company.currency);
  const amountWrong = amount.trim() !== '' && (openFromMinor === null || openFromMinor === 0);
  const given: RuleInput = {
    ...draft,
    openFromMinor,
    excludedTypes: draft.sequenceId === null ? [] : draft.excludedTypes,
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!amountWrong) onSubmit({ ...given, name: draft.name.trim() || inWords(given).conditions.slice(0, 200) });
      }}
    >
      <Stack>
        <TextInput
          label={words.name}
          description={words.nameHint}
          value={draft.name}
          maxLength={200}
          autoComplete="off"
          data-autofocus
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Fieldset legend={words.conditions} p="sm">
          <Stack gap="sm">
            <span className="quiet">{words.conditionsHint}</span>
            <TagsInput
              label={words.categories}
              description={words.categoriesHint}
              data={values.categories}
              value={draft.categories}
              maxTags={100}
              onChange={(categories) => change({ categories })}
            />
            <Checkbox.Group
              label={words.kinds}
              value={draft.kinds}
              onChange={(chosen) => change({ kinds: kinds.filter((kind) => chosen.includes(kind)) })}
            >
              <Group gap="md" mt={4}>
                {kinds.map((kind) => (
                  <Checkbox key={kind} value={kind} label={words.kindNames[kind]} />
                ))}
              </Group>
            </Checkbox.Group>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <MultiSelect
                label={words.languages}
                data={languageChoices([...usualLanguages, ...values.languages, ...draft.languages], language)}
                value={draft.languages}
                onChange={(languages) => change({ languages })}
              />
              <MultiSelect
                label={words.countries}
                searchable
                data={countryChoices([...values.countries, ...draft.countries], language)}
                value={draft.countries}
                onChange={(chosen) => change({ countries: chosen })}
              />
            </SimpleGrid>
            <span className="quiet">{words.elsewhere}</span>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput
                label={words.openFrom(company.currency)}
                description={words.openFromHint}
                inputMode="decimal"
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                value={amount}
                error={amountWrong ? words.openFromWrong : null}
                onChange={(event) => setAmount(event.currentTarget.value)}
              />
              <NativeSelect
                label={words.keyAccount}
                value={draft.keyAccount === null ? 'any' : draft.keyAccount ? 'yes' : 'no'}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  change({ keyAccount: value === 'any' ? null : value === 'yes' });
                }}
                data={(['any', 'yes', 'no'] as const).map((value) => ({ value, label: words.keyAccounts[value] }))}
              />
            </SimpleGrid>
          </Stack>
        </Fieldset>
        <NativeSelect
          label={words.toFollow}
          value={draft.sequenceId ?? ''}
          onChange={(event) => change({ sequenceId: event.currentTarget.value || null })}
          data={[
            ...sequences.map(({ id, title }) => ({ value: id, label: title })),
            { value: '', label: words.noReminders },
          ]}
        />
        {draft.sequenceId === null ? null : (
          <Checkbox.Group
            label={words.excluded}
            value={draft.excludedTypes}
            onChange={(chosen) => change({ excludedTypes: types.filter((type) => chosen.includes(type)) })}
          >
            <Group gap="md" mt={4}>
              {types.map((type) => (
                <Checkbox key={type} value={type} label={words.types[type]} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        <FormFoot change={settled} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}

function languageChoices(codes: readonly string[], language: Language): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'language' });
  return [...new Set(codes)].map((code) => ({ value: code, label: names.of(code) ?? code }));
}

/** Those that customers have first. */
function countryChoices(codes: readonly string[], language: Language): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const own = [...new Set(codes)].map((code) => ({ value: code, label: names.of(code) ?? code }));
  return [...own, ...countries(language).filter(({ value }) => !codes.includes(value))];
}
