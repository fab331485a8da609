import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { labDirectory, lockLab } from './lab-directory.ts';

test('a lab is changed by one process at a time, and the lock of a dead one is taken over', () => {
  const name = `lock-${process.pid}`;
  const unlock = lockLab(name);
  try {
    expect(() => lockLab(name)).toThrow(`lab ${name} is being started or stopped by process ${process.pid}`);
    const { pid } = spawnSync('/bin/true');
    writeFileSync(`${labDirectory(name)}.lock`, `${pid} 12345`);
    const again = lockLab(name);
    expect(() => lockLab(name)).toThrow('is being started or stopped');
    again();
  } finally {
    unlock();
  }
});

test.each(['..', '../x', '', 'a/b', '-x', 'A', 'a'.repeat(21)])('%j is no name of a lab', (name) => {
  expect(() => labDirectory(name)).toThrow(`--name ${name}: use a lower-case letter`);
});
