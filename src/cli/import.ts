// `relance import`: customers, invoices or payments from a CSV file.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ImportRead, previewImport, runImport } from '../app/import-file.ts';
import { type ImportKind, importKinds } from '../core/import.ts';
import { importSentence } from '../core/words-import.ts';
import { type Command, type CommandOutput, exitCodes, orThrow, UsageError } from './command.ts';
import { passageLines } from './figures.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'Import customers, invoices or payments from a CSV file.',
  help: `relance import customers|invoices|payments FILE [--map FIELD=COLUMN ...] [--preview] [--skip-bad-rows]

The separator, the encoding, the dates, the decimals and the columns are recognised; --map says which column a
field is in where the recognition is wrong, and is remembered for files with the same headings. Where a row is
wrong nothing changes, unless --skip-bad-rows takes the good ones. The same file twice changes nothing.

  --map FIELD=COLUMN   number, customerNumber, issuedOn, dueOn, amount …; may be repeated
  --preview            say what would change, change nothing
  --skip-bad-rows      take the good rows, list the others
  --unknown-invoice credit   keep a payment for an unknown invoice as a credit of the customer

Examples
  relance import invoices factures.csv --preview
  relance import invoices export.csv --map number=Pièce --map dueOn=Échéance
  relance import payments encaissements.csv --skip-bad-rows --json`,
  options: {
    map: { type: 'string', multiple: true },
    preview: { type: 'boolean' },
    'skip-bad-rows': { type: 'boolean' },
    'unknown-invoice': { type: 'string' },
  },
  async run(input) {
    const { words, options, context, acting, language, progress } = input;
    const [kind, file] = words;
    if (!importKinds.includes(kind as ImportKind) || file === undefined)
      throw new UsageError('Say what to import and from which file: relance import invoices FILE');
    const size = (
      await stat(file).catch(() => {
        throw new UsageError(`There is no file ${file}.`);
      })
    ).size;
    const request = {
      kind: kind as ImportKind,
      source: { name: basename(file), size, stream: createReadStream(file) },
      mapping: mappingOf((options.map as string[] | undefined) ?? []),
      options: { unknownInvoice: options['unknown-invoice'] === 'credit' ? ('credit' as const) : ('refuse' as const) },
      onProgress: ({ rows }: { rows: number }) => progress(`${rows} rows`),
    };
    if (options.preview === true) {
      const preview = orThrow(await previewImport(context, acting, request));
      // What a person is asked on the screen, --map answers here.
      if (preview.state === 'unsettled') return orThrow({ ok: false, fault: preview.fault });
      const exitCode = preview.errorCount > 0 ? exitCodes.findings : exitCodes.done;
      const said = report('would change', preview, exitCode, language);
      const moved = preview.passages.length === 0 ? [] : await passageLines(input, preview.passages);
      return { ...said, lines: [...said.lines, ...moved] };
    }
    const imported = orThrow(
      await runImport(context, acting, { ...request, skipBadRows: options['skip-bad-rows'] === true }),
    );
    const refused = imported.state === 'refused';
    return report(
      refused ? 'refused, nothing changed' : 'imported',
      imported,
      refused ? exitCodes.findings : exitCodes.done,
      language,
    );
  },
};

function report(
  what: string,
  done: Pick<ImportRead, 'recognised' | 'counts' | 'errors' | 'errorCount'>,
  exitCode: number,
  language: 'fr' | 'en',
): CommandOutput {
  const { recognised, counts, errors, errorCount } = done;
  const columns = Object.entries(recognised.mapping)
    .filter(([, column]) => column !== '')
    .map(([field, column]) => `${field}=${String(column)}`);
  const lines = [
    `${what}: ${counts.rows} rows, ${counts.created} new, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.faulty} wrong`,
    `read as ${recognised.encoding}, separator "${recognised.separator}", dates ${recognised.dateOrder}; ${columns.join(', ')}`,
    ...errors
      .slice(0, 20)
      .map(
        (error) =>
          `  row ${error.row}, ${error.column ?? ''}: ${importSentence(error.code, error.with, language) ?? error.code}`,
      ),
    ...(errorCount > 20 ? [`  … and ${errorCount - 20} more`] : []),
  ];
  return { exitCode, json: { ...done, result: what }, lines };
}

function mappingOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at <= 0) throw new UsageError(`--map takes FIELD=COLUMN, not "${pair}".`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
