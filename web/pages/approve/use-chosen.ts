// Messages chosen to be approved together: some of those that are shown, or all that wait, also those that are not loaded yet.
import { useState } from 'react';
import type { CompanyFigures } from '../../../src/contract/company.ts';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import type { Chosen } from '../../parts/use-approving.tsx';
import { type Selection, useSelection } from '../../ui/selection.ts';

interface Amount {
  currency: string;
  minor: number;
}

export interface ChosenMessages {
  /** Of the rows that are shown. */
  selection: Selection;
  count: number;
  amounts: Amount[];
  /** How many there are to choose beyond the rows that are shown, which are all chosen; null: none, or they are chosen already. */
  further: number | null;
  chooseEverything: () => void;
  /** What is approved. */
  chosen: Chosen;
}

/** Identifiers are in the order in which messages were made: what came after the newest that was shown was chosen by nobody. */
interface Everything {
  upTo: string;
  except: ReadonlySet<string>;
}

export function useChosen(
  rows: readonly ReminderRow[],
  hasMore: boolean,
  figures: CompanyFigures | undefined,
): ChosenMessages {
  const some = useSelection();
  const [everything, setEverything] = useState<Everything | null>(null);
  const isIn = (row: ReminderRow): boolean =>
    everything === null ? some.chosen.has(row.id) : row.id <= everything.upTo && !everything.except.has(row.id);
  const shown = rows.filter(isIn);
  const clear = () => {
    setEverything(null);
    some.clear();
  };
  const total = figures?.toApprove ?? rows.length;
  const out = rows.filter((row) => !isIn(row));
  return {
    selection: {
      chosen: new Set(shown.map((row) => row.id)),
      toggle: (id) => {
        if (everything === null) return some.toggle(id);
        const except = new Set(everything.except);
        if (!except.delete(id)) except.add(id);
        setEverything({ ...everything, except });
      },
      toggleAll: (ids) => (everything === null ? some.toggleAll(ids) : clear()),
      choose: some.choose,
      clear,
    },
    count: everything === null ? shown.length : Math.max(shown.length, total - out.length),
    amounts: everything === null ? sumOf(shown) : lessOf(figures?.approval.amounts ?? [], sumOf(out)),
    further: everything === null && hasMore && shown.length === rows.length && total > rows.length ? total : null,
    chooseEverything: () => setEverything({ upTo: rows[0]!.id, except: new Set() }),
    chosen:
      everything === null
        ? { reminderIds: shown.map((row) => row.id) }
        : { upTo: everything.upTo, except: [...everything.except] },
  };
}

function sumOf(rows: readonly ReminderRow[]): Amount[] {
  const sums = new Map<string, number>();
  for (const { currency, askedMinor, askedOthers } of rows)
    for (const one of [{ currency, minor: askedMinor ?? 0 }, ...askedOthers])
      sums.set(one.currency, (sums.get(one.currency) ?? 0) + one.minor);
  return [...sums].map(([currency, minor]) => ({ currency, minor }));
}

const lessOf = (all: readonly Amount[], out: readonly Amount[]): Amount[] =>
  all.map(({ currency, minor }) => ({
    currency,
    minor: minor - (out.find((one) => one.currency === currency)?.minor ?? 0),
  }));
