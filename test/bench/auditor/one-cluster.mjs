// One cluster of three real servers: the whole program beside the floor, in turns.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../statistics.mjs';
import { runAuditProgram } from './audit-program.mjs';
import { decidedOf, outcomesOf } from './outcomes.mjs';
import { runToEnd } from './run-to-end.mjs';

const floorProgram = fileURLToPath(new URL('sql-floor.mjs', import.meta.url));
/** Short runs are looked at often, so that their peak is not missed. */
const everyMs = 20;

/**
 * Medians of `rounds` runs. The floor asks the SQL of the audit (`statements`, of each server) through one session per
 * server and database, in a Node program of its own.
 */
export async function measureOneCluster({ real, statements, rounds, dir, say }) {
  const { user, password } = real.login;
  const floorFile = join(dir, 'floor.json');
  const servers = real.login.real.map((server, at) => ({ ...server, user, password, statements: statements[at] }));
  writeFileSync(floorFile, JSON.stringify({ servers }), { mode: 0o600 });
  const audits = [];
  const floors = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`one cluster of real servers, round ${round} of ${rounds}`);
    floors.push(await runToEnd([floorProgram, floorFile], { stdoutFile: join(dir, 'floor.out'), everyMs }));
    // All but the first have a run before, as every run of a service has.
    audits.push(await runAuditProgram({ dir, name: 'one', config: { clusters: [real.config] }, everyMs }));
  }
  const failed = floors.find(({ code }) => code !== 0);
  if (failed !== undefined) throw new Error(`the floor ended with ${failed.code}`);
  const outcomes = outcomesOf(audits[0].reports, real.config.name);
  if (outcomes === undefined) throw new Error(`no report, see ${audits[0].stdoutFile}`);
  return {
    rounds,
    findings: outcomes.length,
    decided: decidedOf(outcomes),
    statements: statements.reduce((sum, { length }) => sum + length, 0),
    audit: summary(audits),
    first: { wallSeconds: audits[0].wallSeconds, peak: audits[0].peak },
    floor: summary(floors),
  };
}

const summary = (runs) => ({
  wallSeconds: median(runs.map(({ wallSeconds }) => wallSeconds)),
  slowest: Math.max(...runs.map(({ wallSeconds }) => wallSeconds)),
  cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
  peak: Math.max(...runs.map(({ peak }) => peak)),
});
