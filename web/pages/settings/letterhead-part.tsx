// The letterhead: who the company is, as its messages and letters say it; each number is checked when it is saved.
import { Button, FileButton, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { LetterheadShown } from '../../../src/contract/letterhead.ts';
import { call, Refusal, sendFile } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useThing } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { countries } from '../../ui/places.ts';
import { Loaded, Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useLanguage } from '../../words/words.tsx';
import { useLetterheadWords } from './letterhead-words.ts';
import { SettingsForm } from './settings-form.tsx';
import { useDraft } from './use-draft.ts';
import { useSettingsWords } from './words.ts';

type Letterhead = LetterheadShown['letterhead'];
type Field = keyof Letterhead;

export function LetterheadPart() {
  const { company } = useInside();
  const state = useThing<LetterheadShown>(company.id, 'letterhead');
  return (
    <Loaded query={state} data={state.data}>
      {(shown) => (
        <>
          <Fields saved={shown.letterhead} />
          <Logo hash={shown.logo} />
          <Preview shown={shown} />
        </>
      )}
    </Loaded>
  );
}

function Fields({ saved }: { saved: Letterhead }) {
  const { company, mayManage } = useInside();
  const settings = useSettingsWords();
  const words = useLetterheadWords();
  const language = useLanguage();
  const tell = useTell();
  const draft = useDraft(saved);
  const save = useChange(company.id, () => call<LetterheadShown>('PUT', at(company.id, '/letterhead'), draft.value));
  const wrong = save.error instanceof Refusal && save.error.problem?.code === 'invalid-input' ? save.error : null;
  const text = (name: Field) => ({
    label: words[name],
    value: draft.value[name] ?? '',
    error: wrong?.field(name) ?? null,
    onChange: (event: { currentTarget: { value: string } }) => draft.set({ [name]: event.currentTarget.value || null }),
  });
  const fields = (
    <>
      <fieldset className="fields">
        <legend>{words.identity}</legend>
        <TextInput {...text('legalName')} autoComplete="organization" />
        <div className="field-pair">
          <TextInput {...text('legalForm')} description={words.legalFormHint} />
          <TextInput {...text('capital')} description={words.capitalHint} />
        </div>
      </fieldset>
      <fieldset className="fields">
        <legend>{words.address}</legend>
        <Textarea {...text('street')} autosize minRows={2} autoComplete="street-address" />
        <div className="field-pair">
          <TextInput {...text('postcode')} autoComplete="postal-code" />
          <TextInput {...text('city')} autoComplete="address-level2" />
        </div>
        <NativeSelect
          {...text('country')}
          data={[{ value: '', label: words.countryNone }, ...countries(language)]}
          autoComplete="country"
        />
      </fieldset>
      <fieldset className="fields">
        <legend>{words.numbers}</legend>
        <div className="field-pair">
          <TextInput {...text('siren')} autoComplete="off" />
          <TextInput {...text('siret')} autoComplete="off" />
        </div>
        <TextInput {...text('vatNumber')} autoComplete="off" />
        <TextInput {...text('registration')} description={words.registrationHint} autoComplete="off" />
      </fieldset>
      <fieldset className="fields">
        <legend>{words.contact}</legend>
        <div className="field-pair">
          <TextInput {...text('phone')} type="tel" autoComplete="tel" />
          <TextInput {...text('website')} autoComplete="url" />
        </div>
      </fieldset>
      <fieldset className="fields">
        <legend>{words.bank}</legend>
        <Text size="sm" c="dimmed">
          {words.bankHint}
        </Text>
        <TextInput {...text('iban')} autoComplete="off" />
        <TextInput {...text('bic')} autoComplete="off" />
      </fieldset>
    </>
  );
  if (!mayManage) {
    return (
      <fieldset className="settings-form" disabled>
        <Stack gap="lg">
          <Text size="sm" c="dimmed">
            {settings.readOnly}
          </Text>
          {fields}
        </Stack>
      </fieldset>
    );
  }
  const submit = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        draft.clear();
        tell.done(settings.saved);
      },
    });
  return (
    <SettingsForm
      change={{ isError: save.isError && wrong === null, error: save.error, isPending: save.isPending }}
      changed={draft.changed}
      onSubmit={submit}
    >
      <Text>{words.intro}</Text>
      {fields}
      {wrong === null ? null : (
        <Text size="sm" className="wrong" role="alert">
          {words.fieldsWrong}
        </Text>
      )}
    </SettingsForm>
  );
}

function Logo({ hash }: { hash: string | null }) {
  const { company, mayManage } = useInside();
  const words = useLetterheadWords();
  const tell = useTell();
  const address = at(company.id, '/letterhead/logo');
  const put = useChange(company.id, (file: File) => sendFile('PUT', address, file));
  const remove = useChange(company.id, () => call('DELETE', address));
  const failure = put.isError ? put.error : remove.isError ? remove.error : null;
  return (
    <Section title={words.logo} hint={words.logoHint}>
      {mayManage ? (
        <Group gap="sm">
          <FileButton
            accept="image/png,image/jpeg"
            onChange={(file) => {
              if (file !== null) put.mutate(file, { onSuccess: () => tell.done(words.logoAdded) });
            }}
          >
            {(props) => (
              <Button {...props} size="xs" variant="default" loading={put.isPending}>
                {hash === null ? words.logoAdd : words.logoReplace}
              </Button>
            )}
          </FileButton>
          {hash === null ? null : (
            <Button
              size="xs"
              variant="default"
              loading={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: () => tell.done(words.logoRemoved) })}
            >
              {words.logoRemove}
            </Button>
          )}
        </Group>
      ) : null}
      {failure === null ? null : <Failure error={failure} />}
    </Section>
  );
}

function Preview({ shown: { logo, footer } }: { shown: LetterheadShown }) {
  const { company } = useInside();
  const words = useLetterheadWords();
  const lines = footer[company.language];
  return (
    <Section title={words.preview} hint={words.previewHint}>
      {logo === null && lines.length === 0 ? (
        <p className="quiet">{words.previewEmpty}</p>
      ) : (
        <div className="letterhead">
          {logo === null ? null : (
            // The hash in its address: another logo is another picture.
            <img src={`${at(company.id, '/letterhead/logo')}?${logo.slice(0, 12)}`} alt={words.logoAlt(company.name)} />
          )}
          <div>
            {lines.map((line) => (
              <div key={line}>{line}</div>
            ))}
          </div>
        </div>
      )}
    </Section>
  );
}
