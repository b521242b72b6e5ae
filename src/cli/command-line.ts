// The words of one command line: which command they name, how it answers, what is printed and where.
import { parseArgs } from 'node:util';
import { faultSentence } from '../core/fault-words.ts';
import type { ScreenLanguage } from '../core/reason-words.ts';
import { absencesCommand } from './absences.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { bouncesCommand } from './bounces.ts';
import { chargesCommand, ratesCommand } from './charges.ts';
import { clockCommand } from './clock.ts';
import { closuresCommand } from './closures.ts';
import { type Command, type CommandInput, type CommandOutput, exitCodes, FaultError, UsageError } from './command.ts';
import { customersCommand } from './customers.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { importCommand } from './import.ts';
import { invoicesCommand } from './invoices.ts';
import { messagesCommand } from './messages.ts';
import { paymentsCommand } from './payments.ts';
import { promisesCommand } from './promises.ts';
import { rulesCommand } from './rules.ts';
import { runCommand } from './run.ts';
import { sequencesCommand } from './sequences.ts';
import { settingsCommand } from './settings.ts';
import { statusCommand } from './status.ts';
import { tasksCommand } from './tasks.ts';
import { templatesCommand } from './templates.ts';

const commands: readonly Command[] = [
  importCommand,
  runCommand,
  messagesCommand,
  bouncesCommand,
  tasksCommand,
  promisesCommand,
  explainCommand,
  statusCommand,
  customersCommand,
  invoicesCommand,
  paymentsCommand,
  sequencesCommand,
  rulesCommand,
  templatesCommand,
  settingsCommand,
  closuresCommand,
  absencesCommand,
  chargesCommand,
  ratesCommand,
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

Customers and invoices are named by their number, customers and sequences by their name too, everything by its identifier.
What changes much has --preview, which says what it would do and changes nothing; what can't be had back wants --yes.

Exit codes: 0 done; 1 it could not be done, the sentence says why; 2 the words are off, or --yes is missing;
3 an import was refused because of its rows, doctor or a check found something, or a file of bounces was no report.
The data is in ./data, or where RELANCE_DATA says, or in the server that DATABASE_URL names.`;

export interface Answer {
  exitCode: number;
  /** For standard output and for standard error; '' where there is nothing. */
  out: string;
  error: string;
}

/** Reads one command line and has its command run by `execute`, which gives it what it needs. */
export async function answer(
  argv: readonly string[],
  language: ScreenLanguage,
  execute: (command: Command, words: string[], options: CommandInput['options']) => Promise<CommandOutput>,
): Promise<Answer> {
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
    const { exitCode, json: value, lines } = await execute(command, positionals, options);
    return { exitCode, out: json ? JSON.stringify(value) : lines.join('\n'), error: '' };
  } catch (error) {
    if (error instanceof UsageError || isParseError(error))
      return usage(`${(error as Error).message}\n\nrelance help ${name}`);
    if (!(error instanceof FaultError)) throw error;
    const { fault, details } = error;
    const sentence = faultSentence(fault, language);
    return json
      ? { exitCode: exitCodes.failed, out: JSON.stringify({ fault, sentence, details }), error: '' }
      : { exitCode: exitCodes.failed, out: '', error: [sentence, ...details.map((one) => `  ${one}`)].join('\n') };
  }
}

function help(name: string | undefined): Answer {
  const command = commands.find((one) => one.name === name);
  const text = command === undefined ? overview : `${command.summary}\n\n${command.help}`;
  return { exitCode: exitCodes.done, out: text, error: '' };
}

function usage(text: string): Answer {
  return { exitCode: exitCodes.usage, out: '', error: text };
}

function isParseError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
