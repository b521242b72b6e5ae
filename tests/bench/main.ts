// `npm run bench`: speed and memory as ratios within one run, on tables. Each line is measured in a process of its own, and each
// table is printed as soon as it is measured. With `--quick`, without the sizes of a million; with names (run, ahead, approvals,
// delivery, import, lists), those tables only.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { AheadFigures } from './ahead.ts';
import type { ApprovalFigures } from './approvals.ts';
import type { DeliveryFigures } from './delivery.ts';
import type { ImportFigures } from './import.ts';
import type { ListFigures } from './lists.ts';
import type { RunFigures } from './run.ts';

interface Line {
  what: string;
  ours: string;
  against: string;
  ratio?: number;
  aim?: { most: number } | { least: number };
}

const quick = process.argv.includes('--quick');
const named = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const sections = { run, ahead, approvals, delivery, import: imports, lists };
const unknown = named.filter((name) => !(name in sections));
if (unknown.length > 0)
  throw new Error(`There is no table ${unknown.join(', ')}: ${Object.keys(sections).join(', ')}.`);

const measured: Line[] = [];
for (const [name, section] of Object.entries(sections)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const [title, lines] = section();
  print(title, lines);
  measured.push(...lines);
}
const aimed = measured.filter((line) => line.aim !== undefined);
console.log(`\n${aimed.filter(holds).length} of ${aimed.length} aims hold.`);

function run(): [string, Line[]] {
  const million = quick ? null : measure<RunFigures>('run-main.ts', 1_000_000, 1_000);
  const hundredThousand = measure<RunFigures>('run-main.ts', 100_000, 1_000);
  const allDue = measure<RunFigures>('run-main.ts', 10_000, 10_000);
  const againstBare = ({ oursMs, bareMs }: RunFigures): Omit<Line, 'what'> => ({
    ours: milliseconds(oursMs),
    against: `bare SQL ${milliseconds(bareMs)}`,
    ratio: oursMs / bareMs,
    aim: { most: 3 },
  });
  const lines: Line[] = [
    { what: '1,000 due of 100,000 open', ...againstBare(hundredThousand) },
    { what: '10,000 due of 10,000 open', ...againstBare(allDue) },
    {
      what: '  the same in an established ERP',
      ours: `${milliseconds(allDue.oursMs)}, ${megabytes(allDue.rss)}`,
      against: '22 s, 121 MB (their figures)',
    },
  ];
  if (million === null) return ['Run', lines];
  return [
    'Run',
    [
      ...lines,
      {
        what: '1,000 due of 1,000,000 open',
        ours: milliseconds(million.oursMs),
        against: `100,000 open ${milliseconds(hundredThousand.oursMs)}`,
        ratio: million.oursMs / hundredThousand.oursMs,
        aim: { most: 1.5 },
      },
      {
        what: '  its memory',
        ours: megabytes(million.rss),
        against: `100,000 open ${megabytes(hundredThousand.rss)}`,
        ratio: million.rss / hundredThousand.rss,
      },
    ],
  ];
}

function ahead(): [string, Line[]] {
  const { messages, onceMs, previewMs, simulationMs } = measure<AheadFigures>('ahead-main.ts', 20_000);
  const of = (what: string, ms: number): Line => ({
    what,
    ours: milliseconds(ms),
    against: `facts read and decided once ${milliseconds(onceMs)}`,
    ratio: ms / onceMs,
    aim: { most: 5 },
  });
  return [
    'Sixty days ahead, 20,000 open invoices',
    [of(`preview, ${messages} messages`, previewMs), of('the effect of a draft beside the present', simulationMs)],
  ];
}

function approvals(): [string, Line[]] {
  const { messages, statements, milliseconds: ms } = measure<ApprovalFigures>('approvals-main.ts', 500);
  return [
    'Approving in bulk',
    [
      {
        what: `${messages} messages, ${milliseconds(ms)}`,
        ours: `${statements} statements`,
        against: `${messages} messages`,
        ratio: statements / messages,
        aim: { most: 3 },
      },
    ],
  ];
}

function delivery(): [string, Line[]] {
  const of = (what: string, bytes: number, least: number): Line => {
    const { oursPerSecond, barePerSecond } = measure<DeliveryFigures>('delivery-main.ts', 2_000, bytes);
    return {
      what,
      ours: `${oursPerSecond.toFixed(0)}/s`,
      against: `bare nodemailer ${barePerSecond.toFixed(0)}/s`,
      ratio: oursPerSecond / barePerSecond,
      aim: { least },
    };
  };
  return ['Delivery of 2,000', [of('with a PDF of 60 kB', 60_000, 0.6), of('without attachment', 0, 0.4)]];
}

function imports(): [string, Line[]] {
  const small = measure<ImportFigures>('import-main.ts', 100_000);
  const told = ({ seconds, againSeconds, peakBytes }: ImportFigures): string =>
    `${seconds.toFixed(1)} s, again ${againSeconds.toFixed(1)} s, ${megabytes(peakBytes)}`;
  const lines: Line[] = [{ what: '100,000 rows', ours: told(small), against: '' }];
  if (quick) return ['Import', lines];
  const large = measure<ImportFigures>('import-main.ts', 1_000_000);
  return [
    'Import',
    [
      ...lines,
      {
        what: '1,000,000 rows',
        ours: told(large),
        against: 'ten times 100,000',
        ratio: large.seconds / small.seconds / 10,
      },
      {
        what: '  its memory',
        ours: megabytes(large.peakBytes),
        against: `100,000 rows ${megabytes(small.peakBytes)}`,
        ratio: large.peakBytes / small.peakBytes,
      },
    ],
  ];
}

function lists(): [string, Line[]] {
  const lines = measure<ListFigures[]>('lists-main.ts', 20_000, 2_000).map(({ name, oursMs, bareMs }) => ({
    what: name,
    ours: `${oursMs.toFixed(1)} ms`,
    against: `bare SQL ${bareMs.toFixed(1)} ms`,
    ratio: oursMs / bareMs,
    aim: { most: 3 },
  }));
  return ['Lists with 20,000 open invoices', lines];
}

function measure<T>(script: string, ...args: number[]): T {
  process.stderr.write(`measuring ${script} ${args.join(' ')} …\n`);
  const output = execFileSync(process.execPath, [join(import.meta.dirname, script), ...args.map(String)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1)!) as T;
}

function print(title: string, lines: readonly Line[]): void {
  const head = [title, 'ours', 'against', 'ratio', 'aim', ''];
  const rows = lines.map((line) => [
    line.what,
    line.ours,
    line.against,
    line.ratio?.toFixed(2) ?? '',
    aimOf(line),
    line.aim === undefined || holds(line) ? '' : 'MISSED',
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  const drawn = (row: string[]): string =>
    row
      .map((cell, column) => (column === 3 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  console.log(['', drawn(head), drawn(widths.map((width) => '─'.repeat(width))), ...rows.map(drawn)].join('\n'));
}

function aimOf({ aim }: Line): string {
  if (aim === undefined) return '';
  return 'most' in aim ? `≤ ${aim.most}` : `≥ ${aim.least}`;
}

function holds({ ratio = Number.NaN, aim }: Line): boolean {
  if (aim === undefined) return true;
  return 'most' in aim ? ratio <= aim.most : ratio >= aim.least;
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}
