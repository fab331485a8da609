import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  canaryTableSql,
  clusterHealth,
  labPorts,
  startLab,
  type Lab,
  type LabOptions,
  type LabWriterTarget,
  type StartLabSite,
} from '@pgattest/lab';
import { createProgress } from '@pgattest/runtime';
import { afterAll, beforeAll } from 'vitest';
import { saveRows, type ResultRow } from './results.ts';
import { describeSight, look } from './sight.ts';

/** A lab of one test file, and what the file learnt with it. */
export interface HaLab {
  readonly lab: Lab;
  readonly variant: string;
  /** How a client writes through the primary service. */
  readonly target: LabWriterTarget;
  /** Faults that were applied and healed. */
  readonly healed: Set<string>;
  addRow(row: Omit<ResultRow, 'variant'>): void;
  /** Changes Patroni's dynamic configuration and waits until every member works with it. */
  configure(change: Readonly<Record<string, unknown>>): Promise<void>;
  /** `5/1/3` as it is now. */
  timers(): Promise<string>;
  untilHealthy(): Promise<void>;
  /** The last lines of the logs that tell what happened. */
  diagnose(): Promise<string>;
  end(): Promise<void>;
}

const root = new URL('../../../', import.meta.url).pathname;
const entry = join(root, 'packages/cli/dist/bin/pgattest.js');

/** For each connection and each answer of the writer. */
export const clientTimeoutMs = 2_000;

/** Starts a lab for a test file. A failed start says why, with the logs. */
export async function startHaLab(
  variant: string,
  options: Partial<LabOptions>,
  site: Pick<StartLabSite, 'rulesDirectory'> = {},
): Promise<HaLab> {
  const started = Date.now();
  const lab = await startLab(
    { name: `ha-${variant}-${process.pid}`, rto: 'test', ...options },
    { entry, progress: createProgress(process.stderr, { quiet: false }), ...site },
  );
  process.stderr.write(`lab ${variant} is up after ${((Date.now() - started) / 1_000).toFixed(1)} s\n`);
  const rows: ResultRow[] = [];
  const health = (): (() => Promise<string | undefined>) => clusterHealth(lab);

  const untilHealthy = async (): Promise<void> => {
    const question = health();
    await poll('the cluster is healthy', question, 180_000);
  };
  try {
    const forwarded = await lab.forward(lab.topology.monitor.name, labPorts.primary);
    const primary = await lab.findPrimary();
    if (primary === undefined) throw new Error('the lab came up without a primary');
    await lab.sql(primary, canaryTableSql, { database: 'app' });
    const { user, password } = lab.credentials.app_rw;
    return {
      lab,
      variant,
      target: {
        host: forwarded.host,
        port: forwarded.port,
        user,
        password,
        database: 'app',
        authority: readFileSync(join(lab.directory, lab.topology.monitor.name, 'pki-root', 'ca.crt'), 'utf8'),
        everyMs: 80,
        timeoutMs: clientTimeoutMs,
        payloadBytes: 64,
      },
      healed: new Set(),
      addRow(row) {
        rows.push({ variant, ...row });
        saveRows(variant, rows);
      },
      configure: async (change) => configure(lab, change),
      timers: async () => readTimers(lab),
      untilHealthy,
      diagnose: async () => diagnose(lab),
      end: async () => lab.down(),
    };
  } catch (error) {
    await lab.down();
    throw error;
  }
}

/**
 * One lab for the tests of a file or of a `describe`: started before the first, ended after the last. Call the result
 * within tests.
 */
export function useHaLab(
  variant: string,
  options: Partial<LabOptions>,
  configuration: Readonly<Record<string, unknown>> = {},
  site: Pick<StartLabSite, 'rulesDirectory'> = {},
): () => HaLab {
  let started: HaLab | undefined;
  beforeAll(async () => {
    started = await startHaLab(variant, options, site);
    if (Object.keys(configuration).length > 0) await started.configure(configuration);
  }, 400_000);
  afterAll(async () => {
    await started?.end();
  }, 60_000);
  return () => {
    if (started === undefined) throw new Error(`lab ${variant} did not start`);
    return started;
  };
}

/** Asks until there is nothing missing any more. Errors: the last thing that was missing. */
export async function poll(
  what: string,
  question: () => Promise<string | undefined>,
  timeoutMs: number,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const missing = await question();
    if (missing === undefined) return;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs / 1_000} s; ${missing}`);
    await sleep(250);
  }
}

async function configure(lab: Lab, change: Readonly<Record<string, unknown>>): Promise<void> {
  const primary = await lab.findPrimary();
  if (primary === undefined) throw new Error('no primary takes a change of the configuration');
  const answer = await lab.patroni(primary, 'PATCH', '/config', change);
  if (answer?.status !== 200) throw new Error(`PATCH /config: ${answer?.status ?? 'no answer'} ${answer?.body ?? ''}`);
  // A member that reached etcd in a later second has read the new configuration with everything else.
  const patchedAt = Date.now() / 1_000;
  await poll(
    'every member has the new configuration',
    async () => {
      const { members } = await look(lab);
      return members.find(({ patroni }) => (patroni?.etcdSeen ?? 0) < patchedAt + 1)?.name;
    },
    120_000,
  );
  await poll('the cluster is healthy with the new configuration', clusterHealth(lab), 120_000);
}

async function readTimers(lab: Lab): Promise<string> {
  const primary = await lab.findPrimary();
  const answer = primary === undefined ? undefined : await lab.patroni(primary, 'GET', '/config');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Patroni's own configuration
  const config = JSON.parse(answer?.body ?? '{}') as Record<string, number>;
  return `${config['ttl'] ?? '?'}/${config['loop_wait'] ?? '?'}/${config['retry_timeout'] ?? '?'}`;
}

async function diagnose(lab: Lab): Promise<string> {
  const sight = await look(lab).then(describeSight, (error: unknown) => `cannot look: ${String(error)}`);
  const logs = lab.topology.members.map(({ name }) => {
    const file = join(lab.directory, 'log', `patroni@${name}.log`);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-25);
    return [`-- ${file}`, ...lines].join('\n');
  });
  return [sight, ...logs].join('\n');
}
