// The top of the page: which company, the search, the guide, the account's menu.
import { ActionIcon, Menu, NativeSelect, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { useCompany } from '../queries.ts';
import { useWords } from '../words/words.tsx';
import { GuideLink } from './guide-link.tsx';
import { Search } from './search.tsx';

export function TopBar() {
  const { company, userName, companyIds, chooseCompany } = useInside();
  const words = useWords();
  return (
    <header className="top-bar">
      <div className="top-bar-inside">
        <Link to="/" className="wordmark">
          {words.application}
        </Link>
        {companyIds.length > 1 ? (
          <NativeSelect
            aria-label={words.account.company}
            size="sm"
            value={company.id}
            onChange={(event) => chooseCompany(event.currentTarget.value)}
          >
            {companyIds.map((id) => (
              <CompanyOption key={id} companyId={id} />
            ))}
          </NativeSelect>
        ) : (
          <Text className="company-name" truncate>
            {company.name}
          </Text>
        )}
        <Search />
        <GuideLink />
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
          <Person />
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

function Person() {
  return (
    <svg
      viewBox="0 0 24 24"
      width="20"
      height="20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    >
      <circle cx="12" cy="8.5" r="3.5" />
      <path d="M5 19.5c1.2-3.2 3.8-4.8 7-4.8s5.8 1.6 7 4.8" />
    </svg>
  );
}
