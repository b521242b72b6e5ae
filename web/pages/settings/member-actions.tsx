// What an owner can do with a member: another role, another password, letting go; each says first what follows.
import { ActionIcon, Menu, NativeSelect, PasswordInput, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Members } from '../../../src/contract/account.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange } from '../../queries.ts';
import { Icon } from '../../shell/icon.tsx';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useTell } from '../../ui/tell.ts';
import { useMembersWords } from './members-words.ts';
import { useSettingsWords } from './words.ts';

export type Member = Members['rows'][number];

interface MemberActionsProps {
  member: Member;
  isSelf: boolean;
}

export function MemberActions({ member, isSelf }: MemberActionsProps) {
  const words = useMembersWords();
  const [asked, setAsked] = useState<'role' | 'password' | 'remove' | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={words.actions(member.name)}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked('role')}>{words.role}</Menu.Item>
          {isSelf ? null : <Menu.Item onClick={() => setAsked('password')}>{words.password}</Menu.Item>}
          <Menu.Item onClick={() => setAsked('remove')}>{words.remove}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={asked === 'role'} onClose={close} title={words.roleTitle(member.name)}>
        <RoleForm member={member} isSelf={isSelf} onClose={close} />
      </Dialog>
      <Dialog opened={asked === 'password'} onClose={close} title={words.passwordTitle(member.name)}>
        <PasswordForm member={member} onClose={close} />
      </Dialog>
      <Removal member={member} isSelf={isSelf} opened={asked === 'remove'} onClose={close} />
    </>
  );
}

const roles = ['owner', 'manager', 'agent', 'reader'] as const;

function RoleForm({ member, isSelf, onClose }: MemberActionsProps & { onClose: () => void }) {
  const { company } = useInside();
  const settings = useSettingsWords();
  const words = useMembersWords();
  const tell = useTell();
  const [role, setRole] = useState(member.role);
  const change = useChange(company.id, () => call('PATCH', at(company.id, `/members/${member.userId}`), { role }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.roleDone);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <NativeSelect
          label={settings.memberRole}
          description={role === 'owner' ? words.ownerHint : settings.rolesHint[role]}
          value={role}
          data-autofocus
          onChange={(event) => setRole(event.currentTarget.value as Member['role'])}
          data={roles.map((one) => ({ value: one, label: settings.roles[one] }))}
        />
        {isSelf && role !== 'owner' ? <Text size="sm">{words.roleSelf}</Text> : null}
        {member.validKeys > 0 && roles.indexOf(role) > roles.indexOf(member.role) ? (
          <Text size="sm">{words.roleKeys}</Text>
        ) : null}
        <FormFoot change={change} submit={words.roleSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}

function PasswordForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const { company } = useInside();
  const settings = useSettingsWords();
  const words = useMembersWords();
  const tell = useTell();
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const change = useChange(company.id, () =>
    call('PUT', at(company.id, `/members/${member.userId}/password`), { password }),
  );
  const tooShort = password.length < 10;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (tooShort) return;
        change.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.passwordDone(member.name));
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{words.passwordHint}</Text>
        <PasswordInput
          label={settings.memberPassword}
          description={settings.memberPasswordHint}
          value={password}
          required
          autoComplete="new-password"
          data-autofocus
          error={tried && tooShort ? settings.passwordTooShort : null}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormFoot change={change} submit={words.passwordSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}

function Removal({ member, isSelf, opened, onClose }: MemberActionsProps & { opened: boolean; onClose: () => void }) {
  const { company, companyIds, chooseCompany } = useInside();
  const words = useMembersWords();
  const tell = useTell();
  const client = useQueryClient();
  const remove = useChange(company.id, async () => {
    await call('DELETE', at(company.id, `/members/${member.userId}`));
    if (!isSelf) return;
    // Nothing of the company can be asked for any more: on to another one, or out.
    const other = companyIds.find((id) => id !== company.id);
    if (other !== undefined) chooseCompany(other);
    client.removeQueries({ queryKey: ['company', company.id] });
    await client.invalidateQueries({ queryKey: ['session'] });
  });
  return (
    <AskDialog
      opened={opened}
      title={words.removeTitle(member.name)}
      submit={words.removeSubmit}
      change={remove}
      onClose={() => {
        remove.reset();
        onClose();
      }}
      onSubmit={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.removeDone(member.name));
            onClose();
          },
        })
      }
    >
      <Text size="sm">{isSelf ? words.removeSelf : words.removeHint(member.name)}</Text>
      {member.validKeys > 0 ? <Text size="sm">{words.removeKeys(member.validKeys)}</Text> : null}
    </AskDialog>
  );
}
