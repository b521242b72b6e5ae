// The frame of a part of the settings: its fields, and one button that saves them all. Whoever may not change them reads them.
import { Button, Group, Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import type { Company } from '../../../src/contract/company.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { useTell } from '../../ui/tell.ts';
import type { Draft } from './use-draft.ts';
import { useSettingsWords } from './words.ts';

interface SettingsFormProps {
  change: { isError: boolean; error: unknown; isPending: boolean };
  changed: boolean;
  onSubmit: () => void;
  children: ReactNode;
}

export function SettingsForm({ change, changed, onSubmit, children }: SettingsFormProps) {
  const words = useSettingsWords();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} className="settings-form">
      <Stack gap="lg">
        {children}
        {change.isError ? <Failure error={change.error} /> : null}
        <Group>
          <Button type="submit" loading={change.isPending} disabled={!changed}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface CompanyFormProps<T extends object> {
  draft: Draft<T>;
  /** What of it is sent; null: something typed is wrong, and said where it stands. */
  changes: object | null;
  children: ReactNode;
}

/** Settings that belong to the company itself. */
export function CompanyForm<T extends object>({ draft, changes, children }: CompanyFormProps<T>) {
  const { company, mayManage } = useInside();
  const words = useSettingsWords();
  const tell = useTell();
  const save = useChange(company.id, (input: object) => call<Company>('PATCH', at(company.id, ''), input));
  const submit = () => {
    if (changes === null || !draft.changed) return;
    save.mutate(changes, {
      onSuccess: () => {
        draft.clear();
        tell.done(words.saved);
      },
    });
  };
  return mayManage ? (
    <SettingsForm change={save} changed={draft.changed} onSubmit={submit}>
      {children}
    </SettingsForm>
  ) : (
    <fieldset className="settings-form" disabled>
      <Stack gap="lg">
        <Text size="sm" c="dimmed">
          {words.readOnly}
        </Text>
        {children}
      </Stack>
    </fieldset>
  );
}
