import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createProgress,
  exitCode,
  writeFileAtomic,
  type CommandContext,
  type ExitCode,
  type Progress,
} from '@pgattest/runtime';
import { LabError } from '../errors.ts';
import { isPortFree, nextFreePort } from '../process/ports.ts';
import { whyNoNamespaces } from '../stack/isolation.ts';
import type { Lab } from '../stack/lab.ts';
import { monitorPaths } from '../stack/daemons/paths.ts';
import { startLab } from '../stack/start-lab.ts';
import { labPorts } from '../stack/topology.ts';
import { renderGuide } from './guide.ts';
import { reportsSince, shortestPath } from './report-files.ts';
import { during } from './step.ts';
import { quickstartTexts, type Language, type QuickstartTexts } from './texts.ts';

/** What the quickstart on the whole stack was asked for. */
export interface FullQuickstartOptions {
  /** Script of the `pgattest` command. */
  readonly entry: string;
  readonly once: boolean;
  /** Leave the lab running. */
  readonly keep: boolean;
  readonly reportDir: string;
  readonly language: Language;
}

interface FullQuickstart {
  readonly options: FullQuickstartOptions;
  readonly context: CommandContext;
  readonly texts: QuickstartTexts;
  readonly progress: Progress;
  readonly lab: Lab;
}

const labName = 'quickstart';
const downCommand = `pgattest lab down --name ${labName}`;
const auditMs = 180_000;

/** `pgattest quickstart --full`: the lab, its first audit, and ports of this machine that lead to all of it. */
export async function runFullQuickstart(options: FullQuickstartOptions, context: CommandContext): Promise<ExitCode> {
  const texts = quickstartTexts[options.language];
  const progress = createProgress(context.stderr);
  const refused = await whyNoNamespaces();
  const lab = await startLab(
    { name: labName, cluster: 'pg-demo', isolation: refused === undefined ? 'namespaces' : 'loopback' },
    { entry: options.entry, progress, signal: context.signal },
  );
  let down = !options.keep;
  try {
    return await useLab({ options, context, texts, progress, lab });
  } catch (error) {
    down = true;
    throw error;
  } finally {
    if (down) {
      const step = progress.step(texts.stopping);
      await lab.down();
      step.done(texts.removed);
    } else context.stderr.write(`${texts.labKept(downCommand)}\n`);
  }
}

async function useLab(quickstart: FullQuickstart): Promise<ExitCode> {
  const { options, context, texts, progress, lab } = quickstart;
  const argv = [process.execPath, options.entry, ...auditArguments(lab, options)] as const;
  const audit = await during(progress, context.signal, texts.audit, async (step) => {
    const since = Date.now();
    const result = await lab.exec(lab.topology.monitor.name, argv, { timeoutMs: auditMs });
    context.signal.throwIfAborted();
    const { ok, findings, incomplete } = exitCode;
    if (result.code === undefined || ![ok, findings, incomplete].some((code) => code === result.code)) {
      throw new LabError('start_failed', `the audit ended with ${result.code ?? 'no exit code'}:\n${result.stderr}`);
    }
    step.done();
    context.stdout.write(result.stdout);
    return { code: result.code, reports: reportsSince(options.reportDir, since) };
  });
  const evidence = join(options.reportDir, 'evidence', lab.topology.options.cluster);
  if (options.once) {
    const none = { metrics: [], serviceUrl: undefined, commands: undefined, logDir: undefined };
    context.stdout.write(renderGuide({ ...none, reports: audit.reports, evidence }, texts));
    return audit.code === exitCode.incomplete ? exitCode.incomplete : exitCode.ok;
  }
  const where = await during(progress, context.signal, texts.forwarding, async (step) => {
    const opened = await openPorts(lab);
    step.done();
    return opened;
  });
  const { metrics, consoles, serviceUrl, primaryPort } = where;
  const commands = {
    auditAgain: `node ${shortestPath(options.entry)} lab exec --name ${labName} --timeout 3m ${lab.topology.monitor.name} -- ${argv.join(' ')}`,
    sql: `psql "${await appDsn(lab, primaryPort)}"`,
  };
  const logDir = join(lab.directory, 'log');
  const guide = { metrics, consoles, serviceUrl, reports: audit.reports, evidence, commands, logDir };
  context.stdout.write(renderGuide(guide, texts));
  context.stderr.write(`\n${texts.untilCtrlC(options.keep)}\n`);
  return untilInterrupted(quickstart);
}

