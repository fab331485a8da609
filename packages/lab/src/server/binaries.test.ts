import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseServerUser } from '../process/system-user.ts';
import { bundledServerDir, prepareBinaries } from './binaries.ts';

const cloneServer = (dir: string): string => {
  cpSync(bundledServerDir(), dir, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  });
  return dir;
};
const unlink = (serverDir: string): void => {
  const lib = join(serverDir, 'lib');
  for (const name of readdirSync(lib)) {
    if (lstatSync(join(lib, name)).isSymbolicLink()) rmSync(join(lib, name));
  }
};

describe('the bundled PostgreSQL', { timeout: 30_000 }, () => {
  const user = chooseServerUser();
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'pgattest-binaries-'));
    chmodSync(base, 0o711);
  });
  afterEach(() => {
    rmSync(base, { recursive: true, force: true });
  });

  test('is used where npm put it when the server user can read it', () => {
    const copy = join(base, 'copy');
    const binaries = prepareBinaries(cloneServer(join(base, 'native')), user, copy);
    expect(binaries).toMatchObject({ binDir: join(base, 'native', 'bin'), copied: false });
    expect(binaries.version).toMatch(/^18\.\d+$/u);
    expect(Math.floor(binaries.versionNum / 10_000)).toBe(18);
    expect(existsSync(copy)).toBe(false);
  });

  test('gets the library links that a skipped install script left out', () => {
    const serverDir = cloneServer(join(base, 'native'));
    unlink(serverDir);
    expect(prepareBinaries(serverDir, user, join(base, 'copy')).copied).toBe(false);
    expect(readFileSync(join(serverDir, 'lib', 'libicui18n.so.60')).length).toBeGreaterThan(1_000_000);
  });

  test.runIf(process.getuid?.() === 0)('is copied when it lies in a private directory, such as below /root', () => {
    const home = join(base, 'root');
    mkdirSync(home, { mode: 0o700 });
    const serverDir = cloneServer(join(home, 'native'));
    unlink(serverDir);
    chmodSync(serverDir, 0o700);
    const binaries = prepareBinaries(serverDir, user, join(base, 'copy'));
    expect(binaries).toMatchObject({ binDir: join(base, 'copy', 'bin'), copied: true });
  });

  test('that is missing is named with what to do', () => {
    expect(() => prepareBinaries(join(base, 'nothing'), user, join(base, 'copy'))).toThrow(
      `no PostgreSQL at ${join(base, 'nothing/bin/postgres')}; remove node_modules and run "npm ci" again`,
    );
  });
});
