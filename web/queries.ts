// What the page asks the server for, kept and refreshed by TanStack Query. Whatever changes a company refreshes all of it.
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../src/contract/account.ts';
import type { Company, CompanyFigures } from '../src/contract/company.ts';
import type { CustomerRow } from '../src/contract/customer.ts';
import type { InvoiceRow } from '../src/contract/invoice.ts';
import type { Live } from '../src/contract/live.ts';
import type { ProposedDue, UnderstoodTerms } from '../src/contract/payment-terms.ts';
import type { Preview } from '../src/contract/plan.ts';
import type { Message, ReminderRow } from '../src/contract/reminder.ts';
import { call } from './api.ts';

export interface PageOf<T> {
  rows: T[];
  nextCursor: string | null;
}

export const at = (companyId: string, path: string): string => `/api/companies/${companyId}${path}`;

export const useFirstVisit = () =>
  useQuery({ queryKey: ['first-visit'], queryFn: () => call<{ needed: boolean }>('GET', '/api/first-visit') });

export const useSession = (enabled: boolean) =>
  useQuery({ queryKey: ['session'], queryFn: () => call<Session>('GET', '/api/session'), enabled });

export const useCompany = (companyId: string) =>
  useQuery({ queryKey: ['company', companyId, 'itself'], queryFn: () => call<Company>('GET', at(companyId, '')) });

/** What had happened before anything of the company was shown: whatever happens after it is news. */
export const useBeforehand = (companyId: string) =>
  useQuery({
    queryKey: ['beforehand', companyId],
    queryFn: () => call<Live>('GET', at(companyId, '/live')),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useFigures = (companyId: string) =>
  useQuery({
    queryKey: ['company', companyId, 'figures'],
    queryFn: () => call<CompanyFigures>('GET', at(companyId, '/status')),
    // While messages are on their way, their number is followed closely; else others' work shows up within a minute.
    refetchInterval: ({ state }) => ((state.data?.ready ?? 0) > 0 ? 1_500 : 60_000),
  });

export const usePreview = (companyId: string) =>
  useQuery({
    queryKey: ['company', companyId, 'preview'],
    queryFn: () => call<Preview>('GET', at(companyId, '/preview')),
  });

export function useReminders(companyId: string, state: 'to_approve' | 'leaving' | 'left' | 'problems') {
  return useInfiniteQuery({
    queryKey: ['company', companyId, 'reminders', state],
    queryFn: ({ pageParam }) =>
      call<PageOf<ReminderRow>>('GET', at(companyId, `/reminders?state=${state}&limit=20${pageParam}`)),
    initialPageParam: '',
    getNextPageParam: (last) => (last.nextCursor === null ? null : `&cursor=${last.nextCursor}`),
  });
}

/** A list of the company in pages; `query` holds its filters, as in an address. */
export function useList<T>(companyId: string, what: string, query = '', limit = 50) {
  return useInfiniteQuery({
    queryKey: ['company', companyId, what, 'list', query],
    queryFn: ({ pageParam }) =>
      call<PageOf<T>>('GET', at(companyId, `/${what}?limit=${limit}${query === '' ? '' : `&${query}`}${pageParam}`)),
    initialPageParam: '',
    getNextPageParam: (last) => (last.nextCursor === null ? null : `&cursor=${last.nextCursor}`),
    placeholderData: keepPreviousData,
  });
}

/** The pages of a list that are not shown yet, loaded too, up to what one operation takes. It throws where one can't be had. */
export async function allPages<T>(list: ReturnType<typeof useList<T>>, most = 1000): Promise<PageOf<T>[]> {
  const rowsIn = (pages: readonly PageOf<T>[]): number => pages.reduce((sum, page) => sum + page.rows.length, 0);
  let loaded = list;
  while (loaded.hasNextPage && rowsIn(loaded.data?.pages ?? []) < most)
    loaded = (await loaded.fetchNextPage({ throwOnError: true })) as typeof list;
  // Of a list that could not be had, no page is not all of it.
  if (loaded.data === undefined) throw loaded.error ?? new Error('Asked for before it was shown.');
  return loaded.data.pages;
}

/** One thing of the company, by its address below it. */
export const useThing = <T>(companyId: string, path: string) =>
  useQuery({ queryKey: ['company', companyId, path], queryFn: () => call<T>('GET', at(companyId, `/${path}`)) });

/** Filters as they stand in an address; those that are not set are left out. */
export function queryOf(filters: Record<string, string | number | undefined>): string {
  const given = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(given).toString();
}

export const useMessage = (companyId: string, reminderId: string) =>
  useQuery({
    queryKey: ['company', companyId, 'message', reminderId],
    queryFn: () => call<Message>('GET', at(companyId, `/reminders/${reminderId}/message`)),
  });

export const useInvoices = (companyId: string, query: string, enabled = true) =>
  useQuery({
    queryKey: ['company', companyId, 'invoices', query],
    queryFn: () => call<PageOf<InvoiceRow>>('GET', at(companyId, `/invoices?${query}`)),
    enabled,
    placeholderData: keepPreviousData,
  });

export const useCustomers = (companyId: string, query: string, enabled = true) =>
  useQuery({
    queryKey: ['company', companyId, 'customers', query],
    queryFn: () => call<PageOf<CustomerRow>>('GET', at(companyId, `/customers?${query}`)),
    enabled,
    placeholderData: keepPreviousData,
  });

/** How payment terms are understood as they are typed; nothing is asked of an empty text. */
export const useUnderstoodTerms = (companyId: string, terms: string) =>
  useQuery({
    queryKey: ['company', companyId, 'payment-terms', terms],
    queryFn: () => call<UnderstoodTerms>('POST', at(companyId, '/payment-terms/understood'), { terms }),
    enabled: terms !== '',
  });

/** The due date by the terms of a customer, for an invoice issued on that day. */
export const useProposedDue = (companyId: string, customerId: string | null, issuedOn: string) =>
  useQuery({
    queryKey: ['company', companyId, 'due-date', customerId, issuedOn],
    queryFn: () =>
      call<ProposedDue>('GET', at(companyId, `/due-date?${queryOf({ customerId: customerId ?? '', issuedOn })}`)),
    enabled: customerId !== null && issuedOn !== '',
  });

interface Afterwards<Output> {
  onSuccess?: (output: Output) => unknown;
  onError?: (error: unknown) => unknown;
}

/**
 * A change of the company; when it is done, everything shown of the company is asked for again. What follows a change happens
 * even where the button that asked for it is no longer on the screen: the last message that is approved takes its list with it.
 */
export function useChange<Input, Output>(companyId: string, change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const { mutateAsync, isPending, isError, error, data, reset } = useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ['company', companyId] }),
  });
  const mutate = (input: Input, { onSuccess, onError }: Afterwards<Output> = {}): void => {
    void mutateAsync(input).then(onSuccess, onError ?? (() => undefined));
  };
  return { mutate, isPending, isError, error, data, reset };
}
