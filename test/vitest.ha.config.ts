import { defineConfig } from 'vitest/config';

/** The suites that run against a whole lab: root and the Debian packages of `debian-packages.mjs`, two labs at a time. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve: { conditions: ['@pgattest/source'] },
  ssr: { resolve: { conditions: ['@pgattest/source'] } },
  test: {
    include: ['test/e2e/ha/**/*.test.ts'],
    globalSetup: ['test/e2e/ha/global-setup.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // A lab waits most of the time; a third one would make the others wait for a processor.
    maxWorkers: 2,
    // A guard against hanging, not a measure: the machines are shared.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
