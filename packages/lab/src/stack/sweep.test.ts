import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endProcessesOf, labMarker, processesOf } from './sweep.ts';

function start(marked: string): number {
  const child = spawn('/bin/sleep', ['1000'], { detached: true, stdio: 'ignore', env: { [labMarker]: marked } });
  if (child.pid === undefined) throw new Error('sleep did not start');
  return child.pid;
}

test('only processes with the mark of this very lab are ended, frozen ones too', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pgattest-sweep-'));
  const ours = [start(directory), start(directory)];
  const other = start(`${directory}-other`);
  try {
    process.kill(ours[0] ?? 0, 'SIGSTOP');
    expect(
      processesOf(directory)
        .map(({ pid }) => pid)
        .toSorted((one, two) => one - two),
    ).toEqual(ours.toSorted((one, two) => one - two));
    expect(await endProcessesOf(directory)).toEqual([]);
    expect(processesOf(directory)).toEqual([]);
    expect(processesOf(`${directory}-other`)).toEqual([{ pid: other, isServer: false }]);
  } finally {
    for (const pid of [...ours, other]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Ended, as it should.
      }
    }
    rmSync(directory, { recursive: true });
  }
});
