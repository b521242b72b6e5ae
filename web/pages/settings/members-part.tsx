// Who works in the company and what each may do; the owner adds people, gives them other roles, lets them go.
import { Button, Group, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MemberAdded, Members } from '../../../src/contract/account.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useSession, useThing } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Loaded } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { type Member, MemberActions } from './member-actions.tsx';
import { useMembersWords } from './members-words.ts';
import { useSettingsWords } from './words.ts';

export function MembersPart() {
  const { company, mayManage, isOwner } = useInside();
  const words = useSettingsWords();
  const own = useMembersWords();
  const self = useSession(true).data?.user?.userId;
  const members = useThing<Members>(company.id, 'members');
  const [adding, setAdding] = useState(false);
  if (!mayManage) return <p className="quiet">{words.readOnly}</p>;
  const columns: Column<Member>[] = [
    {
      title: words.memberName,
      cell: (row) => (
        <>
          <strong>{row.name}</strong> {row.userId === self ? <span className="quiet">{own.you}</span> : null}
        </>
      ),
    },
    { title: words.memberEmail, cell: (row) => <span className="address">{row.email}</span> },
    { title: words.memberRole, cell: (row) => words.roles[row.role] },
    ...(isOwner
      ? [
          {
            title: own.actionsTitle,
            actions: true,
            cell: (row: Member) => <MemberActions member={row} isSelf={row.userId === self} />,
          },
        ]
      : []),
  ];
  return (
    <Stack>
      <Loaded query={members} data={members.data?.rows}>
        {(rows) => <Rows label={words.parts.members} columns={columns} rows={rows} keyOf={(row) => row.userId} />}
      </Loaded>
      {isOwner ? (
        <Group>
          <Button variant="default" onClick={() => setAdding(true)}>
            {words.addMember}
          </Button>
        </Group>
      ) : null}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={words.addMember}>
        <MemberForm onClose={() => setAdding(false)} />
      </Dialog>
    </Stack>
  );
}

const roles = ['manager', 'agent', 'reader'] as const;

function MemberForm({ onClose }: { onClose: () => void }) {
  const { company } = useInside();
  const words = useSettingsWords();
  const own = useMembersWords();
  const tell = useTell();
  const [fields, setFields] = useState({ name: '', email: '', password: '', role: 'agent' as (typeof roles)[number] });
  const [tried, setTried] = useState(false);
  const add = useChange(company.id, () => call<MemberAdded>('POST', at(company.id, '/members'), fields));
  const set = (change: Partial<typeof fields>) => setFields((before) => ({ ...before, ...change }));
  const tooShort = fields.password.length < 10;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (tooShort) return;
        add.mutate(undefined, {
          onSuccess: ({ hadAccount }) => {
            tell.done(hadAccount ? own.hadAccount(fields.email) : words.memberAdded);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <TextInput
          label={words.memberName}
          value={fields.name}
          required
          autoComplete="off"
          data-autofocus
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          type="email"
          label={words.memberEmail}
          value={fields.email}
          required
          autoComplete="off"
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
        <NativeSelect
          label={words.memberRole}
          description={words.rolesHint[fields.role]}
          value={fields.role}
          onChange={(event) => set({ role: event.currentTarget.value as (typeof roles)[number] })}
          data={roles.map((role) => ({ value: role, label: words.roles[role] }))}
        />
        <PasswordInput
          label={words.memberPassword}
          description={words.memberPasswordHint}
          value={fields.password}
          required
          autoComplete="new-password"
          error={tried && tooShort ? words.passwordTooShort : null}
          onChange={(event) => set({ password: event.currentTarget.value })}
        />
        <FormFoot change={add} submit={words.memberSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}