/**
 * The arguments of the audit of the first report: everything that the lab's own auditor audits, as it is configured, but
 * of the main cluster alone and into the user's directory.
 */
function auditArguments(lab: Lab, options: FullQuickstartOptions): readonly string[] {
  const { topology } = lab;
  const given: Readonly<Record<string, string>> = {
    config: monitorPaths(lab, topology.monitor.name).auditorConfig,
    cluster: topology.options.cluster,
    'evidence-dir': join(options.reportDir, 'evidence'),
    'report-dir': options.reportDir,
    lang: options.language,
  };
  return ['audit', 'run', ...Object.entries(given).flatMap(([name, value]) => [`--${name}`, value])];
}

interface OpenPorts {
  readonly metrics: readonly { readonly instance: string; readonly url: string }[];
  readonly consoles: readonly { readonly name: string; readonly url: string }[];
  readonly serviceUrl: string;
  readonly primaryPort: number;
}

/** Ports of 127.0.0.1 that lead to the programs of the lab: their own numbers where those are free. */
async function openPorts(lab: Lab): Promise<OpenPorts> {
  const { monitor, members } = lab.topology;
  const open = async (host: string, port: number): Promise<number> => {
    const local = (await isPortFree(port)) ? port : await nextFreePort(port + 1);
    return (await lab.forward(host, port, local)).port;
  };
  const metrics: { readonly instance: string; readonly url: string }[] = [];
  // One after the other: each looks for the next free port.
  for (const { name } of members) {
    metrics.push({ instance: name, url: `http://127.0.0.1:${await open(name, labPorts.pgExporter)}/metrics` });
  }
  const consoles: { readonly name: string; readonly url: string }[] = [];
  for (const [name, port, path] of [
    ['HAProxy', labPorts.haproxy, '/'],
    ['VictoriaMetrics', labPorts.victoriaMetrics, '/vmui'],
    ['vmalert', labPorts.vmalert, '/'],
    ['Alertmanager', labPorts.alertmanager, '/'],
  ] as const) {
    consoles.push({ name, url: `http://127.0.0.1:${await open(monitor.name, port)}${path}` });
  }
  const serviceUrl = `http://127.0.0.1:${await open(monitor.name, labPorts.auditor)}/`;
  return { metrics, consoles, serviceUrl, primaryPort: await open(monitor.name, labPorts.primary) };
}

/** A connection string of the application, through HAProxy and PgBouncer; the password is in a file. */
async function appDsn(lab: Lab, port: number): Promise<string> {
  const directory = join(lab.directory, lab.topology.monitor.name);
  const passfile = join(directory, 'quickstart-app.pgpass');
  const { user, password } = lab.credentials.app_rw;
  await writeFileAtomic(passfile, `*:*:*:${user}:${password}\n`, 0o600);
  const authority = join(directory, 'pki-root', 'ca.crt');
  return `host=localhost port=${port} dbname=app user=${user} sslmode=verify-full sslrootcert=${authority} passfile=${passfile}`;
}

/** Until Ctrl-C, or until the lab ends by itself, which is a failure. */
async function untilInterrupted({ context, texts, lab }: FullQuickstart): Promise<ExitCode> {
  while (!context.signal.aborted) {
    if (!(await lab.isAlive())) {
      context.stderr.write(`${texts.labEnded(downCommand)}\n`);
      return exitCode.incomplete;
    }
    await sleep(1_000, undefined, { signal: context.signal }).catch(() => {});
  }
  return exitCode.ok;
}
