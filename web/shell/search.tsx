// One box for customers and invoices; an open invoice can be paid from here.
import { Button, CloseButton, Paper, Text, TextInput } from '@mantine/core';
import { useClickOutside, useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { CustomerRow } from '../../src/contract/customer.ts';
import type { InvoiceRow } from '../../src/contract/invoice.ts';
import { useInside } from '../inside.tsx';
import { useCustomers, useInvoices } from '../queries.ts';
import { useFormat } from '../ui/format.ts';
import { Gathered, NotHad } from '../ui/not-loaded.tsx';
import { useWords } from '../words/words.tsx';

export function Search() {
  const words = useWords();
  const [text, setText] = useState('');
  const [settledText] = useDebouncedValue(text.trim(), 200);
  const input = useRef<HTMLInputElement>(null);
  const box = useClickOutside(() => setText(''));
  useHotkeys([['mod+K', () => input.current?.focus()]]);
  return (
    <search className="search" ref={box}>
      <TextInput
        ref={input}
        type="search"
        aria-label={words.search.label}
        placeholder={words.search.placeholder}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && setText('')}
        rightSection={
          text === '' ? null : <CloseButton size="sm" aria-label={words.close} onClick={() => setText('')} />
        }
      />
      {settledText === '' || text === '' ? null : <Found text={settledText} onLeave={() => setText('')} />}
    </search>
  );
}

function Found({ text, onLeave }: { text: string; onLeave: () => void }) {
  const { company } = useInside();
  const words = useWords();
  const query = `search=${encodeURIComponent(text)}&limit=8`;
  const invoices = useInvoices(company.id, query);
  const customers = useCustomers(company.id, query);
  const nothing = invoices.data?.rows.length === 0 && customers.data?.rows.length === 0;
  return (
    <Paper className="found" shadow="md" withBorder role="region" aria-label={words.search.label} aria-live="polite">
      <Gathered>
        <NotHad query={customers} what={words.search.customers} />
        <NotHad query={invoices} what={words.search.invoices} />
      </Gathered>
      {nothing ? (
        <Text size="sm" c="dimmed" p="sm">
          {words.search.nothing(text)}
        </Text>
      ) : null}
      <FoundCustomers rows={customers.data?.rows ?? []} onLeave={onLeave} />
      <FoundInvoices rows={invoices.data?.rows ?? []} onLeave={onLeave} />
    </Paper>
  );
}

function FoundCustomers({ rows, onLeave }: { rows: CustomerRow[]; onLeave: () => void }) {
  const { company } = useInside();
  const words = useWords();
  const format = useFormat(company.today);
  if (rows.length === 0) return null;
  return (
    <>
      <h2 className="found-title">{words.search.customers}</h2>
      <ul className="found-list">
        {rows.map((row) => (
          <li key={row.id}>
            <span className="grow">
              <Link to="/customers/$customerId" params={{ customerId: row.id }} onClick={onLeave}>
                {row.name}
              </Link>{' '}
              <span className="quiet">{row.number}</span>
            </span>
            <span className="amount">
              {row.open.length === 0 ? (
                <span className="quiet">{words.search.nothingDue}</span>
              ) : (
                row.open.map((one) => format.amount(one.minor, one.currency)).join(' · ')
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function FoundInvoices({ rows, onLeave }: { rows: InvoiceRow[]; onLeave: () => void }) {
  const { company, mayAct, openPayment } = useInside();
  const words = useWords();
  const format = useFormat(company.today);
  if (rows.length === 0) return null;
  return (
    <>
      <h2 className="found-title">{words.search.invoices}</h2>
      <ul className="found-list">
        {rows.map((row) => (
          <li key={row.id}>
            <span className="grow">
              <Link to="/invoices/$invoiceId" params={{ invoiceId: row.id }} onClick={onLeave}>
                {row.number}
              </Link>{' '}
              <span className="quiet">{row.customerName}</span>
              <br />
              <span className="quiet">{row.openMinor > 0 ? format.distance(row.dueOn) : words.search.settled}</span>
            </span>
            <span className="amount">
              {format.amount(row.openMinor > 0 ? row.openMinor : row.totalMinor, row.currency)}
            </span>
            {mayAct && row.openMinor > 0 && row.type !== 'credit_note' ? (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  onLeave();
                  openPayment(row);
                }}
                aria-label={`${words.payment.button} ${row.number}`}
              >
                {words.payment.button}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
