// What can be done with many invoices at once: take them away as a file, include them, say that they are settled.
import { useState } from 'react';
import type { InvoiceRow } from '../../../src/contract/invoice.ts';
import type { InvoiceColumn } from '../../../src/words/lists.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { PauseDialog } from '../../parts/pause-dialog.tsx';
import { RemindDialog } from '../../parts/remind-dialog.tsx';
import { SettleDialog } from '../../parts/settle-dialog.tsx';
import { at, useChange } from '../../queries.ts';
import { ChosenBar, ChosenButton } from '../../ui/chosen-bar.tsx';
import type { ChosenColumns } from '../../ui/columns.ts';
import type { Selection } from '../../ui/selection.ts';
import { useTell } from '../../ui/tell.ts';
import { useInvoicesWords } from './words.ts';

/** What is no operation is one request, which takes so many. */
const mostInOne = 1000;

interface ChosenInvoicesProps {
  selection: Selection;
  rows: InvoiceRow[];
  /** How many the filter has; null: not known yet. */
  total: number | null;
  /** Loads the rows that are not shown yet; answers all of them. */
  loadAll: () => Promise<InvoiceRow[]>;
  columns: ChosenColumns<InvoiceRow, InvoiceColumn>;
  /** As the list is asked for. */
  filter: Record<string, string | undefined>;
}

export function ChosenInvoices({ selection, rows, total, loadAll, columns, filter }: ChosenInvoicesProps) {
  const { company, mayAct } = useInside();
  const words = useInvoicesWords();
  const tell = useTell();
  const [settling, setSettling] = useState(false);
  const [reminding, setReminding] = useState(false);
  const [pausing, setPausing] = useState(false);
  const chosen = rows.filter((row) => selection.chosen.has(row.id));
  const include = useChange(company.id, (invoiceIds: string[]) =>
    call<{ included: number }>('POST', at(company.id, '/invoices/include'), { invoiceIds }),
  );
  const outside = chosen.filter((row) => row.dunning?.state === 'outside');
  const open = chosen.filter((row) => row.openMinor > 0);
  const includeThem = () =>
    include.mutate(
      outside.map((row) => row.id),
      {
        onSuccess: ({ included }) => {
          tell.done(words.included(included));
          selection.clear();
        },
        onError: tell.failed,
      },
    );
  const chooseAll = () => loadAll().then((all) => selection.toggleAll(all.map((row) => row.id)), tell.failed);
  return (
    <>
      <ChosenBar selection={selection} label={words.selected(chosen.length)}>
        {total !== null && total > chosen.length && chosen.length >= rows.length ? (
          <ChosenButton onClick={() => void chooseAll()}>{words.everything(total)}</ChosenButton>
        ) : null}
        <ExportButton
          noun="invoices"
          columns={columns}
          filter={filter}
          ids={chosen.length === total ? undefined : chosen.map((row) => row.id)}
          size="compact-sm"
          variant="default"
        />
        {mayAct && outside.length > 0 ? (
          <ChosenButton disabled={outside.length > mostInOne} onClick={includeThem}>
            {outside.length > mostInOne ? words.atMost(words.include, mostInOne) : words.include}
          </ChosenButton>
        ) : null}
        {mayAct && open.length > 0 ? (
          <ChosenButton onClick={() => setReminding(true)}>{words.remind}</ChosenButton>
        ) : null}
        {mayAct && open.length > 0 ? <ChosenButton onClick={() => setPausing(true)}>{words.pause}</ChosenButton> : null}
        {mayAct && open.length > 0 ? (
          <ChosenButton disabled={open.length > mostInOne} onClick={() => setSettling(true)}>
            {open.length > mostInOne ? words.atMost(words.settle, mostInOne) : words.settle}
          </ChosenButton>
        ) : null}
      </ChosenBar>
      <RemindDialog
        invoiceIds={reminding ? open.map((row) => row.id) : []}
        onClose={() => {
          setReminding(false);
          selection.clear();
        }}
      />
      <PauseDialog
        target={{ invoiceIds: open.map((row) => row.id) }}
        opened={pausing}
        onClose={() => setPausing(false)}
        onDone={() => {
          setPausing(false);
          selection.clear();
        }}
      />
      <SettleDialog
        invoices={settling ? open : []}
        onClose={() => setSettling(false)}
        onDone={() => {
          setSettling(false);
          selection.clear();
        }}
      />
    </>
  );
}
