// The command line: opens the installation, runs one command, prints its answer.
import { forCompany } from '../app/context.ts';
import { type Command, type CommandInput, type CommandOutput, UsageError } from '../cli/command.ts';
import { answer } from '../cli/command-line.ts';
import type { ScreenLanguage } from '../core/reason-words.ts';
import { everyCompanyId } from '../db/company.ts';
import { readEnvironment } from './environment.ts';
import { sayAndExit } from './exit.ts';
import { type Installation, openInstallation, reachDatabase } from './installation.ts';
import { holdWorker } from './worker.ts';

/** Runs one command line; answers its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const language: ScreenLanguage = (process.env.LC_ALL ?? process.env.LANG ?? '').startsWith('en') ? 'en' : 'fr';
  const { exitCode, out, error } = await answer(argv, language, (command, words, options) =>
    execute(command, words, options, language),
  );
  if (out !== '') console.log(out);
  if (error !== '') console.error(error);
  return exitCode;
}

async function execute(
  command: Command,
  words: string[],
  options: CommandInput['options'],
  language: ScreenLanguage,
): Promise<CommandOutput> {
  const environment = readEnvironment();
  // A backup is put back into an installation as it is: the restore itself brings the schema.
  if (command.name === 'restore') {
    const server = await reachDatabase(environment);
    try {
      return await command.run({ words, options, language, connection: server.connection, progress } as CommandInput);
    } finally {
      await server.stop();
    }
  }
  const installation = await openInstallation(environment);
  const worker: { release?: () => Promise<void> } = {};
  try {
    const context = installation.context();
    const acting =
      command.needs === 'database'
        ? { companyId: '', actor: 'cli' }
        : { companyId: await chooseCompany(installation, options.company as string | undefined), actor: 'cli' };
    const { connection } = installation.database;
    return await command.run({
      words,
      options,
      context,
      acting,
      language,
      connection,
      progress,
      worker: async () => {
        const made = await holdWorker(installation);
        worker.release = made.release;
        return made.worker;
      },
    });
  } finally {
    await worker.release?.();
    await installation.close();
  }
}

/** The only company, or the one that is named. */
async function chooseCompany(installation: Installation, wanted: string | undefined): Promise<string> {
  const context = installation.context();
  const ids = await everyCompanyId(context.db);
  const companies = await Promise.all(
    ids.map((companyId) => forCompany(context, { companyId, actor: 'cli' }, async ({ company }) => company)),
  );
  const chosen = wanted === undefined ? companies : companies.filter((one) => one.id === wanted || one.name === wanted);
  if (chosen.length === 1) return chosen[0]!.id;
  const names = companies.map((one) => one.name).join(', ');
  if (companies.length === 0)
    throw new UsageError('There is no company yet: start Relance (npm start) and make one on the first visit.');
  throw new UsageError(
    wanted === undefined
      ? `There are several companies, say which: --company NAME (${names})`
      : `There is no company "${wanted}". There are: ${names}`,
  );
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

if (import.meta.main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    sayAndExit(error);
  }
}
