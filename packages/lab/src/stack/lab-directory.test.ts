import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labsDirectory, lockLab } from './lab-directory.ts';

test('a lab is changed by one process at a time, and the lock of a dead one is taken over', () => {
  const name = `lock-${process.pid}`;
  const unlock = lockLab(name);
  try {
    expect(() => lockLab(name)).toThrow(`lab ${name} is being started or stopped by process ${process.pid}`);
    const { pid } = spawnSync('/bin/true');
    writeFileSync(join(labsDirectory(), `.${name}.lock`), `${pid} 12345`);
    const again = lockLab(name);
    expect(() => lockLab(name)).toThrow('is being started or stopped');
    again();
  } finally {
    unlock();
  }
});
