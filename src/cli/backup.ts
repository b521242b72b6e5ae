// `relance backup` and `relance restore`: everything in one file that depends on no version of PostgreSQL.
import { backupDatabase } from '../db/backup.ts';
import { alreadyRunning, lockInstallation } from '../db/installation-lock.ts';
import { restoreDatabase } from '../db/restore.ts';
import { type Command, exitCodes, UsageError } from './command.ts';

export const backupCommand: Command = {
  name: 'backup',
  summary: 'Write everything into one file, while Relance runs.',
  help: `relance backup FILE

The key that opens stored passwords (secret.key in the data folder) is not in the file: keep a copy of it elsewhere.

Example
  relance backup /mnt/backup/relance-2026-11-22.relance`,
  needs: 'database',
  async run({ words, connection, progress }) {
    if (words[0] === undefined) throw new UsageError('Say the file: relance backup FILE');
    const summary = await backupDatabase(connection, words[0], { onProgress: ({ rows }) => progress(`${rows} rows`) });
    return {
      exitCode: exitCodes.done,
      json: summary,
      lines: [`${words[0]}: ${summary.rows} rows of ${summary.tables} tables.`],
    };
  },
};

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'Put a backup into an empty installation.',
  help: `relance restore FILE [--force]

Everything or nothing: a damaged or unfinished file is refused before anything changes.

  --force   replace what is there

Example
  relance restore /mnt/backup/relance-2026-11-22.relance`,
  options: { force: { type: 'boolean' } },
  needs: 'database',
  async run({ words, options, connection, progress }) {
    if (words[0] === undefined) throw new UsageError('Say the file: relance restore FILE');
    const release = await lockInstallation(connection, { holder: `relance restore, process ${process.pid}` });
    if (release === null) throw new Error(await alreadyRunning(connection));
    try {
      const summary = await restoreDatabase(connection, words[0], {
        force: options.force === true,
        onProgress: ({ rows }) => progress(`${rows} rows`),
      });
      return {
        exitCode: exitCodes.done,
        json: summary,
        lines: [`Restored ${summary.rows} rows of ${summary.tables} tables from ${words[0]}.`],
      };
    } finally {
      await release();
    }
  },
};
