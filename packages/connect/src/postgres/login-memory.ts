import { createScramKeys, type ScramKeys } from './scram-keys.ts';
import { createTlsContexts, type TlsContexts } from './tls-contexts.ts';

/** What a login need not work out again; shared by whoever logs in often, and kept in memory only. */
export interface LoginMemory {
  readonly scramKeys: ScramKeys;
  readonly tlsContexts: TlsContexts;
}

/** Remembers nothing yet. */
export const createLoginMemory = (): LoginMemory => ({
  scramKeys: createScramKeys(),
  tlsContexts: createTlsContexts(),
});
