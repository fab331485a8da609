import { redactSecrets } from '@pgattest/runtime';

/**
 * Free text of the configuration (an exception, the header) as evidence and reports keep it: who writes a password or a
 * connection string into a justification must not find it printed on every page.
 */
export function withoutSecrets<T extends object>(texts: T): T {
  const clean = Object.entries(texts).map(([key, text]: [string, unknown]) => [
    key,
    typeof text === 'string' ? redactSecrets(text) : text,
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same keys, and texts where there were texts
  return Object.fromEntries(clean) as T;
}
