import { defineConfig } from 'vitest/config';

/** The weaknesses of a hardened lab against what an audit finds: root and the Debian packages of `debian-packages.mjs`. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve: { conditions: ['@pgattest/source'] },
  ssr: { resolve: { conditions: ['@pgattest/source'] } },
  test: {
    include: ['test/e2e/weaknesses/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // One lab, whose parts are weak one after the other.
    maxWorkers: 1,
    // A guard against hanging, not a measure: the machines are shared.
    testTimeout: 900_000,
    hookTimeout: 1_800_000,
  },
});
