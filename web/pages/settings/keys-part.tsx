// The keys with which programs call the API: made, told once, revoked.
import { Anchor, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ApiKeys, MadeApiKey } from '../../../src/contract/api-key.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useThing } from '../../queries.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useFormat } from '../../ui/format.ts';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useKeysWords } from './keys-words.ts';
import { useSettingsWords } from './words.ts';

type Key = ApiKeys['rows'][number];

const roles = ['reader', 'agent', 'manager'] as const;

export function KeysPart() {
  const { company, mayManage } = useInside();
  const settings = useSettingsWords();
  const words = useKeysWords();
  const keys = useThing<ApiKeys>(company.id, 'api-keys');
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Key | null>(null);
  if (!mayManage) return <p className="quiet">{settings.readOnly}</p>;
  const add = (
    <Button variant="default" onClick={() => setMaking(true)}>
      {words.add}
    </Button>
  );
  return (
    <Stack>
      <Text className="measure">
        {words.intro}{' '}
        <Anchor href="/api/docs" target="_blank" rel="noreferrer" underline="always">
          {words.description}
        </Anchor>
      </Text>
      <Loaded query={keys} data={keys.data?.rows}>
        {(rows) => (
          <>
            {rows.length === 0 ? (
              <Empty>
                <Text>{words.empty}</Text>
                {add}
              </Empty>
            ) : (
              <>
                <Valid keys={rows.filter(({ state }) => state === 'valid')} onRevoke={setRevoking} />
                <Group>{add}</Group>
                <Former keys={rows.filter(({ state }) => state !== 'valid')} />
              </>
            )}
          </>
        )}
      </Loaded>
      <MakeDialog opened={making} onClose={() => setMaking(false)} />
      <RevokeDialog asked={revoking} onClose={() => setRevoking(null)} />
    </Stack>
  );
}

function useKeyColumns() {
  const { company } = useInside();
  const settings = useSettingsWords();
  const words = useKeysWords();
  const format = useFormat(company.today);
  const columns = {
    name: { title: words.name, cell: (row) => <strong>{row.name}</strong> },
    role: { title: words.role, cell: (row) => settings.roles[row.role] },
    begins: { title: words.begins, cell: (row) => <code>{row.prefix}…</code> },
    lastUse: {
      title: words.lastUse,
      cell: (row) => (row.lastUsedOn === null ? words.never : format.day(row.lastUsedOn)),
    },
    made: {
      title: words.made,
      cell: (row) => words.by(format.day(row.madeAt.slice(0, 10)), row.makerName ?? words.unknownMaker),
    },
    ends: { title: words.ends, cell: (row) => (row.endsOn === null ? words.endless : format.day(row.endsOn)) },
    over: {
      title: words.ends,
      cell: (row) =>
        row.revokedAt === null
          ? words.ended(format.day(row.endsOn ?? ''))
          : words.revoked(format.day(row.revokedAt.slice(0, 10)), row.revokerName ?? words.unknownMaker),
    },
  } as const satisfies Record<string, Column<Key>>;
  return columns;
}

function Valid({ keys, onRevoke }: { keys: Key[]; onRevoke: (key: Key) => void }) {
  const words = useKeysWords();
  const { name, role, begins, lastUse, made, ends } = useKeyColumns();
  if (keys.length === 0) return null;
  const actions: Column<Key> = {
    title: words.revoke,
    actions: true,
    cell: (row) => (
      <Button size="xs" variant="default" aria-label={words.revokeOne(row.name)} onClick={() => onRevoke(row)}>
        {words.revoke}
      </Button>
    ),
  };
  return (
    <Rows
      label={words.list}
      columns={[name, role, begins, lastUse, ends, made, actions]}
      rows={keys}
      keyOf={(row) => row.id}
    />
  );
}

function Former({ keys }: { keys: Key[] }) {
  const words = useKeysWords();
  const { name, role, begins, lastUse, over } = useKeyColumns();
  if (keys.length === 0) return null;
  return (
    <details className="former">
      <summary>
        {words.former} ({keys.length})
      </summary>
      <Rows label={words.former} columns={[name, role, begins, lastUse, over]} rows={keys} keyOf={(row) => row.id} />
    </details>
  );
}

function MakeDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const words = useKeysWords();
  const [made, setMade] = useState<MadeApiKey | null>(null);
  const [copied, setCopied] = useState(false);
  const finish = () => {
    onClose();
    setMade(null);
    setCopied(false);
  };
  const close = () => {
    // The one moment at which something is lost for good by closing a window.
    if (made === null || copied || window.confirm(words.notCopied)) finish();
  };
  return (
    <Dialog opened={opened} onClose={close} title={made === null ? words.addTitle : words.madeTitle}>
      {made === null ? (
        <MakeForm onMade={setMade} onClose={close} />
      ) : (
        <Told made={made} onCopied={() => setCopied(true)} onFinish={finish} />
      )}
    </Dialog>
  );
}

function MakeForm({ onMade, onClose }: { onMade: (made: MadeApiKey) => void; onClose: () => void }) {
  const { company } = useInside();
  const settings = useSettingsWords();
  const words = useKeysWords();
  const [name, setName] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]>('agent');
  const [endsOn, setEndsOn] = useState('');
  const make = useChange(company.id, () =>
    call<MadeApiKey>('POST', at(company.id, '/api-keys'), { name, role, endsOn: endsOn === '' ? null : endsOn }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate(undefined, { onSuccess: onMade });
      }}
    >
      <Stack>
        <TextInput
          label={words.name}
          description={words.nameHint}
          value={name}
          required
          maxLength={100}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.role}
          description={settings.rolesHint[role]}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as (typeof roles)[number])}
          data={roles.map((one) => ({ value: one, label: settings.roles[one] }))}
        />
        <TextInput
          type="date"
          label={words.endsOn}
          description={words.endsOnHint}
          value={endsOn}
          onChange={(event) => setEndsOn(event.currentTarget.value)}
        />
        <FormFoot change={make} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}

function Told({ made, onCopied, onFinish }: { made: MadeApiKey; onCopied: () => void; onFinish: () => void }) {
  const { company } = useInside();
  const words = useKeysWords();
  const address = new URL(at(company.id, '/status'), window.location.href).href;
  return (
    <Stack>
      <Text size="sm" role="status">
        {words.once}
      </Text>
      <CopyField label={words.key} value={made.key} onCopied={onCopied} />
      <div>
        <Text size="sm">{words.tryIt}</Text>
        <pre className="command">{`curl -H "Authorization: Bearer ${made.key}" ${address}`}</pre>
      </div>
      <Group justify="flex-end">
        <Button onClick={onFinish}>{words.finish}</Button>
      </Group>
    </Stack>
  );
}

function RevokeDialog({ asked, onClose }: { asked: Key | null; onClose: () => void }) {
  const { company } = useInside();
  const words = useKeysWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const revoke = useChange(company.id, () => call('DELETE', at(company.id, `/api-keys/${asked?.id}`)));
  return (
    <AskDialog
      opened={asked !== null}
      title={words.revokeOne(asked?.name ?? '')}
      submit={words.revokeSubmit}
      change={revoke}
      onClose={() => {
        revoke.reset();
        onClose();
      }}
      onSubmit={() =>
        revoke.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.revokeDone(asked?.name ?? ''));
            onClose();
          },
        })
      }
    >
      <Text size="sm">{words.revokeHint(asked?.name ?? '')}</Text>
      <Text size="sm">{asked?.lastUsedOn ? words.lastUsed(format.day(asked.lastUsedOn)) : words.neverUsed}</Text>
    </AskDialog>
  );
}
