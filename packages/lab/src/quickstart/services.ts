import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoCluster } from '../cluster/demo-cluster.ts';
import { LabError } from '../errors.ts';
import { nextFreePort } from '../process/ports.ts';
import { waitFor } from '../process/wait.ts';
import { renderAuditConfig } from './audit-config.ts';
import { startChildProgram, type ChildProgram, type ChildProgramSpec } from './child-program.ts';
import type { Language } from './texts.ts';

const readyTimeoutMs = 30_000;
const isScraped = (text: string): boolean => /^pg_up(?:\{[^}]*\})? 1$/mu.test(text);

/** What the programs around the demo cluster are started with. */
export interface ServiceSite {
  readonly cluster: DemoCluster;
  /** Script of the `pgattest` command. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly reportDir: string;
  readonly language: Language;
  /** Ends every wait. */
  readonly signal: AbortSignal;
  /** Told when a wanted port was taken: what, wanted, got. */
  readonly onPortTaken: (what: string, wanted: number, got: number) => void;
}

/** An exporter and where it serves. */
export interface RunningExporter {
  readonly instance: string;
  readonly url: string;
  readonly program: ChildProgram;
  /** Lines of its first scrape that are samples. */
  readonly samples: number;
}

/** Directory of the logs of our own programs. */
export function logDirOf(cluster: DemoCluster): string {
  const dir = join(cluster.dir, 'logs');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return dir;
}

/** One `pgattest exporter pg` per instance as the monitor role, each scraped once before this returns. */
export async function startExporters(site: ServiceSite, started: ChildProgram[]): Promise<readonly RunningExporter[]> {
  const taken: number[] = [];
  const programs: { readonly instance: string; readonly url: string; readonly program: ChildProgram }[] = [];
  for (const [index, node] of site.cluster.nodes.entries()) {
    const port = await nextFreePort(9630, taken);
    taken.push(port);
    const name = `exporter-${node.name}`;
    if (port !== 9630 + index) site.onPortTaken(name, 9630 + index, port);
    const program = startChildProgram(
      childSpec(site, name, [
        'exporter',
        'pg',
        `--url=${site.cluster.dsn(node, 'monitor')}`,
        `--label=cls=${site.cluster.name},ins=${node.name}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ]),
    );
    started.push(program);
    programs.push({ instance: node.name, url: `http://127.0.0.1:${port}/metrics`, program });
  }
  return Promise.all(
    programs.map(async ({ instance, url, program }) => {
      const text = await waitForAnswer(site, program, url, isScraped);
      const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
      return { instance, url, program, samples };
    }),
  );
}

/** The auditor's configuration for this run, with a free port for its service. */
export async function writeAuditConfig(site: ServiceSite): Promise<{ readonly file: string; readonly port: number }> {
  const port = await nextFreePort(9855);
  if (port !== 9855) site.onPortTaken('audit-service', 9855, port);
  const { cluster, language, reportDir } = site;
  const file = join(cluster.dir, 'audit.yml');
  const text = renderAuditConfig({
    cluster: cluster.name,
    instances: cluster.nodes.map((node) => ({ name: node.name, dsn: cluster.dsn(node, 'auditor') })),
    absent: ['patroni', 'etcd', 'haproxy', 'pgbouncer'],
    evidenceDir: join(reportDir, 'evidence'),
    reportDir,
    language,
    port,
  });
  writeFileSync(file, text, { mode: 0o600 });
  return { file, port };
}

/** `pgattest audit serve`, answering. */
export async function startAuditService(
  site: ServiceSite,
  config: { readonly file: string; readonly port: number },
  started: ChildProgram[],
): Promise<string> {
  const program = startChildProgram(childSpec(site, 'audit-service', ['audit', 'serve', '--config', config.file]));
  started.push(program);
  const url = `http://127.0.0.1:${config.port}/`;
  await waitForAnswer(site, program, url, () => true);
  return url;
}

/** A sub-command of ours with its log file in the run directory. */
export function childSpec(site: ServiceSite, name: string, args: readonly string[]): ChildProgramSpec {
  const logFile = join(logDirOf(site.cluster), `${name}.log`);
  return { name, entry: site.entry, args, env: site.env, runDir: site.cluster.dir, logFile };
}

async function waitForAnswer(
  site: ServiceSite,
  program: ChildProgram,
  url: string,
  isGood: (text: string) => boolean,
): Promise<string> {
  const text = await waitFor(
    async () => {
      site.signal.throwIfAborted();
      if (program.end !== undefined) return '';
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
        const body = await response.text();
        return response.ok && isGood(body) ? body : undefined;
      } catch {
        // Not listening yet.
        return undefined;
      }
    },
    { timeoutMs: readyTimeoutMs, everyMs: 50 },
  );
  if (text !== undefined && program.end === undefined) return text;
  const how = program.end === undefined ? `does not answer at ${url}` : `ended with code ${String(program.end.code)}`;
  throw new LabError(
    'start_failed',
    `${program.name} ${how}; last lines of ${program.logFile}:\n${program.lastLines(15)}`,
  );
}
