// The first visit: the owner's account and the company, in one act.
import { Button, Fieldset, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { FirstVisit } from '../../../src/contract/account.ts';
import { call } from '../../api.ts';
import { Failure } from '../../ui/failure.tsx';
import { browserCountry, browserTimeZone, countries, timeZones } from '../../ui/places.ts';
import { type Language, useLanguage, useWords } from '../../words/words.tsx';
import { Doorstep } from '../sign-in/doorstep.tsx';

interface Fields {
  name: string;
  email: string;
  password: string;
  companyName: string;
  country: string;
  timeZone: string;
}

export function FirstVisitPage({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const words = useWords();
  const language = useLanguage();
  const form = useFirstVisitForm();
  const client = useQueryClient();
  const begin = useMutation({
    mutationFn: (input: FirstVisit) => call('POST', '/api/first-visit', input),
    onSuccess: () => client.resetQueries(),
  });
  const submit = ({ name, email, password, companyName, country, timeZone }: Fields) =>
    begin.mutate({
      account: { name, email: email.trim(), password },
      company: { name: companyName, country, timeZone, language },
    });
  const places = useMemo(() => ({ countries: countries(language), zones: timeZones() }), [language]);
  const { account, firstVisit } = words;
  return (
    <Doorstep title={firstVisit.title} intro={firstVisit.intro}>
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <Stack gap="lg">
          <Fieldset legend={firstVisit.yourAccount} variant="unstyled">
            <Stack>
              <TextInput
                label={account.name}
                autoComplete="name"
                required
                {...form.getInputProps('name')}
                key={form.key('name')}
              />
              <TextInput
                label={account.email}
                type="email"
                autoComplete="email"
                required
                {...form.getInputProps('email')}
                key={form.key('email')}
              />
              <PasswordInput
                label={account.password}
                description={account.passwordHint}
                autoComplete="new-password"
                required
                {...form.getInputProps('password')}
                key={form.key('password')}
              />
            </Stack>
          </Fieldset>
          <Fieldset legend={firstVisit.yourCompany} variant="unstyled">
            <Stack>
              <TextInput
                label={firstVisit.companyName}
                description={firstVisit.companyNameHint}
                autoComplete="organization"
                required
                {...form.getInputProps('companyName')}
                key={form.key('companyName')}
              />
              <Select
                label={firstVisit.country}
                description={firstVisit.countryHint}
                data={places.countries}
                searchable
                allowDeselect={false}
                nothingFoundMessage={firstVisit.noSuchCountry}
                {...form.getInputProps('country')}
                key={form.key('country')}
              />
              <Select
                label={firstVisit.timeZone}
                description={firstVisit.timeZoneHint}
                data={places.zones}
                searchable
                allowDeselect={false}
                nothingFoundMessage={firstVisit.noSuchZone}
                {...form.getInputProps('timeZone')}
                key={form.key('timeZone')}
              />
              <Select
                label={firstVisit.language}
                description={firstVisit.languageHint}
                data={[
                  { value: 'fr', label: firstVisit.french },
                  { value: 'en', label: firstVisit.english },
                ]}
                allowDeselect={false}
                value={language}
                onChange={(value) => onLanguage(value === 'en' ? 'en' : 'fr')}
              />
            </Stack>
          </Fieldset>
          {begin.isError ? <Failure error={begin.error} /> : null}
          <Button type="submit" size="md" loading={begin.isPending}>
            {firstVisit.submit}
          </Button>
        </Stack>
      </form>
    </Doorstep>
  );
}

function useFirstVisitForm() {
  const { account } = useWords();
  const needed = (value: string) => (value.trim() === '' ? account.required : null);
  return useForm<Fields>({
    mode: 'uncontrolled',
    initialValues: {
      name: '',
      email: '',
      password: '',
      companyName: '',
      country: browserCountry(),
      timeZone: browserTimeZone(),
    },
    validate: {
      name: needed,
      companyName: needed,
      email: (value) => needed(value) ?? (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : account.emailWrong),
      password: (value) => (value.length < 10 ? account.passwordTooShort : null),
    },
  });
}
