import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pgbouncerProcessFamilies } from './process-families.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pgattest-proc-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

async function values(pidFile: string): Promise<Readonly<Record<string, number | undefined>>> {
  const families = await pgbouncerProcessFamilies(join(dir, pidFile), dir);
  return Object.fromEntries(
    families.map(({ name, samples }) => [name.replace('pgbouncer_process_', ''), samples[0]?.value]),
  );
}

test('the process of the pid file, whatever it is called', async () => {
  await mkdir(join(dir, '42', 'net'), { recursive: true });
  await mkdir(join(dir, '42', 'fd', '0'), { recursive: true });
  await mkdir(join(dir, '42', 'fd', '1'), { recursive: true });
  const after = Array.from({ length: 40 }, (_, at) => String(at + 3));
  await writeFile(join(dir, 'pid'), '42\n');
  await writeFile(join(dir, '42', 'stat'), `42 (pg ) (bouncer) ${after.join(' ')}\n`);
  await writeFile(join(dir, 'stat'), 'cpu 1 2\nbtime 1000\n');
  await writeFile(
    join(dir, '42', 'limits'),
    'Limit                     Soft Limit           Hard Limit           Units\nMax open files            1024                 4096                 files\nMax address space         unlimited            unlimited            bytes\n',
  );
  await writeFile(
    join(dir, '42', 'net', 'dev'),
    'Inter-|   Receive  |  Transmit\n face |bytes ...\n    lo: 100 1 0 0 0 0 0 0 200 2 0 0 0 0 0 0\n  eth0: 11 1 0 0 0 0 0 0 22 2 0 0 0 0 0 0\n',
  );
  expect(await values('pid')).toEqual({
    cpu_seconds_total: 0.29,
    open_fds: 2,
    max_fds: 1024,
    resident_memory_bytes: 24 * 4096,
    virtual_memory_bytes: 23,
    virtual_memory_max_bytes: 2 ** 64,
    start_time_seconds: 1000.22,
    network_receive_bytes_total: 111,
    network_transmit_bytes_total: 222,
  });
});

test('a pid file that is not there, is no number or names no process gives nothing', async () => {
  await writeFile(join(dir, 'word'), 'x');
  await writeFile(join(dir, 'gone'), '99');
  expect(await values('missing')).toEqual({});
  expect(await values('word')).toEqual({});
  expect(await values('gone')).toEqual({});
});
