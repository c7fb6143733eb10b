import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

/** Left out by script/test where Docker Engine can't be had. */
const onDocker = [
  'packages/*/src/providers/docker/**',
  'packages/*/src/cli/**',
  'examples/**/on-*.test.ts',
  'scenarios/support/faults/**',
];

/** As the scripts have it: what was baked once serves all. */
const { HOLDFAST_CACHE = join(import.meta.dirname, '.cache/bake') } = process.env;

export default defineConfig({
  test: {
    env: { HOLDFAST_CACHE },
    include: ['packages/*/src/**/*.test.ts', 'examples/*/**/*.test.ts', 'bench/**/*.test.ts', 'scenarios/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.env.HOLDFAST_NO_DOCKER ? onDocker : [])],
    // No test changes what another file's tests stand on, and most of a short one was loading what it needs. Those on the
    // engine wait for it more than they reckon.
    isolate: false,
    maxWorkers: 2,
    // On a busy machine what is waited for may take its time.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
  resolve: { conditions: ['holdfast-source'] },
});
