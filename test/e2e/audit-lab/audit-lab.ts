import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding, Report } from '@pgattest/audit';
import { clusterHealth, startLab, type Lab } from '@pgattest/lab';
import { createProgress } from '@pgattest/runtime';
import { parse, stringify } from 'yaml';

/** Script of the built program. */
export const entry = new URL('../../../packages/cli/dist/bin/pgattest.js', import.meta.url).pathname;

/** The most a run may take to collect, in the configuration of these runs. */
export const runTimeoutMs = 120_000;

/** What one run said and wrote. */
export interface LabRun {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly report: Report;
  /** Evidence of the run. */
  readonly folder: string;
  /** From the start of the program to its end. */
  readonly tookMs: number;
  /** Highest resident memory. */
  readonly peakMiB: number;
}

/** A lab with its auditor, audited by runs of the built program on its monitoring host. */
export interface AuditLab {
  readonly lab: Lab;
  /** Where these runs file and report: `evidence`, `reports`, one more folder for each configuration. */
  readonly directory: string;
  /** The configuration of the lab's own auditor, with what `change` makes of it. */
  audit(change?: (text: string) => string | Promise<string>, options?: readonly string[]): Promise<LabRun>;
  /** Waits until nothing is missing in the cluster. */
  untilWell(): Promise<void>;
}

// The memory of the process itself: what the kernel says of it as it ends.
const tellMemory = `data:text/javascript,import{readFileSync}from"node:fs";process.on("exit",()=>process._rawDebug(readFileSync("/proc/self/status","utf8").match(/VmHWM.*/)[0]))`;

/** Starts a lab and collects the facts of its hosts. */
export async function startAuditLab(): Promise<AuditLab> {
  const lab = await startLab(
    { name: `audit-${process.pid}`, rto: 'norm' },
    { entry, progress: createProgress(process.stderr, { quiet: false }) },
  );
  try {
    return await auditLabAt(lab);
  } catch (error) {
    await lab.down();
    throw error;
  }
}

/** The same for a lab that runs. */
export async function auditLabAt(lab: Lab): Promise<AuditLab> {
  const { monitor } = lab.topology;
  const auditor = join(lab.directory, monitor.name, 'auditor');
  const directory = join(lab.directory, monitor.name, 'proof');
  await mkdir(directory, { recursive: true });
  await lab.collectFacts();
  let runs = 0;
  return {
    lab,
    directory,
    async audit(change = (text) => text, options = []) {
      runs += 1;
      // Beside the one of the lab, whose relative paths it keeps.
      const config = join(auditor, `proof-${runs}.yml`);
      await writeFile(config, await change(await readFile(join(auditor, 'audit.yml'), 'utf8')), { mode: 0o600 });
      const reports = join(directory, `reports-${runs}`);
      const argv = ['--config', config, '--evidence-dir', join(directory, 'evidence'), '--report-dir', reports];
      const started = performance.now();
      const { code, stdout, stderr } = await lab.exec(
        monitor.name,
        [
          process.execPath,
          '--import',
          tellMemory,
          entry,
          'audit',
          'run',
          '--quiet',
          '--fail-on',
          'never',
          ...argv,
          ...options,
        ],
        { timeoutMs: runTimeoutMs * 4 },
      );
      const tookMs = Math.round(performance.now() - started);
      const file = join(reports, lab.topology.options.cluster, 'latest/report.json');
      const text = await readFile(file, 'utf8').catch(() => {
        throw new Error(`the run wrote no report and ended with ${code ?? 'no code'}: ${stderr}`);
      });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its schema is published and tested elsewhere
      const report = JSON.parse(text) as Report;
      const peakMiB = Math.round(Number(/VmHWM:\s+(\d+) kB/u.exec(stderr)?.[1]) / 1024);
      const folder = join(directory, 'evidence', report.cluster, report.runId);
      return { code, stdout, stderr, report, folder, tookMs, peakMiB };
    },
    async untilWell() {
      const health = clusterHealth(lab);
      const end = Date.now() + 300_000;
      for (;;) {
        const missing = await health();
        if (missing === undefined) return;
        if (Date.now() > end) throw new Error(`the lab is not well after five minutes: ${missing}`);
        await sleep(1_000);
      }
    },
  };
}

/** Every finding of a report by its id. */
export const findingsOf = (report: Report): ReadonlyMap<string, Finding> =>
  new Map(report.checks.flatMap(({ findings }) => findings).map((finding) => [finding.id, finding]));

/** What tests change of the cluster in the configuration that the lab writes for its auditor. */
interface WrittenCluster {
  readonly members: readonly { dsn: string; readonly pgbouncer: { dsn: string } }[];
  readonly etcd: object;
  readonly haproxy: readonly { readonly stats: object }[];
}

/** A configuration with its one cluster changed. */
export function withCluster(text: string, change: (cluster: WrittenCluster) => void): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a configuration of our own
  const config = parse(text) as { readonly clusters: readonly WrittenCluster[] };
  const [cluster] = config.clusters;
  if (cluster === undefined) throw new Error('the configuration names no cluster');
  change(cluster);
  return stringify({ ...config, run_timeout: `${runTimeoutMs / 1_000}s` });
}

/** A file that only its owner may read. */
export async function writeSecret(file: string, content: string): Promise<string> {
  await writeFile(file, `${content}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return file;
}
