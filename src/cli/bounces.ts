// `relance bounces`: reports of mail servers about messages that were not delivered, from files or a folder of them.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReportTaken, takeReport } from '../app/take-report.ts';
import type { Fault } from '../core/fault.ts';
import { faultSentence } from '../core/fault-words.ts';
import { type Command, type CommandInput, type CommandOutput, exitCodes, UsageError } from './command.ts';
import { wordsOf } from './words.ts';

export const bouncesCommand: Command = {
  name: 'bounces',
  summary: 'Hand in reports about messages that came back.',
  help: `relance bounces FILE.eml|FOLDER ...

Reads reports of mail servers (RFC 3464), each the file of one e-mail; of a folder all that end in .eml. An address that does not
exist is blocked for every customer who has it, its message waits for a person, and a task asks for another address. A report
that only says "delayed", one that came before, an absence, any other e-mail change nothing and are said to. The exit code is
3 where one of the files was no report about a message of the company. What a person saw in the mailbox, without a file, is said
with relance messages undelivered; an address that is right after all is unblocked with relance customers unblock.

Examples
  relance bounces avis-de-non-remise.eml
  relance bounces /var/mail/avis --json`,
  run: take,
};

type Read = { file: string } & ({ taken: ReportTaken } | { fault: Fault });

async function take({ words, context, acting, language }: CommandInput): Promise<CommandOutput> {
  if (words.length === 0) throw new UsageError('Say which files: relance bounces FILE.eml');
  const read: Read[] = [];
  for (const file of (await Promise.all(words.map(filesIn))).flat()) {
    const result = await takeReport(context, acting, await readFile(file));
    read.push(result.ok ? { file, taken: result.value } : { file, fault: result.fault });
  }
  const { bounces, nothing } = wordsOf(language);
  const lines = read.map((one) =>
    bounces.line(
      one.file,
      'taken' in one
        ? bounces.outcomes[one.taken.outcome](one.taken.customerName, one.taken.addresses.join(', '))
        : faultSentence(one.fault, language),
    ),
  );
  return {
    exitCode: read.some((one) => 'fault' in one) ? exitCodes.findings : exitCodes.done,
    json: { files: read },
    lines: lines.length === 0 ? [nothing] : lines,
  };
}

/** A folder's files are taken in the order of their names. */
async function filesIn(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => {
    throw new UsageError(`There is no file ${path}.`);
  });
  if (!found.isDirectory()) return [path];
  const names = await readdir(path);
  return names
    .filter((name) => name.toLowerCase().endsWith('.eml'))
    .sort()
    .map((name) => join(path, name));
}
