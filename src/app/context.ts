// What every use case is given: the database, the clock, who acts for which company. Use cases take (context, acting, input)
// and answer with a Result; broken invariants throw.
import type { Kysely } from 'kysely';
import { type Day, dayAt } from '../core/day.ts';
import { withCompany } from '../db/connection.ts';
import type { EventScope } from '../db/event.ts';
import type { SecretBox } from '../db/secret-box.ts';
import type { Row, Tables } from '../db/tables.ts';

export interface Context {
  /** Connected as relance_app: sees the rows of the companies that a transaction names, and no other. */
  db: Kysely<Tables>;
  now(): Temporal.Instant;
  jobs: Jobs;
  secrets: SecretBox;
}

/** Work for later, made in the transaction that makes it needed. A job carries identifiers only. */
export interface Jobs {
  /** There may be something to deliver for this company: at once, or in so many seconds. */
  deliver(tx: Kysely<Tables>, companyId: string, afterSeconds?: number): Promise<void>;
  /** This operation was begun, and is to be worked. */
  operate(tx: Kysely<Tables>, companyId: string, operationId: string): Promise<void>;
}

/** Where nobody works in the background (a command, a test), whoever wants delivery calls it. */
export const noJobs: Jobs = { deliver: async () => {}, operate: async () => {} };

export interface Acting {
  companyId: string;
  /** A user's identifier, that of an API key behind 'key:', 'system' or 'cli'. */
  actor: string;
}

/** What a transaction for one company holds: today is read once, here. */
export interface CompanyWork {
  tx: Kysely<Tables>;
  company: Row<'company'>;
  today: Day;
  /** The instant at which the transaction began. */
  now: Temporal.Instant;
  scope: EventScope;
}

/** The company's day: the simulated one in practice where one is set, else that of its time zone. */
export function todayOf(company: Pick<Row<'company'>, 'simulated_on' | 'time_zone'>, now: Temporal.Instant): Day {
  return company.simulated_on ?? dayAt(now, company.time_zone);
}

/** A sample company may be thrown away while somebody still looks at it. */
export class CompanyGone extends Error {
  constructor(companyId: string) {
    super(`No company ${companyId}: it does not exist or was thrown away.`);
  }
}

/** Thrown to end a transaction whose work is taken back; what it answered is answered all the same. */
class TakenBack extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super('taken back');
    this.answer = answer;
  }
}

/**
 * Runs the work in one transaction that sees this company only. Where it answers with a fault, what it had written by then is taken
 * back: nothing is half done. Throws CompanyGone where the company does not exist.
 */
export function forCompany<T>(context: Context, acting: Acting, work: (work: CompanyWork) => Promise<T>): Promise<T> {
  return within(context, acting, work, isFault);
}

/** Does the work and takes it back: what would come of it, without a trace in the database. */
export function tryForCompany<T>(
  context: Context,
  acting: Acting,
  work: (work: CompanyWork) => Promise<T>,
): Promise<T> {
  return within(context, acting, work, () => true);
}

async function within<T>(
  context: Context,
  acting: Acting,
  work: (work: CompanyWork) => Promise<T>,
  isTakenBack: (answer: T) => boolean,
): Promise<T> {
  try {
    return await withCompany(context.db, acting.companyId, async (tx, company) => {
      if (company === undefined) throw new CompanyGone(acting.companyId);
      const now = context.now();
      const today = todayOf(company, now);
      const practice = company.mode === 'practice';
      const scope: EventScope = { companyId: acting.companyId, actor: acting.actor, practice, day: today };
      const answer = await work({ tx, company, today, now, scope });
      if (isTakenBack(answer)) throw new TakenBack(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.answer as T;
    throw error;
  }
}

function isFault(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false;
}
