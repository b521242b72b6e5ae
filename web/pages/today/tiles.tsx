// The day in four figures: what waits for somebody, what is about to leave, what came in, what to look at. Each leads to what it
// is made of.
import { Button, SimpleGrid } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Company, CompanyFigures } from '../../../src/contract/company.ts';
import { usePreview } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { useHoldBack } from './leaving.tsx';
import { useTodayWords } from './words.ts';

interface TilesProps {
  company: Company;
  figures: CompanyFigures;
  mayAct: boolean;
}

export function Tiles({ company, figures, mayAct }: TilesProps) {
  const words = useTodayWords();
  return (
    <section aria-label={words.day}>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        <ToApproveTile company={company} figures={figures} />
        <LeavingTile company={company} figures={figures} mayAct={mayAct} />
        <CameInTile company={company} figures={figures} />
        <ToCheckTile company={company} figures={figures} />
      </SimpleGrid>
    </section>
  );
}

type TileProps = Omit<TilesProps, 'mayAct'>;

function ToApproveTile({ company, figures: { toApprove, approval } }: TileProps) {
  const words = useTodayWords();
  return (
    <Tile
      title={<Link to="/approve">{words.toApprove}</Link>}
      count={toApprove}
      nothing={words.nothingToApprove}
      amounts={<Amounts company={company} amounts={approval.amounts} />}
    >
      {approval.formalNotices > 0 ? <div>{words.formalNotices(approval.formalNotices)}</div> : null}
      {approval.tooLong > 0 ? (
        <div className="tile-late">{words.tooLong(approval.tooLong, company.approvalWaitDays)}</div>
      ) : null}
    </Tile>
  );
}

function LeavingTile({ company, figures: { leaving }, mayAct }: TilesProps) {
  const words = useTodayWords();
  const title = useLeavingTitle(company, leaving);
  const { holdBack, isPending } = useHoldBack();
  return (
    <Tile
      title={
        <Link to="/" hash="leaving">
          {title}
        </Link>
      }
      count={leaving.messages}
      nothing={words.nothingLeaves}
      amounts={<Amounts company={company} amounts={leaving.amounts} />}
    >
      {leaving.heldBecause === null ? (
        leaving.inMinutes !== null && leaving.inMinutes < 24 * 60 ? (
          <div>{words.inMinutes(leaving.inMinutes)}</div>
        ) : null
      ) : (
        <div className="tile-late">
          {words.noServer}.{' '}
          <Link to="/settings" search={{ part: 'mail' }}>
            {words.setServer}
          </Link>
        </div>
      )}
      {mayAct ? (
        <Button size="compact-xs" variant="default" mt={4} loading={isPending} onClick={() => holdBack(null)}>
          {words.holdBackAll(leaving.messages)}
        </Button>
      ) : null}
    </Tile>
  );
}

function CameInTile({ company, figures: { cameIn } }: TileProps) {
  const words = useTodayWords();
  const format = useFormat(company.today);
  return (
    <Tile
      title={
        <Link to="/payments" search={{ since: cameIn.since }}>
          {words.cameIn(format.day(cameIn.since))}
        </Link>
      }
      count={cameIn.payments}
      nothing={words.nothingCameIn}
      amounts={<Amounts company={company} amounts={cameIn.amounts} meaning="paid" />}
    >
      <div>
        {words.payments(cameIn.payments)}
        {cameIn.toAllocate > 0 ? `, ${words.toAllocate(cameIn.toAllocate)}` : ''}
      </div>
    </Tile>
  );
}

function ToCheckTile({ company, figures: { inDoubt, failed, undelivered } }: TileProps) {
  const words = useTodayWords();
  const { data: preview } = usePreview(company.id);
  const held = preview?.heldCount ?? 0;
  return (
    <Tile
      title={words.toCheck}
      count={inDoubt + failed + undelivered + held}
      // Before it is known what is held, that there is nothing is not.
      nothing={preview === undefined ? '…' : words.nothingToCheck}
      amounts={null}
    >
      {inDoubt > 0 ? (
        <div className="tile-late">
          <Link to="/" hash="problems">
            {words.inDoubt(inDoubt)}
          </Link>
        </div>
      ) : null}
      {failed > 0 ? (
        <div className="tile-late">
          <Link to="/" hash="problems">
            {words.failed(failed)}
          </Link>
        </div>
      ) : null}
      {undelivered > 0 ? (
        <div className="tile-late">
          <Link to="/" hash="problems">
            {words.undelivered(undelivered)}
          </Link>
        </div>
      ) : null}
      {held > 0 ? (
        <div>
          <Link to="/" hash="held">
            {words.held(held)}
          </Link>
        </div>
      ) : null}
    </Tile>
  );
}

interface OneTileProps {
  title: ReactNode;
  count: number;
  /** Said where there is none. */
  nothing: string;
  amounts: ReactNode;
  children: ReactNode;
}

function Tile({ title, count, nothing, amounts, children }: OneTileProps) {
  return (
    <div className="figure tile">
      <div className="figure-title">
        {title} {count > 0 ? <strong className="tile-count">{count}</strong> : null}
      </div>
      {count > 0 ? (
        <>
          {amounts}
          <div className="figure-detail">{children}</div>
        </>
      ) : (
        <div className="figure-detail">{nothing}</div>
      )}
    </div>
  );
}

function Amounts({
  company,
  amounts,
  meaning,
}: {
  company: Company;
  amounts: CompanyFigures['approval']['amounts'];
  meaning?: string;
}) {
  const format = useFormat(company.today);
  return (
    <div className={meaning}>
      {amounts.map((one) => (
        <div key={one.currency} className="figure-value">
          {format.amount(one.minor, one.currency)}
        </div>
      ))}
    </div>
  );
}

/** 'Partent à 9 h 00', 'Partent maintenant': when what is ready leaves. */
function useLeavingTitle(company: Company, { on, at, heldBecause, messages }: CompanyFigures['leaving']): string {
  const words = useTodayWords();
  const format = useFormat(company.today);
  if (messages === 0 || heldBecause !== null) return words.leaveWhenReady;
  if (on === null) return words.leaveNow;
  if (at === null) return words.leaveOn(format.day(on));
  return on === company.today ? words.leaveAt(words.hour(at)) : words.leaveOnAt(format.day(on), words.hour(at));
}
