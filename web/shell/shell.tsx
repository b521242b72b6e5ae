// Around every screen: the top with its search, the screens on the left (at the bottom on a phone), the practice banner, and
// what opens over a screen.
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { ImportKind } from '../../src/contract/import.ts';
import { type Inside, InsideContext, useHere } from '../inside.tsx';
import type { Payable } from '../parts/payment-modal.tsx';
import { useWords } from '../words/words.tsx';
import { Banner } from './banner.tsx';
import { Navigation } from './navigation.tsx';
import { OperationCorner } from './operation-corner.tsx';
import { SessionOver } from './session-over.tsx';
import { TopBar } from './top-bar.tsx';
import { useLive } from './use-live.ts';

type Over =
  | { kind: 'import'; importing: ImportKind }
  | { kind: 'payment'; invoice: Payable }
  | { kind: 'message'; ids: readonly string[]; index: number }
  | null;

/** Loaded right after the first screen, which does not wait for them; so they open at once, and where the server is gone too. */
const loadImport = () => import('../parts/import-modal.tsx');
const loadPayment = () => import('../parts/payment-modal.tsx');
const loadMessage = () => import('../parts/message-panel.tsx');
const loadRemindOne = () => import('../parts/remind-one.tsx');
const ImportModal = lazy(() => loadImport().then((part) => ({ default: part.ImportModal })));
const PaymentModal = lazy(() => loadPayment().then((part) => ({ default: part.PaymentModal })));
const MessagePanel = lazy(() => loadMessage().then((part) => ({ default: part.MessagePanel })));

export function Shell() {
  const words = useWords();
  const here = useHere();
  const { company } = here;
  const [over, setOver] = useState<Over>(null);
  /** What was open once stays, closed: it closes and opens again as it should. */
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set());
  const [reading, setReading] = useState<string | null>(null);
  const readers = useLive(company.id, reading);
  useEffect(() => {
    for (const load of [loadPayment, loadMessage, loadRemindOne, loadImport]) void load().catch(() => undefined);
  }, []);
  const close = () => setOver(null);
  const inside = useMemo<Inside>(() => {
    const open = (what: NonNullable<Over>) => {
      setKnown((before) => new Set([...before, what.kind]));
      setOver(what);
    };
    return {
      ...here,
      mayAct: here.company.role !== 'reader',
      mayManage: here.company.role === 'owner' || here.company.role === 'manager',
      isOwner: here.company.role === 'owner',
      openMessage: (ids, index = 0) => open({ kind: 'message', ids, index }),
      openPayment: (invoice) => open({ kind: 'payment', invoice }),
      openImport: (importing) => open({ kind: 'import', importing }),
      readers,
      setReading,
    };
  }, [here, readers]);
  return (
    <InsideContext value={inside}>
      <a className="skip" href="#content">
        {words.skipToContent}
      </a>
      <TopBar />
      <div className="shell">
        <Navigation />
        <main id="content" className="page" tabIndex={-1}>
          <Banner />
          <Outlet />
        </main>
      </div>
      <OperationCorner />
      <SessionOver />
      <Suspense>
        {known.has('import') ? (
          <ImportModal company={company} kind={over?.kind === 'import' ? over.importing : null} onClose={close} />
        ) : null}
      </Suspense>
      <Suspense>
        {known.has('payment') ? (
          <PaymentModal company={company} invoice={over?.kind === 'payment' ? over.invoice : null} onClose={close} />
        ) : null}
      </Suspense>
      <Suspense>
        {known.has('message') ? (
          <MessagePanel
            company={company}
            reading={over?.kind === 'message' ? over : null}
            onMove={(index) => over?.kind === 'message' && setOver({ ...over, index })}
            onClose={close}
          />
        ) : null}
      </Suspense>
    </InsideContext>
  );
}
