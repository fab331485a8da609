// `npm run bench -- auditor`: one real cluster, hundreds of simulated ones, one snapshot. Prints Markdown on stdout.
//   npm run bench -- auditor                             500 clusters, some fifteen minutes
//   npm run bench -- auditor --quick                     20 clusters
//   npm run bench -- auditor --clusters 100 --at-a-time 16 --runs 2 --rounds 5 --json numbers.json
//   npm run bench -- auditor --evidence DIR              evaluates that run, such as one of a lab, and nothing else
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from '../machine.mjs';
import { measureEvaluate, newestRun } from './evaluate-snapshot.mjs';
import { clusterName, mostClusters } from './fleet-names.mjs';
import { measureManyClusters } from './many-clusters.mjs';
import { measureOneCluster } from './one-cluster.mjs';
import { startRealServers } from './real-servers.mjs';
import { renderEvaluate, renderMany, renderOne, renderTargets } from './report.mjs';

const evaluations = 200;

/** Measures what the arguments say. */
export async function benchAuditor({ args, say, print }) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      clusters: { type: 'string' },
      'at-a-time': { type: 'string', default: '16' },
      runs: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '5' },
      evidence: { type: 'string' },
      json: { type: 'string' },
      'node-flags': { type: 'string', default: '' },
    },
  });
  const machine = describeMachine();
  if (values.evidence !== undefined) {
    print(`${machine}\n`);
    print(renderEvaluate(await measureEvaluate({ folder: values.evidence, times: evaluations })));
    return;
  }
  const clusters = Math.min(mostClusters, Number(values.clusters ?? (values.quick ? 20 : 500)));
  const dir = mkdtempSync(join(tmpdir(), 'pgattest-bench-'));
  say('starting three real servers');
  const real = await startRealServers();
  try {
    let one;
    let evaluate;
    const many = await measureManyClusters({
      clusters,
      atATime: Number(values['at-a-time']),
      runs: Number(values.runs),
      nodeFlags: values['node-flags'].split(' ').filter((flag) => flag !== ''),
      dir,
      login: real.login,
      say,
      async afterRecording({ statements, evidence }) {
        one = await measureOneCluster({ real, statements, rounds: Number(values.rounds), dir, say });
        // Two cores are for the auditor and the simulated servers.
        await real.stop();
        say('judging one snapshot');
        evaluate = await measureEvaluate({ folder: newestRun(evidence, clusterName(0)), times: evaluations });
      },
    });
    if (values.json !== undefined) {
      writeFileSync(values.json, JSON.stringify({ machine, one, many, evaluate }, undefined, 2));
    }
    print(`${machine}; PostgreSQL ${real.version}.\n`);
    for (const text of [
      renderTargets({ one, many, evaluate }),
      renderOne(one),
      renderMany(many),
      renderEvaluate(evaluate),
    ]) {
      print(`${text}\n`);
    }
  } finally {
    await real.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
