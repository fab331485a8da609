import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLab, type Lab } from '@pgattest/lab';
import { createProgress } from '@pgattest/runtime';
import { parse, stringify } from 'yaml';
import { runAudit, type Verdicts } from './audit-run.ts';
import { changesFile, primary } from './cast.ts';
import { turnedSince, type Turned } from './compare.ts';
import { runOn } from './introduce/run-on.ts';

/** The hardened lab, and what an audit says of it before anything is weak. */
export interface WeakLab {
  readonly lab: Lab;
  readonly baseline: Verdicts;
  /** Hosts whose facts were collected when something was weak. */
  readonly dirty: Set<string>;
  /** One run, as the operator of the auditor would start it. */
  readonly audit: () => Promise<Verdicts>;
}

const entry = new URL('../../../packages/cli/dist/bin/pgattest.js', import.meta.url).pathname;

/**
 * Facts of the monitoring that a lab has only after a while: the rules of slow groups are evaluated every ten minutes, and
 * the first notification proves that they arrive.
 */
const slowToPass = ['monitoring-rules-loaded', 'monitoring-alerts-delivered', 'monitoring-auditor-watched'];
const settleMs = 1_200_000;

/** Starts the lab, hardens what an operator does after the installation, and waits until its audits say the same twice. */
export async function startWeakLab(tell: (line: string) => void): Promise<WeakLab> {
  const lab = await startLab(
    { name: `weak-${process.pid}`, rto: 'norm' },
    { entry, progress: createProgress(process.stderr, { quiet: false }) },
  );
  try {
    return await hardened(lab, tell);
  } catch (error) {
    await lab.down();
    throw error;
  }
}

/** A lab that runs, as the suite needs it. */
export async function hardened(lab: Lab, tell: (line: string) => void): Promise<WeakLab> {
  const leader = await lab.findPrimary();
  if (leader !== primary) throw new Error(`the primary of the lab is ${leader ?? 'nobody'}, not ${primary}`);
  await verifyBackups(lab);
  await lab.collectFacts();
  const config = await writeConfig(lab);
  const audit = async (): Promise<Verdicts> => runAudit(lab, config);
  return { lab, audit, dirty: new Set(), baseline: await settledBaseline(audit, tell) };
}

/**
 * The configuration of the lab's own auditor with an approved change: what this suite changes, and what it takes back, is
 * no surprise to whoever approves changes. The weakness of a change without approval takes that away.
 */
async function writeConfig({ directory, topology }: Lab): Promise<string> {
  const auditor = join(directory, topology.monitor.name, 'auditor');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a configuration of our own
  const config = parse(await readFile(join(auditor, 'audit.yml'), 'utf8')) as {
    readonly clusters: readonly { readonly records: object }[];
  };
  const day = 86_400_000;
  const [from, until] = [-1, 1].map((days) => new Date(Date.now() + days * day).toISOString());
  const approved = {
    id: 'CHG-1',
    approved_by: 'the suite of weaknesses',
    from,
    until,
    subjects: ['pg-test*', 'etcd-*', 'mon*'],
  };
  await writeFile(join(directory, changesFile), stringify({ changes: [approved] }));
  const clusters = config.clusters.map((one) => ({
    ...one,
    records: { ...one.records, changes_file: join(directory, changesFile) },
  }));
  const file = join(auditor, 'weaknesses.yml');
  await writeFile(file, stringify({ ...config, clusters }), { mode: 0o600 });
  return file;
}

/** What a schedule would do: the repositories are read back. */
async function verifyBackups(lab: Lab): Promise<void> {
  const { directory, topology } = lab;
  for (const repository of ['1', '2']) {
    await runOn(
      lab,
      primary,
      ['pgbackrest', `--stanza=${topology.options.cluster}`, `--repo=${repository}`, '--log-level-file=info', 'verify'],
      {
        user: 'postgres',
        env: { PGBACKREST_CONFIG: join(directory, primary, 'pgbackrest.conf') },
        timeoutMs: 120_000,
      },
    );
  }
}

async function settledBaseline(audit: () => Promise<Verdicts>, tell: (line: string) => void): Promise<Verdicts> {
  const end = Date.now() + settleMs;
  let last = await audit();
  for (;;) {
    await sleep(20_000);
    const next = await audit();
    const turned = turnedSince(last, next);
    const late = [...next.values()].filter(({ check, state }) => slowToPass.includes(check) && state !== 'pass');
    if (turned.length === 0 && late.length === 0) return next;
    const missing = [...turned.map(describeTurned), ...late.map(({ check, reason }) => `${check}: ${reason}`)];
    tell(`not settled: ${missing.join('; ')}`);
    if (Date.now() > end) throw new Error(`the lab does not settle: ${missing.join('; ')}`);
    last = next;
  }
}

const describeTurned = ({ check, subject, from, to }: Turned): string => `${check}/${subject} ${from} -> ${to}`;
