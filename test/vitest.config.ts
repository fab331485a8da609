import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve: { conditions: ['@pgattest/source'] },
  ssr: { resolve: { conditions: ['@pgattest/source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    // The lab has suites of its own: vitest.ha.config.ts, vitest.alerts.config.ts.
    exclude: ['**/node_modules/**', '**/dist/**', 'test/e2e/ha/**', 'test/e2e/alerts/**'],
    // Most tests wait for servers: on two cores one of them alone leaves the machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A guard against hanging, not a measure: the machines are shared.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
