// One run over many simulated clusters: how long, how much memory, and whether every cluster was really audited.
import { runAuditProgram } from './audit-program.mjs';
import { clusterName, memberNumbers } from './fleet-names.mjs';
import { startFleet } from './fleet.mjs';
import { decidedOf, differences, outcomesOf } from './outcomes.mjs';
import { flatnessOf } from './flatness.mjs';
import { cpuSeconds } from '../process-use.mjs';

/** What is recorded is what the others are compared with: no answer may be missing because a machine was slow. */
const patient = { connect_timeout: '60s', probe_timeout: '60s' };

/**
 * Records cluster 0 from the real servers, which may be stopped then (`afterRecording`), and audits the others in one run
 * of the program, `atATime` of them together; `runs` times over the same evidence.
 */
export async function measureManyClusters({ clusters, atATime, runs, dir, login, afterRecording, nodeFlags, say }) {
  say(`starting ${clusters * memberNumbers.length} simulated instances`);
  const fleet = await startFleet({ clusters, dir, ...login, seed: 6 });
  try {
    say('recording what three real servers answer');
    const recorded = await runAuditProgram({
      dir,
      name: 'recorded',
      config: { clusters: [fleet.clusterConfig(0)], ...patient },
      everyMs: 200,
    });
    const expected = outcomesOf(recorded.reports, clusterName(0));
    if (expected === undefined) throw new Error(`nothing was recorded, see ${recorded.stdoutFile}`);
    const statements = await fleet.statements();
    await fleet.counts();
    await afterRecording({ statements, evidence: recorded.evidence });
    const numbers = Array.from({ length: clusters }, (_, at) => at + 1);
    const config = { clusters: numbers.map((number) => fleet.clusterConfig(number)), clusters_at_a_time: atATime };
    const results = [];
    for (let at = 1; at <= runs; at += 1) {
      say(`run ${at} of ${runs} over ${clusters} clusters, ${atATime} at a time`);
      const fleetCpu = cpuSeconds(fleet.pid);
      const run = await runAuditProgram({ dir, name: 'fleet', config, everyMs: 1000, nodeFlags });
      const counts = await fleet.counts();
      results.push({
        wallSeconds: run.wallSeconds,
        cpuSeconds: run.cpuSeconds,
        fleetCpuSeconds: cpuSeconds(fleet.pid) - fleetCpu,
        peak: run.peak,
        code: run.code,
        ...flatnessOf(run.samples),
        resident: run.samples.map(({ resident }) => Math.round(resident)),
        counts,
        notRecorded: Object.keys(counts).filter((name) => name.startsWith('not recorded')),
        different: differences(expected, run.reports, numbers.map(clusterName)),
      });
    }
    return { clusters, atATime, findings: expected.length, decided: decidedOf(expected), results };
  } finally {
    await fleet.stop();
  }
}
