import { defineConfig } from 'vitest/config';

/** What the auditor is proven to do against a whole lab: root and the Debian packages of `debian-packages.mjs`. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve: { conditions: ['@pgattest/source'] },
  ssr: { resolve: { conditions: ['@pgattest/source'] } },
  test: {
    include: ['test/e2e/audit-lab/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // One lab at a time: a stalled machine makes findings of its own.
    maxWorkers: 1,
    // A guard against hanging, not a measure: the machines are shared.
    testTimeout: 900_000,
    hookTimeout: 400_000,
  },
});
