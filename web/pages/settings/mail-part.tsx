// The company's own mail server: set up, tried with a message to oneself. Secrets go in and are never shown again.
import { Button, Group, NativeSelect, NumberInput, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MailServerState } from '../../../src/contract/company.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useThing } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Loaded } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useLanguage } from '../../words/words.tsx';
import { DnsSection } from './dns-section.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useDraft } from './use-draft.ts';
import { useSettingsWords } from './words.ts';

type Server = NonNullable<MailServerState['mailServer']>;
type Security = Server['security'];
type Auth = Server['auth'];

const blank: Server = {
  host: '',
  port: 465,
  security: 'tls',
  auth: 'password',
  username: null,
  oauthClientId: null,
  oauthTokenUrl: null,
  connections: 3,
  hasSecret: false,
  testedAt: null,
};

/** What the providers' own instructions say; every field can be changed afterwards. */
const presets: Record<string, Partial<Server>> = {
  ovh: { host: 'ssl0.ovh.net', port: 465, security: 'tls', auth: 'password' },
  ionos: { host: 'smtp.ionos.fr', port: 465, security: 'tls', auth: 'password' },
  gmail: {
    host: 'smtp.gmail.com',
    port: 465,
    security: 'tls',
    auth: 'oauth2',
    oauthTokenUrl: 'https://oauth2.googleapis.com/token',
  },
  m365: {
    host: 'smtp.office365.com',
    port: 587,
    security: 'starttls',
    auth: 'oauth2',
    oauthTokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  },
};

export function MailPart() {
  const { company, mayManage, isOwner } = useInside();
  const words = useSettingsWords();
  const state = useThing<MailServerState>(company.id, 'mail-server');
  if (!mayManage) return <p className="quiet">{words.readOnly}</p>;
  return (
    <Loaded query={state} data={state.data}>
      {({ mailServer }) => (
        <>
          {isOwner ? (
            <ServerForm server={mailServer ?? blank} />
          ) : (
            <Stack gap="xs">
              <p className="quiet">{words.ownerOnly}</p>
              {mailServer === null ? null : (
                <p>
                  {mailServer.host}:{mailServer.port}
                </p>
              )}
            </Stack>
          )}
          {/* What was found was found for that server. */}
          <DnsSection key={mailServer?.host ?? ''} />
        </>
      )}
    </Loaded>
  );
}

function ServerForm({ server }: { server: Server }) {
  const { company } = useInside();
  const words = useSettingsWords();
  const tell = useTell();
  const draft = useDraft({ ...server, secret: '', oauthClientSecret: '' });
  const { value, set } = draft;
  const save = useChange(company.id, () => {
    const { hasSecret: _, testedAt: __, secret, oauthClientSecret, ...fields } = value;
    return call('PUT', at(company.id, '/mail-server'), {
      ...fields,
      username: fields.username || null,
      oauthClientId: fields.oauthClientId || null,
      oauthTokenUrl: fields.oauthTokenUrl || null,
      ...(secret === '' ? {} : { secret }),
      ...(oauthClientSecret === '' ? {} : { oauthClientSecret }),
    });
  });
  const submit = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        draft.clear();
        tell.done(words.saved);
      },
    });
  const text = (name: 'host' | 'username' | 'oauthClientId' | 'oauthTokenUrl') => ({
    value: value[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const secret = (name: 'secret' | 'oauthClientSecret') => ({
    value: value[name],
    description: server.hasSecret ? words.secretKept : undefined,
    required: !server.hasSecret,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <SettingsForm change={save} changed={draft.changed} onSubmit={submit}>
        <NativeSelect
          label={words.preset}
          value={Object.keys(presets).find((name) => presets[name]!.host === value.host) ?? 'other'}
          onChange={(event) => set(presets[event.currentTarget.value] ?? { host: '' })}
          data={(['other', 'ovh', 'ionos', 'gmail', 'm365'] as const).map((name) => ({
            value: name,
            label: words.presets[name],
          }))}
        />
        <Group grow align="flex-start" preventGrowOverflow={false} className="server-address">
          <TextInput label={words.host} required autoComplete="off" {...text('host')} />
          <NumberInput
            label={words.port}
            min={1}
            max={65535}
            allowDecimal={false}
            thousandSeparator=""
            value={value.port}
            required
            onChange={(port) => set({ port: typeof port === 'number' ? port : value.port })}
          />
          <NativeSelect
            label={words.security}
            value={value.security}
            onChange={(event) => set({ security: event.currentTarget.value as Security })}
            data={(['tls', 'starttls', 'none'] as const).map((one) => ({ value: one, label: words.securities[one] }))}
          />
        </Group>
        <NativeSelect
          label={words.auth}
          value={value.auth}
          onChange={(event) => set({ auth: event.currentTarget.value as Auth })}
          data={(['password', 'oauth2', 'none'] as const).map((one) => ({ value: one, label: words.auths[one] }))}
        />
        {value.auth === 'none' ? null : (
          <TextInput label={words.username} required autoComplete="off" {...text('username')} />
        )}
        {value.auth === 'password' ? <PasswordInput label={words.secret} {...secret('secret')} /> : null}
        {value.auth === 'oauth2' ? (
          <>
            <TextInput label={words.clientId} required autoComplete="off" {...text('oauthClientId')} />
            <PasswordInput label={words.clientSecret} {...secret('oauthClientSecret')} />
            <PasswordInput label={words.secretOauth} {...secret('secret')} />
            <TextInput label={words.tokenUrl} type="url" required autoComplete="off" {...text('oauthTokenUrl')} />
          </>
        ) : null}
        <NumberInput
          label={words.connections}
          description={words.connectionsHint}
          min={1}
          max={20}
          allowDecimal={false}
          value={value.connections}
          onChange={(connections) => set({ connections: typeof connections === 'number' ? connections : 3 })}
        />
      </SettingsForm>
      {server.host === '' ? null : <Test server={server} changed={draft.changed} />}
    </>
  );
}

function Test({ server, changed }: { server: Server; changed: boolean }) {
  const { company } = useInside();
  const words = useSettingsWords();
  const language = useLanguage();
  const tell = useTell();
  const [refused, setRefused] = useState<unknown>(null);
  const test = useChange(company.id, () => call('POST', at(company.id, '/mail-server/test'), { message: true }));
  const said =
    server.testedAt === null
      ? words.neverTested
      : words.testedAt(
          new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
            dateStyle: 'long',
            timeStyle: 'short',
            timeZone: company.timeZone,
          }).format(new Date(server.testedAt)),
        );
  return (
    <Stack gap="xs" mt="xl" align="flex-start">
      <Button
        variant="default"
        loading={test.isPending}
        disabled={changed || company.senderEmail === null}
        onClick={() => {
          setRefused(null);
          test.mutate(undefined, { onSuccess: () => tell.done(words.tested), onError: setRefused });
        }}
      >
        {words.test}
      </Button>
      <Text size="sm" c="dimmed">
        {company.senderEmail === null ? words.testNeedsSender : `${said} ${words.testHint}`}
      </Text>
      {refused === null ? null : <Failure error={refused} />}
    </Stack>
  );
}
