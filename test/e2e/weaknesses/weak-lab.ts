import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLab, type Lab } from '@pgattest/lab';
import { createProgress } from '@pgattest/runtime';
import { runAudit, type Verdicts } from './audit-run.ts';
import { primary } from './cast.ts';
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
  const config = join(lab.directory, lab.topology.monitor.name, 'auditor/audit.yml');
  const audit = async (): Promise<Verdicts> => runAudit(lab, config);
  return { lab, audit, dirty: new Set(), baseline: await settledBaseline(audit, tell) };
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
