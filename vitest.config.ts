import { configDefaults, defineConfig } from 'vitest/config';

/** Left out by script/test where Docker Engine can't be had. */
const onDocker = ['packages/*/src/providers/docker/**', 'packages/*/src/cli/**', 'examples/**/on-*.test.ts'];

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/*/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.env.HOLDFAST_NO_DOCKER ? onDocker : [])],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
  resolve: { conditions: ['holdfast-source'] },
});
