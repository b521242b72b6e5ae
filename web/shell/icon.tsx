// The few pictures of the screens, drawn as lines: they follow the text's colour.

const paths = {
  today: 'M4 6.5h16v13H4zM4 10.5h16M8.5 4v4M15.5 4v4',
  approve: 'M4.5 12.5l4.5 4.5L19.5 6.5',
  due: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2',
  invoices: 'M6.5 3.5h8l3.5 3.5v13.5h-11.5zM14 3.5V7.5h4M9.5 12h6M9.5 15.5h6',
  customers:
    'M9 11.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.5 19c.9-3 3-4.5 5.5-4.5s4.6 1.5 5.5 4.5M15.5 6a3 3 0 0 1 0 5.5M17.5 14.8c1.5.7 2.5 2.1 3 4.2',
  toComplete: 'M4.5 19.5h15M6.5 15.5l1-3.5 8-8 2.5 2.5-8 8z',
  payments: 'M3.5 7h17v10.5h-17zM12 14.5a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5z',
  sent: 'M20.5 3.5L10 14M20.5 3.5l-6.5 17-4-6.5-6.5-4z',
  sequences: 'M3.5 12h17M6.5 12m-2 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0M13 12m-2 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0M19.5 8.5v7',
  templates: 'M4.5 4.5h15v15h-15zM8 9h8M8 12.5h8M8 16h4.5',
  imports: 'M12 4v10.5M7.5 10.5l4.5 4 4.5-4M4.5 19.5h15',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  email: 'M3.5 6h17v12.5h-17zM3.5 7.5l8.5 6 8.5-6',
  task: 'M6.5 4L9 3.5l2 4.5-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4.5 2-.5 2.5c-.2 1-1 1.5-2 1.5-7-.5-12.5-6-13-13 0-1 .5-1.8 1.5-2z',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="18"
      height="18"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 3 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
