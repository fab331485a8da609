// How long it takes to judge one snapshot that is in memory.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median, quantile } from '../statistics.mjs';

const program = fileURLToPath(new URL('evaluate-process.mjs', import.meta.url));

/**
 * Milliseconds of `evaluate`, warm, by the clock and of CPU (with the threads that collect garbage); and of `assess`,
 * which adds waivers, attestations and clauses.
 */
export async function measureEvaluate({ folder, times }) {
  const { stdout } = await promisify(execFile)(process.execPath, [program, folder, String(times)]);
  const { findings, checks, evaluate, assess, cpu } = JSON.parse(stdout);
  const spread = (values) => ({ p50: median(values), p95: quantile(values, 0.95), least: Math.min(...values) });
  return { times, findings, checks, evaluate: spread(evaluate), cpu: spread(cpu), assess: spread(assess) };
}

/** Folder of the newest run of a cluster. */
export const newestRun = (evidence, cluster) => {
  const runs = readdirSync(join(evidence, cluster)).filter((name) => /^\d{8}T/u.test(name));
  return join(evidence, cluster, runs.toSorted().at(-1));
};
