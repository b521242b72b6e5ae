// What every screen knows once somebody is signed in: the company, what the person may do, and what can be opened over any
// screen (a message, a payment, an import).
import { createContext, useContext } from 'react';
import type { Company } from '../src/contract/company.ts';
import type { ImportKind } from '../src/contract/import.ts';
import type { Payable } from './parts/payment-modal.tsx';

/** Who is signed in, and for which company. */
export interface Here {
  company: Company;
  userId: string;
  userName: string;
  companyIds: string[];
  chooseCompany: (companyId: string) => void;
}

export interface Inside extends Here {
  /** Agents and above: everything of the daily work. */
  mayAct: boolean;
  /** Managers and above: settings and sequences. */
  mayManage: boolean;
  isOwner: boolean;
  /** These reminders' messages in a panel, beginning with one of them; ← and → walk through the list. */
  openMessage: (reminderIds: readonly string[], index?: number) => void;
  openPayment: (invoice: Payable) => void;
  /** The import, of this kind to begin with. */
  openImport: (kind: ImportKind) => void;
  /** Which messages others have open. */
  readers: readonly { name: string; reminderId: string }[];
  /** Tells the others which message is open here; null: none any more. */
  setReading: (reminderId: string | null) => void;
}

export const HereContext = createContext<Here | null>(null);
export const InsideContext = createContext<Inside | null>(null);

export function useInside(): Inside {
  const inside = useContext(InsideContext);
  if (inside === null) throw new Error('useInside is for screens inside the shell.');
  return inside;
}

export function useHere(): Here {
  const here = useContext(HereContext);
  if (here === null) throw new Error('useHere is for what stands within a company.');
  return here;
}
