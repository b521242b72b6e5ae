// The three kinds of import behind one shape: lock, judge, count, show what differs, write.
import type { Kysely } from 'kysely';
import type { Day } from '../core/day.ts';
import type { ImportKind } from '../core/import.ts';
import {
  countCustomers,
  customerDifferences,
  customersWritten,
  judgeCustomers,
  lockJudgedCustomers,
  writeCustomers,
} from './import-customers.ts';
import {
  countInvoices,
  customersInvoiced,
  invoiceDifferences,
  judgeInvoices,
  lockInvoiced,
  writeInvoices,
} from './import-invoices.ts';
import { countPayments, judgePayments, lockPayers, paymentDifferences, writePayments } from './import-payments.ts';
import type { Tables } from './tables.ts';

type Tx = Kysely<Tables>;

interface AboutImport {
  companyId: string;
  today: Day;
  /** Field to heading, for what is mapped: faults name the column. */
  headings: Record<string, string>;
  unknownInvoice: 'refuse' | 'credit';
}

interface Difference {
  row: number;
  number: string;
  was: Record<string, unknown>;
  is: Record<string, unknown>;
}

/** A customer that an import made, or said something of. */
interface WrittenCustomer {
  id: string;
  isNew: boolean;
}

interface KindOfImport {
  /** Locks the customers that the staged rows touch, in the order of their identifiers. */
  lock(tx: Tx, companyId: string): Promise<void>;
  /** Adds the faults that only the database can tell; answers how many rows say again what another said. */
  judge(tx: Tx, about: AboutImport): Promise<number>;
  count(tx: Tx): Promise<{ created: number; changed: number; unchanged: number }>;
  differences(tx: Tx, most: number): Promise<Difference[]>;
  /** Writes the good rows. */
  write(tx: Tx, about: AboutImport): Promise<void>;
  /** After writing: the customers of whom enrolment rules may now say something else, by identifier after one. */
  toPlace(tx: Tx, companyId: string, after: string | null, limit: number): Promise<WrittenCustomer[]>;
}

export const imports: Record<ImportKind, KindOfImport> = {
  customers: {
    lock: lockJudgedCustomers,
    judge: judgeCustomers,
    count: countCustomers,
    differences: customerDifferences,
    write: (tx, about) => writeCustomers(tx, about.companyId, about.today),
    toPlace: customersWritten,
  },
  invoices: {
    lock: lockInvoiced,
    judge: judgeInvoices,
    count: countInvoices,
    differences: invoiceDifferences,
    write: writeInvoices,
    toPlace: customersInvoiced,
  },
  payments: {
    lock: lockPayers,
    judge: judgePayments,
    count: countPayments,
    differences: paymentDifferences,
    write: writePayments,
    // Less is owed after it: that moves nobody.
    toPlace: async () => [],
  },
};
