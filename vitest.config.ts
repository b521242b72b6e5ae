/** The tests in three projects: `unit` (all but the two others), `e2e` (a real browser) and `long` (npm run test:long). */
import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

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
    // Vitest would leave one core to itself, which of two is half.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      project('unit', ['tests/**/*.test.ts'], 30_000, { exclude: ['tests/e2e/**', 'tests/long/**'] }),
      project('e2e', ['tests/e2e/**/*.test.ts'], 120_000, { globalSetup: ['tests/e2e/global-setup.ts'] }),
      project('long', ['tests/long/**/*.test.ts'], 3_600_000),
    ],
  },
});
