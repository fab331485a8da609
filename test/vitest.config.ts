import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve: { conditions: ['@pgattest/source'] },
  ssr: { resolve: { conditions: ['@pgattest/source'] } },
  test: {
    // Most tests wait for servers: on two cores one of them alone leaves the machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A guard against hanging, not a measure: the machines are shared.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        // Our modules keep no state, so their tests share a process: loading everything anew for each took most of the time.
        test: { name: 'packages', include: ['packages/*/src/**/*.test.ts'], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          // The lab has suites of its own: vitest.ha.config.ts and those beside it.
          exclude: ['**/node_modules/**', 'test/e2e/{alerts,audit-lab,ha,weaknesses}/**'],
        },
      },
    ],
  },
});
