/** The tests in three projects: `unit` (all but the two others), `e2e` (a real browser) and `long` (npm run test:long). */
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, in that order: begun last, one of them would keep one worker busy long after the other has nothing left. */
const longest = [
  'scenarios/two-years',
  'e2e/office',
  'e2e/every-screen',
  'e2e/the-day',
  'e2e/settings',
  'e2e/main-job',
  'e2e/every-screen-in-error',
  'scenarios/killed',
  'e2e/daily-work',
  'e2e/guide',
  'e2e/pictures',
  'e2e/approve-many',
  'acceptance/sending',
  'e2e/scroll',
  'e2e/month',
  'e2e/narrower',
  'acceptance/entering',
  'e2e/template-editor',
  'acceptance/sending-calendar',
  'e2e/sequence-editor',
  'acceptance/properties',
  'faults/jobs',
  'acceptance/cli',
  'faults/embedded',
];

/** The scenes of the guide's pictures: played when pictures are made, and in the long series. */
const scenes = 'tests/e2e/pictures.test.ts';

/** The longest first, then as Vitest has it: by what is known of the last run, and by size. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return place === -1 ? longest.length : place;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

interface More {
  exclude?: string[];
  globalSetup?: string[];
}

const project = (
  name: string,
  include: string[],
  testTimeout: number,
  { exclude = [], globalSetup = [] }: More = {},
) => ({
  extends: true as const,
  test: {
    name,
    include,
    testTimeout,
    hookTimeout: 60_000,
    globalSetup,
    exclude: [...configDefaults.exclude, ...exclude],
  },
});

export default defineConfig({
  test: {
    globalSetup: ['tests/world/global-setup.ts'],
    // Clones of databases and child processes need real processes, not threads that share one.
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // One more than there are cores: a test spends half of its time waiting for a browser, the database or another process.
    maxWorkers: availableParallelism() + 1,
    // The programs that tests start (a worker, the command line) read what others compiled before them.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'relance-compile-cache') },
    projects: [
      project('unit', ['tests/**/*.test.ts'], 60_000, { exclude: ['tests/e2e/**', 'tests/long/**'] }),
      project('e2e', ['tests/e2e/**/*.test.ts'], 240_000, {
        exclude: process.env.RELANCE_PICTURES === 'kept' ? [] : [scenes],
        globalSetup: ['tests/e2e/global-setup.ts'],
      }),
      project('long', ['tests/long/**/*.test.ts', scenes], 3_600_000, { globalSetup: ['tests/e2e/global-setup.ts'] }),
    ],
  },
});
