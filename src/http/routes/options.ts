// What every file of routes is given.
import type { testMailServer } from '../../app/change-company.ts';
import type { Context } from '../../app/context.ts';
import type { examineSenderDomain } from '../../app/examine-sender-domain.ts';
import type { SampleOptions } from '../../app/sample-company.ts';
import type { Auth } from '../auth.ts';

/** One try at the mail server: a message to its own sender. Sending is the channels' business, so main passes it in. */
type TryMailServer = Parameters<typeof testMailServer>[2];

/** Questions to the DNS: the channels' business too. */
type DomainNames = Parameters<typeof examineSenderDomain>[2];

/** Writes a backup of the whole installation; main passes it in. */
type WriteBackup = () => Promise<{ name: string; stream: NodeJS.ReadableStream }>;

/** Makes a user's sample company, delivering what it captures; main passes it in. */
type OpenSample = (options: SampleOptions) => Promise<{ companyId: string }>;

export interface RouteOptions {
  context: Context;
  auth: Auth;
  tryMailServer: TryMailServer;
  domainNames: DomainNames;
  writeBackup: WriteBackup;
  openSample: OpenSample;
}
