import { rememberTargetFiles, resolvePgTarget, type PgTarget } from '@pgattest/connect';
import type { Env } from '@pgattest/runtime';

/** Where the server is and how to log in, read anew for every scrape and after a second at the latest. */
export interface TargetSource {
  /** Of the given database, or of another one of the same server. Errors: config_invalid. */
  targetOf(database?: string): Promise<PgTarget>;
  /** Reads the connection string again: true when it is another one now. Errors: those of reading it. */
  refresh(): Promise<boolean>;
}

/** The sessions of one scrape share what the password file says: with twenty databases it was read twenty times. */
const filesMaxAgeMs = 1000;

/** `url` is a connection string or the way to read it. Errors: those of reading it; config_invalid. */
export async function createTargetSource(url: string | (() => Promise<string>), env: Env): Promise<TargetSource> {
  const read = async (): Promise<string> => (typeof url === 'string' ? url : url());
  let current = await read();
  await resolvePgTarget(current, { env });
  const files = rememberTargetFiles(filesMaxAgeMs);
  return {
    targetOf: (database) =>
      resolvePgTarget(current, database === undefined ? { env, files } : { env, files, database }),
    async refresh() {
      files.forget();
      const next = await read();
      if (next === current) return false;
      // What cannot be used does not replace what can.
      await resolvePgTarget(next, { env });
      current = next;
      return true;
    },
  };
}
