// What it costs until the port is open.
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programs, startOurs } from './contestant.mjs';
import { median } from './statistics.mjs';

const quotaDir = '/sys/fs/cgroup/cpu/pgattest-bench';

/** CPU seconds and wall milliseconds to listening, medians; ours by both names, and Debian's. */
export async function measureStartup({ dsn, dir, startDebian, times }) {
  const logFile = join(dir, 'startup.log');
  const kinds = {
    'pgattest exporter pg': () => startOurs({ dsn, logFile, program: programs.pgattest }),
    pg_exporter: () => startOurs({ dsn, logFile, program: programs.pgExporter }),
    ...(startDebian === undefined ? {} : { 'prometheus-postgres-exporter': startDebian }),
  };
  const results = [];
  for (const [name, start] of Object.entries(kinds)) {
    const runs = [];
    for (let at = 0; at < times; at += 1) {
      const program = await start();
      runs.push(program);
      await program.stop();
    }
    results.push({
      name,
      cpuSeconds: median(runs.map(({ startCpuSeconds }) => startCpuSeconds)),
      wallMs: median(runs.map(({ startWallMs }) => startWallMs)),
    });
  }
  return results;
}

/** Wall milliseconds to listening with a tenth of one CPU; undefined where we may not make such a group. */
export async function measureStartupUnderQuota({ dsn, dir }) {
  if (!existsSync('/sys/fs/cgroup/cpu/cpu.cfs_quota_us')) return undefined;
  try {
    mkdirSync(quotaDir, { recursive: true });
    writeFileSync(join(quotaDir, 'cpu.cfs_period_us'), '100000');
    writeFileSync(join(quotaDir, 'cpu.cfs_quota_us'), '10000');
  } catch {
    return undefined;
  }
  const wrap = ['sh', '-c', `echo $$ > ${quotaDir}/tasks && exec "$@"`, 'sh'];
  const program = await startOurs({ dsn, logFile: join(dir, 'quota.log'), wrap }).catch(() => undefined);
  await program?.stop();
  try {
    rmdirSync(quotaDir);
  } catch {
    // The kernel lets go of the last task a moment later; an empty group costs nothing.
  }
  return program?.startWallMs;
}
