// The command line: reads the words, opens the installation, runs one command, prints its answer.
import { parseArgs } from 'node:util';
import { forCompany } from '../app/context.ts';
import { backupCommand, restoreCommand } from '../cli/backup.ts';
import { clockCommand } from '../cli/clock.ts';
import { type Command, type CommandInput, exitCodes, FaultError, UsageError } from '../cli/command.ts';
import { doctorCommand } from '../cli/doctor.ts';
import { explainCommand } from '../cli/explain.ts';
import { importCommand } from '../cli/import.ts';
import { runCommand } from '../cli/run.ts';
import { statusCommand } from '../cli/status.ts';
import { faultSentence } from '../core/fault-words.ts';
import type { ScreenLanguage } from '../core/reason-words.ts';
import { everyCompanyId } from '../db/company.ts';
import { readEnvironment } from './environment.ts';
import { sayAndExit } from './exit.ts';
import { type Installation, openInstallation, reachDatabase } from './installation.ts';
import { holdWorker } from './worker.ts';

const commands: readonly Command[] = [
  importCommand,
  runCommand,
  explainCommand,
  statusCommand,
  clockCommand,
  backupCommand,
  restoreCommand,
  doctorCommand,
];

const sharedOptions = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  company: { type: 'string' },
} as const;

const overview = `relance COMMAND [--json] [--company NAME]

${commands.map((command) => `  ${command.name.padEnd(9)} ${command.summary}`).join('\n')}
  help      Say more about a command: relance help import

  --json            one JSON value on standard output, progress and faults apart
  --company NAME    which company, by name or identifier, where there are several

Exit codes: 0 done; 1 it could not be done, the sentence says why; 2 the words are off;
3 an import was refused because of its rows, or doctor found something.
The data is in ./data, or where RELANCE_DATA says, or in the server that DATABASE_URL names.`;

/** Runs one command line; answers its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const language: ScreenLanguage = (process.env.LC_ALL ?? process.env.LANG ?? '').startsWith('en') ? 'en' : 'fr';
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return help(rest[0]);
  const command = commands.find((one) => one.name === name);
  if (command === undefined) return usage(`There is no command "${name}".\n\n${overview}`);
  let json = argv.includes('--json');
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...sharedOptions, ...command.options },
      allowPositionals: true,
    });
    const options = values as CommandInput['options'];
    if (options.help === true) return help(name);
    json = options.json === true;
    const output = await execute(command, positionals, options, language);
    console.log(json ? JSON.stringify(output.json) : output.lines.join('\n'));
    return output.exitCode;
  } catch (error) {
    if (error instanceof UsageError || isParseError(error))
      return usage(`${(error as Error).message}\n\nrelance help ${name}`);
    if (!(error instanceof FaultError)) throw error;
    const sentence = faultSentence(error.fault, language);
    if (json) console.log(JSON.stringify({ fault: error.fault, sentence }));
    else console.error(sentence);
    return exitCodes.failed;
  }
}

async function execute(command: Command, words: string[], options: CommandInput['options'], language: ScreenLanguage) {
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

function help(name: string | undefined): number {
  const command = commands.find((one) => one.name === name);
  console.log(command === undefined ? overview : `${command.summary}\n\n${command.help}`);
  return exitCodes.done;
}

function usage(text: string): number {
  console.error(text);
  return exitCodes.usage;
}

function isParseError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

if (import.meta.main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    sayAndExit(error);
  }
}
