// `npm run bench`: speed and memory as ratios within one run, on a table. Each line is measured in a process of its own. With
// `--quick`, without the sizes of a million.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { DeliveryFigures } from './delivery.ts';
import type { ListFigures } from './lists.ts';
import type { RunFigures } from './run.ts';

const quick = process.argv.includes('--quick');

function measure<T>(script: string, ...args: number[]): T {
  process.stderr.write(`measuring ${script} ${args.join(' ')} …\n`);
  const output = execFileSync(process.execPath, [join(import.meta.dirname, script), ...args.map(String)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1)!) as T;
}

const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;
const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(0)} MB`;
const rows: string[][] = [['what', 'ours', 'against', 'ratio', 'aim']];

const hundredThousand = measure<RunFigures>('run-main.ts', 100_000, 1_000);
rows.push([
  'run, 1,000 due of 100,000 open',
  milliseconds(hundredThousand.oursMs),
  `bare SQL ${milliseconds(hundredThousand.bareMs)}`,
  ratio(hundredThousand.oursMs, hundredThousand.bareMs),
  '≤ 3',
]);
const allDue = measure<RunFigures>('run-main.ts', 10_000, 10_000);
rows.push([
  'run, 10,000 due of 10,000 open',
  milliseconds(allDue.oursMs),
  `bare SQL ${milliseconds(allDue.bareMs)}`,
  ratio(allDue.oursMs, allDue.bareMs),
  '≤ 3',
]);
rows.push([
  '   the same in an established ERP',
  `${milliseconds(allDue.oursMs)}, ${megabytes(allDue.rss)}`,
  '22 s, 121 MB (their figures)',
  '',
  '',
]);
if (!quick) {
  const million = measure<RunFigures>('run-main.ts', 1_000_000, 1_000);
  rows.push([
    'run, 1,000 due of 1,000,000 open',
    milliseconds(million.oursMs),
    `100,000 open ${milliseconds(hundredThousand.oursMs)}`,
    ratio(million.oursMs, hundredThousand.oursMs),
    '≤ 1.5',
  ]);
  rows.push([
    '   its memory',
    megabytes(million.rss),
    `100,000 open ${megabytes(hundredThousand.rss)}`,
    ratio(million.rss, hundredThousand.rss),
    '1',
  ]);
}
for (const [bytes, aim] of [
  [60_000, '≥ 0.6'],
  [0, '≥ 0.4'],
] as const) {
  const delivery = measure<DeliveryFigures>('delivery-main.ts', 2_000, bytes);
  rows.push([
    `delivery, ${bytes === 0 ? 'no attachment' : 'a PDF of 60 kB'}`,
    `${delivery.oursPerSecond.toFixed(0)}/s`,
    `bare nodemailer ${delivery.barePerSecond.toFixed(0)}/s`,
    ratio(delivery.oursPerSecond, delivery.barePerSecond),
    aim,
  ]);
}

for (const { name, oursMs, bareMs } of measure<ListFigures[]>('lists-main.ts', 20_000, 2_000)) {
  rows.push([
    `list of 20,000 open: ${name}`,
    `${oursMs.toFixed(1)} ms`,
    `bare SQL ${bareMs.toFixed(1)} ms`,
    ratio(oursMs, bareMs),
    '≤ 3',
  ]);
}

const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '));

function ratio(a: number, b: number): string {
  return (a / b).toFixed(2);
}
