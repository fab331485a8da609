import { defineConfig } from 'vitest/config';

/** Which alerts arrive for which fault, in a whole lab: root and the Debian packages of `debian-packages.mjs`. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve: { conditions: ['@pgattest/source'] },
  ssr: { resolve: { conditions: ['@pgattest/source'] } },
  test: {
    include: ['test/e2e/alerts/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Two labs at a time: with a third one a stalled machine makes alerts of its own.
    maxWorkers: 2,
    // A guard against hanging, not a measure: the machines are shared.
    testTimeout: 1_200_000,
    hookTimeout: 400_000,
  },
});
