import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Majors whose binaries `test/servers/package.json` pins, oldest first. */
export const serverMajors = [10, 11, 12, 13, 14, 15, 16, 17, 18] as const;

/** A major version the tests run on. */
export type ServerMajor = (typeof serverMajors)[number];

const installCommand = 'npm ci --prefix test/servers';

/**
 * Directory with bin, lib and share of that major.
 *
 * @throws Error naming the command that installs it: a missing server must fail a test, never skip it.
 */
export function serverDir(major: ServerMajor): string {
  const native = join(import.meta.dirname, 'node_modules', `postgres-${major}`, 'native');
  if (!existsSync(join(native, 'bin', 'postgres'))) {
    throw new Error(
      `no PostgreSQL ${major} below ${native}: the test servers are not installed; run "${installCommand}"`,
    );
  }
  return native;
}
