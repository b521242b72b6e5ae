// The top of the page: which company, the search, the account's menu.
import { ActionIcon, Menu, NativeSelect, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Company } from '../../../src/contract/company.ts';
import { call } from '../../api.ts';
import { useCompany } from '../../queries.ts';
import { useWords } from '../../words/words.tsx';
import type { Payable } from './payment-modal.tsx';
import { Search } from './search.tsx';

interface TopBarProps {
  company: Company;
  userName: string;
  companyIds: string[];
  onCompany: (companyId: string) => void;
  onPay: ((invoice: Payable) => void) | null;
}

export function TopBar({ company, userName, companyIds, onCompany, onPay }: TopBarProps) {
  const words = useWords();
  return (
    <header className="top-bar">
      <div className="top-bar-inside">
        <span className="wordmark">{words.application}</span>
        {companyIds.length > 1 ? (
          <NativeSelect aria-label={words.account.company} size="sm" value={company.id} onChange={(event) => onCompany(event.currentTarget.value)}>
            {companyIds.map((id) => (
              <CompanyOption key={id} companyId={id} />
            ))}
          </NativeSelect>
        ) : (
          <Text className="company-name" truncate>
            {company.name}
          </Text>
        )}
        <Search company={company} onPay={onPay} />
        <AccountMenu userName={userName} />
      </div>
    </header>
  );
}

function CompanyOption({ companyId }: { companyId: string }) {
  const { data } = useCompany(companyId);
  return <option value={companyId}>{data?.name ?? '…'}</option>;
}

function AccountMenu({ userName }: { userName: string }) {
  const words = useWords();
  const client = useQueryClient();
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const leave = async () => {
    await call('DELETE', '/api/session');
    await client.resetQueries();
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" radius="xl" aria-label={words.account.menu}>
          <span aria-hidden className="initials">
            {initialsOf(userName)}
          </span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{userName}</Menu.Label>
        <Menu.Item onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
          {scheme === 'dark' ? words.account.light : words.account.dark}
        </Menu.Item>
        <Menu.Item onClick={() => void leave()}>{words.account.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => part[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
