// Around every screen: the top with its search, the screens on the left (at the bottom on a phone), the practice banner, and
// what opens over a screen.
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { ImportKind } from '../../src/contract/import.ts';
import { type Inside, InsideContext, useHere } from '../inside.tsx';
import { MessagePanel } from '../parts/message-panel.tsx';
import { type Payable, PaymentModal } from '../parts/payment-modal.tsx';
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

/** Loaded when a file is first imported. */
const ImportModal = lazy(() => import('../parts/import-modal.tsx').then((part) => ({ default: part.ImportModal })));

export function Shell() {
  const words = useWords();
  const here = useHere();
  const { company } = here;
  const [over, setOver] = useState<Over>(null);
  const [reading, setReading] = useState<string | null>(null);
  const readers = useLive(company.id, reading);
  const [hasImported, setHasImported] = useState(false);
  const close = () => setOver(null);
  const inside = useMemo<Inside>(
    () => ({
      ...here,
      mayAct: here.company.role !== 'reader',
      mayManage: here.company.role === 'owner' || here.company.role === 'manager',
      isOwner: here.company.role === 'owner',
      openMessage: (ids, index = 0) => setOver({ kind: 'message', ids, index }),
      openPayment: (invoice) => setOver({ kind: 'payment', invoice }),
      openImport: (importing) => {
        setHasImported(true);
        setOver({ kind: 'import', importing });
      },
      readers,
      setReading,
    }),
    [here, readers],
  );
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
      {hasImported ? (
        <Suspense>
          <ImportModal company={company} kind={over?.kind === 'import' ? over.importing : null} onClose={close} />
        </Suspense>
      ) : null}
      <PaymentModal company={company} invoice={over?.kind === 'payment' ? over.invoice : null} onClose={close} />
      <MessagePanel
        company={company}
        reading={over?.kind === 'message' ? over : null}
        onMove={(index) => over?.kind === 'message' && setOver({ ...over, index })}
        onClose={close}
      />
    </InsideContext>
  );
}
