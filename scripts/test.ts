/**
 * `npm test`: types, lint, then the tests; shows what each says and ends with one line that counts the tests.
 * `--long` adds the long series. Whatever else is given chooses test files: npm test -- backup embedded.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const long = process.argv.includes('--long');
const filters = process.argv.slice(2).filter((argument) => argument !== '--long' && argument !== '--');

/** What is checked besides the tests, in order. A name and the program of node_modules/.bin with its arguments. */
const checks: [name: string, ...command: string[]][] = [
  ['Types', 'tsc', '--noEmit'],
  ['Lint', 'biome', 'check', '.'],
  ['Unused code', 'knip'],
];

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const failedChecks: string[] = [];
for (const [name, ...command] of checks) {
  console.log(`\n— ${name}`);
  if (!(await run(command))) failedChecks.push(name);
}

console.log('\n— Tests');
const { ok, counts } = await runTests();

if (failedChecks.length > 0) console.log(`\nNot in order, see above: ${failedChecks.join(', ')}.`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = ok && failedChecks.length === 0 ? 0 : 1;

async function runTests(): Promise<{ ok: boolean; counts: Counts }> {
  const folder = mkdtempSync(join(tmpdir(), 'relance-results-'));
  const results = join(folder, 'results.json');
  const projects = ['unit', 'e2e', ...(long ? ['long'] : [])].flatMap((name) => ['--project', name]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  try {
    const ok = await run(['vitest', 'run', ...projects, ...reporters, ...filters]);
    const counts = readCounts(results);
    // An error outside of any test (in a set-up, in a callback) is counted as one failure.
    return { ok, counts: ok ? counts : { ...counts, failed: Math.max(counts.failed, 1) } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Vitest's own numbers; a file that could not even be loaded counts as one failure. */
function readCounts(file: string): Counts {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const unloaded = report.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded.length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** Runs a program of node_modules/.bin in the foreground; true if it says that all is well. */
function run([program, ...options]: string[]): Promise<boolean> {
  const bin = join(root, 'node_modules', '.bin');
  // Programs of npm packages look for `node` on the path: let it be the pinned one.
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH}`,
    // The long series looks at every screen with every rule, at each width, in each light and language.
    ...(long ? { RELANCE_THOROUGH: '1' } : {}),
  };
  const child = spawn(join(bin, program!), options, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${program} could not be run: ${error.message}`);
      resolve(false);
    });
    child.once('exit', (code) => resolve(code === 0));
  });
}
