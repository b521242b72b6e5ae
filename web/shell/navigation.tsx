// The screens, in the order of the day's work. On a phone the first four stand at the bottom, the others under "Plus".
import { Menu } from '@mantine/core';
import { Link, type LinkProps, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useInside } from '../inside.tsx';
import { useFigures } from '../queries.ts';
import { useWords } from '../words/words.tsx';
import { Icon, type IconName } from './icon.tsx';

type Place = Exclude<LinkProps['to'], undefined>;

interface Screen {
  to: Place;
  name: keyof ReturnType<typeof useWords>['screens'];
  icon: IconName;
}

const screens: Screen[] = [
  { to: '/', name: 'today', icon: 'today' },
  { to: '/approve', name: 'approve', icon: 'approve' },
  { to: '/invoices', name: 'invoices', icon: 'invoices' },
  { to: '/customers', name: 'customers', icon: 'customers' },
  { to: '/due', name: 'due', icon: 'due' },
  { to: '/to-complete', name: 'toComplete', icon: 'toComplete' },
  { to: '/payments', name: 'payments', icon: 'payments' },
  { to: '/sent', name: 'sent', icon: 'sent' },
  { to: '/sequences', name: 'sequences', icon: 'sequences' },
  { to: '/templates', name: 'templates', icon: 'templates' },
  { to: '/imports', name: 'imports', icon: 'imports' },
  { to: '/settings', name: 'settings', icon: 'settings' },
];

const onPhone = 4;

export function Navigation() {
  const words = useWords();
  return (
    <nav className="navigation" aria-label={words.navigation.all}>
      <ul>
        {screens.map((screen, index) => (
          <li key={screen.to} className={index < onPhone ? undefined : 'not-on-phone'}>
            <ScreenLink screen={screen} />
          </li>
        ))}
        <li className="only-on-phone">
          <MoreScreens />
        </li>
      </ul>
    </nav>
  );
}

function ScreenLink({ screen }: { screen: Screen }) {
  const words = useWords();
  return (
    <Link to={screen.to} activeOptions={{ exact: screen.to === '/' }} className="screen-link">
      <Icon name={screen.icon} />
      <span>{words.screens[screen.name]}</span>
      {screen.name === 'approve' ? <ToApproveCount /> : null}
    </Link>
  );
}

function ToApproveCount(): ReactNode {
  const { company } = useInside();
  const words = useWords();
  const count = useFigures(company.id).data?.toApprove ?? 0;
  if (count === 0) return null;
  return (
    <span className="badge" role="img" aria-label={words.navigation.toApprove(count)}>
      {count}
    </span>
  );
}

function MoreScreens() {
  const words = useWords();
  const { pathname } = useRouterState({ select: (state) => state.location });
  const more = screens.slice(onPhone);
  const active = more.some((screen) => pathname.startsWith(screen.to));
  return (
    <Menu position="top-end" withinPortal>
      <Menu.Target>
        <button type="button" className="screen-link" data-status={active ? 'active' : undefined}>
          <Icon name="more" />
          <span>{words.navigation.more}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {more.map((screen) => (
          <Menu.Item key={screen.to} component={Link} {...{ to: screen.to }} leftSection={<Icon name={screen.icon} />}>
            {words.screens[screen.name]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
