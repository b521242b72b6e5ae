// The screens and their addresses. All but today's are loaded when they are first asked for.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { loadAgain } from './load-again.ts';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { NothingShown, ScreenFailure } from './pages/screen-failure.tsx';
import { TodayPage } from './pages/today/today-page.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: NothingShown });
const below = () => root;

const screen = <M extends Record<string, unknown>, K extends keyof M & string>(load: () => Promise<M>, name: K) =>
  lazyRouteComponent(loadAgain(load), name);

/** Text of the address, where it is one; anything else counts as absent. */
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

const today = createRoute({
  getParentRoute: below,
  path: '/',
  // Each captured message has an address of its own.
  validateSearch: (search: Record<string, unknown>): { message?: string | undefined } => ({
    message: text(search.message),
  }),
  component: TodayPage,
});
const approve = createRoute({
  getParentRoute: below,
  path: '/approve',
  validateSearch: (
    search: Record<string, unknown>,
  ): { reminder?: string | undefined; postponed?: true | undefined } => ({
    reminder: text(search.reminder),
    postponed: search.postponed === true ? true : undefined,
  }),
  component: screen(() => import('./pages/approve/approve-page.tsx'), 'ApprovePage'),
});
const due = createRoute({
  getParentRoute: below,
  path: '/due',
  validateSearch: (search: Record<string, unknown>): { level?: string | undefined } => ({ level: text(search.level) }),
  component: screen(() => import('./pages/due/due-page.tsx'), 'DuePage'),
});

export interface InvoicesSearch {
  state?: string | undefined;
  search?: string | undefined;
}
const invoices = createRoute({
  getParentRoute: below,
  path: '/invoices',
  validateSearch: (search: Record<string, unknown>): InvoicesSearch => ({
    state: text(search.state),
    search: text(search.search),
  }),
  component: screen(() => import('./pages/invoices/invoices-page.tsx'), 'InvoicesPage'),
});
const invoice = createRoute({
  getParentRoute: below,
  path: '/invoices/$invoiceId',
  component: screen(() => import('./pages/invoice/invoice-page.tsx'), 'InvoicePage'),
});

/** Which customers are shown: 'none' as the sequence of those without reminders. */
export interface CustomersSearch {
  search?: string | undefined;
  sequence?: string | undefined;
  rule?: string | undefined;
  /** 'me', 'none' or a user. */
  inCharge?: string | undefined;
  /** By name. */
  salesperson?: string | undefined;
  /** The customer that pays for them. */
  payer?: string | undefined;
}
const customers = createRoute({
  getParentRoute: below,
  path: '/customers',
  validateSearch: (search: Record<string, unknown>): CustomersSearch => ({
    search: text(search.search),
    sequence: text(search.sequence),
    rule: text(search.rule),
    inCharge: text(search.inCharge),
    salesperson: text(search.salesperson),
    payer: text(search.payer),
  }),
  component: screen(() => import('./pages/customers/customers-page.tsx'), 'CustomersPage'),
});
const customer = createRoute({
  getParentRoute: below,
  path: '/customers/$customerId',
  component: screen(() => import('./pages/customer/customer-page.tsx'), 'CustomerPage'),
});
const toComplete = createRoute({
  getParentRoute: below,
  path: '/to-complete',
  component: screen(() => import('./pages/to-complete/to-complete-page.tsx'), 'ToCompletePage'),
});
const payments = createRoute({
  getParentRoute: below,
  path: '/payments',
  validateSearch: (search: Record<string, unknown>): { since?: string | undefined } => ({ since: text(search.since) }),
  component: screen(() => import('./pages/payments/payments-page.tsx'), 'PaymentsPage'),
});
const sent = createRoute({
  getParentRoute: below,
  path: '/sent',
  validateSearch: (search: Record<string, unknown>): { search?: string | undefined } => ({
    search: text(search.search),
  }),
  component: screen(() => import('./pages/sent/sent-page.tsx'), 'SentPage'),
});
const sequences = createRoute({
  getParentRoute: below,
  path: '/sequences',
  component: screen(() => import('./pages/sequences/sequences-page.tsx'), 'SequencesPage'),
});
const newSequence = createRoute({
  getParentRoute: below,
  path: '/sequences/new',
  validateSearch: (search: Record<string, unknown>): { copy?: string | undefined } => ({ copy: text(search.copy) }),
  component: screen(() => import('./pages/sequences/editor-page.tsx'), 'NewSequencePage'),
});
const sequence = createRoute({
  getParentRoute: below,
  path: '/sequences/$sequenceId',
  // Whose invoices its effect is counted on first; without: those of the customers who are in it.
  validateSearch: (search: Record<string, unknown>): { who?: 'everyone' | undefined } => ({
    who: search.who === 'everyone' ? 'everyone' : undefined,
  }),
  component: screen(() => import('./pages/sequences/editor-page.tsx'), 'EditSequencePage'),
});
const templates = createRoute({
  getParentRoute: below,
  path: '/templates',
  component: screen(() => import('./pages/templates/templates-page.tsx'), 'TemplatesPage'),
});
const template = createRoute({
  getParentRoute: below,
  path: '/templates/$key',
  component: screen(() => import('./pages/templates/template-page.tsx'), 'TemplatePage'),
});
const imports = createRoute({
  getParentRoute: below,
  path: '/imports',
  component: screen(() => import('./pages/imports/imports-page.tsx'), 'ImportsPage'),
});
const operation = createRoute({
  getParentRoute: below,
  path: '/operations/$operationId',
  component: screen(() => import('./pages/operation/operation-page.tsx'), 'OperationPage'),
});

export interface HistorySearch {
  from?: string | undefined;
  until?: string | undefined;
  kind?: string | undefined;
  actor?: string | undefined;
  search?: string | undefined;
}
const history = createRoute({
  getParentRoute: below,
  path: '/history',
  validateSearch: (search: Record<string, unknown>): HistorySearch => ({
    from: text(search.from),
    until: text(search.until),
    kind: text(search.kind),
    actor: text(search.actor),
    search: text(search.search),
  }),
  component: screen(() => import('./pages/history/history-page.tsx'), 'HistoryPage'),
});
const settings = createRoute({
  getParentRoute: below,
  path: '/settings',
  validateSearch: (search: Record<string, unknown>): { part?: string | undefined } => ({ part: text(search.part) }),
  component: screen(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage'),
});
const guide = createRoute({
  getParentRoute: below,
  path: '/guide',
  component: screen(() => import('./pages/guide/contents-page.tsx'), 'ContentsPage'),
});
const guidePage = createRoute({
  getParentRoute: below,
  path: '/guide/$page',
  component: screen(() => import('./pages/guide/guide-page.tsx'), 'GuidePage'),
});

const screens = [
  today,
  approve,
  due,
  invoices,
  invoice,
  customers,
  customer,
  toComplete,
  payments,
  sent,
  sequences,
  newSequence,
  sequence,
  templates,
  template,
  imports,
  operation,
  history,
  settings,
  guide,
  guidePage,
];

export const router = createRouter({
  routeTree: root.addChildren(screens),
  defaultPreload: 'intent',
  // Below the shell: the way to the other screens stays.
  defaultErrorComponent: ScreenFailure,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
