import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { completeOptions } from './lab-options.ts';
import { findInstallation } from './installation.ts';

test('a clone that the servers cannot read is shown to them inside the namespaces, or refused without those', () => {
  const root = mkdtempSync(join(tmpdir(), 'pgattest-clone-'));
  const entry = join(root, 'packages/cli/dist/bin/pgattest.js');
  mkdirSync(dirname(entry), { recursive: true });
  writeFileSync(entry, '');
  // As root a private directory is closed to others; as an ordinary user there is nobody else to ask.
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? { name: 'nobody', uid: 65_534, gid: 65_534 } : undefined;
  try {
    const node = '/bin/true';
    chmodSync(root, 0o755);
    expect(findInstallation(entry, node, completeOptions({}), user)).toEqual({ entry, node, mounts: [] });
    chmodSync(root, 0o700);
    const shown = findInstallation(entry, node, completeOptions({}), user);
    expect(shown).toEqual(
      isRoot
        ? {
            entry: '/run/pgattest/packages/cli/dist/bin/pgattest.js',
            node: '/run/node',
            mounts: [
              { from: root, to: '/run/pgattest' },
              { from: node, to: '/run/node' },
            ],
          }
        : { entry, node, mounts: [] },
    );
    const loopback = completeOptions({ isolation: 'loopback' });
    let message = '';
    try {
      findInstallation(entry, node, loopback, user);
    } catch (error) {
      message = String(error);
    }
    expect(message.includes('user nobody cannot read')).toBe(isRoot);
    expect(findInstallation(entry, node, { ...loopback, monitoring: false }, user).mounts).toEqual([]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
