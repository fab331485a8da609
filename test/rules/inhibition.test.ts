import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  alertGroups,
  alertsOf,
  defaultSite,
  inhibitions,
  inhibitionsAmong,
  renderInhibitRules,
  ruleGroupsOf,
} from '@pgattest/monitoring';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { siteOfScenarios } from './site.fixture.ts';

const alerts = new Map(
  alertGroups.flatMap((group) => alertsOf(group, siteOfScenarios)).map((alert) => [alert.name, alert] as const),
);
const rank = { info: 0, warning: 1, critical: 2 } as const;
const pairs = inhibitions.flatMap((one) => one.hides.map((hidden) => ({ ...one, hidden })));

describe('the tree of causes', () => {
  test.each(pairs.map((pair) => [pair.cause, pair.hidden, pair] as const))('%s hides %s', (cause, hidden, { same }) => {
    const [source, target] = [alerts.get(cause), alerts.get(hidden)];
    expect(source?.name).toBe(cause);
    expect(target?.name).toBe(hidden);
    // A label that one of them lacks is never equal, and the rule never applies.
    for (const label of same) expect(source?.labels).toContain(label);
    for (const label of same) expect(target?.labels).toContain(label);
  });

  test('is no circle: nothing hides, through others, what hides it', () => {
    const below = (name: string, path: readonly string[]): readonly string[] =>
      path.includes(name)
        ? [[...path, name].join(' > ')]
        : pairs.filter(({ cause }) => cause === name).flatMap(({ hidden }) => below(hidden, [...path, name]));
    expect([...alerts.keys()].flatMap((name) => below(name, []))).toEqual([]);
  });

  test('a warning silences no page', () => {
    const quieter = pairs.filter(({ cause, hidden }) => {
      const [source, target] = [alerts.get(cause), alerts.get(hidden)];
      return source !== undefined && target !== undefined && rank[source.severity] < rank[target.severity];
    });
    expect(quieter.map(({ cause, hidden }) => `${cause} hides ${hidden}`)).toEqual([]);
  });

  test('nobody is named twice for the same cause and labels', () => {
    const keys = pairs.map(({ cause, hidden, same }) => `${cause} ${hidden} ${same.join(',')}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

describe('Alertmanager', () => {
  let dir = '';
  let server: ChildProcess | undefined;
  let url = '';
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'pgattest-inhibition-'));
    const rules = renderInhibitRules(inhibitionsAmong(inhibitions, ruleGroupsOf(siteOfScenarios)), defaultSite);
    writeFileSync(join(dir, 'alertmanager.yml'), `route: { receiver: none }\nreceivers: [{ name: none }]\n${rules}`);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = spawn(
      'prometheus-alertmanager',
      [
        `--config.file=${join(dir, 'alertmanager.yml')}`,
        `--storage.path=${join(dir, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const failed = new Promise<never>((_resolve, reject) => {
      server?.once('error', (error) => {
        reject(new Error(`prometheus-alertmanager did not start: ${error.message}; install the Debian package of that name`));
      });
      server?.once('exit', (code) => {
        reject(new Error(`prometheus-alertmanager ended with ${code}`));
      });
    });
    failed.catch(() => undefined);
    await Promise.race([failed, until(async () => (await fetch(`${url}/-/ready`)).ok)]);
  });
  afterAll(async () => {
    if (server?.exitCode === null && server.pid !== undefined) {
      const ended = new Promise((resolve) => server?.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
    }
    rmSync(dir, { recursive: true, force: true });
  });

  /** Which of the alerts that fire at once somebody is told about. `cls` tells the situations apart. */
  async function loud(
    cls: string,
    firing: readonly Readonly<Record<string, string>>[],
    expected: readonly string[],
  ): Promise<readonly string[]> {
    const sent = await fetch(`${url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(firing.map((labels) => ({ labels: { job: 'pgsql', cls, ...labels } }))),
    });
    expect(sent.status).toBe(200);
    const answered = async (query: string): Promise<readonly string[]> => {
      const response = await fetch(`${url}/api/v2/alerts?filter=${encodeURIComponent(`scenario="${cls}"`)}&${query}`);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the API of the server we started
      const list = (await response.json()) as readonly { readonly labels: Readonly<Record<string, string>> }[];
      return list.map(({ labels }) => labels['alertname'] ?? '').toSorted();
    };
    await until(async () => (await answered('')).length === firing.length);
    // It learns of causes a moment after it lists them.
    const deadline = Date.now() + 30_000;
    let told = await answered('inhibited=false');
    while (told.join() !== expected.join() && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      told = await answered('inhibited=false');
    }
    return told;
  }

  test.each([
    [
      'a node that is lost',
      [
        { alertname: 'PostgresInstanceUnreachable', ins: 'a-1' },
        { alertname: 'PatroniDown', ins: 'a-1' },
        { alertname: 'PostgresExporterDown', ins: 'a-1' },
        { alertname: 'PatroniDown', ins: 'a-2' },
      ],
      ['PatroniDown', 'PostgresInstanceUnreachable'],
    ],
    [
      'an outage of the primary',
      [
        { alertname: 'PostgresNoPrimary' },
        { alertname: 'PostgresDown', ins: 'a-1' },
        { alertname: 'PatroniClusterUnlocked' },
        { alertname: 'HaproxyNoPrimary', ins: 'mon', proxy: 'a-primary' },
        { alertname: 'PgbouncerPoolStalled', ins: 'a-1', datname: 'app' },
      ],
      ['PostgresNoPrimary'],
    ],
    [
      'a split brain behind a Patroni that was killed',
      [
        { alertname: 'PostgresMoreThanOnePrimary' },
        { alertname: 'PatroniOrphanPrimary', ins: 'a-1' },
        { alertname: 'PatroniDown', ins: 'a-1' },
      ],
      ['PostgresMoreThanOnePrimary'],
    ],
    [
      'a member whose Patroni was stopped, and its PostgreSQL with it',
      [
        { alertname: 'PostgresDown', ins: 'a-1' },
        { alertname: 'PatroniDown', ins: 'a-1' },
        { alertname: 'PatroniDown', ins: 'a-2' },
      ],
      ['PatroniDown', 'PostgresDown'],
    ],
    [
      'an etcd without majority, which all clusters rest on',
      [
        { alertname: 'EtcdQuorumLost', cls: 'etcd' },
        { alertname: 'EtcdMemberDown', cls: 'etcd', ins: 'etcd-2' },
        { alertname: 'EtcdMemberDown', cls: 'etcd', ins: 'etcd-3' },
        { alertname: 'PatroniFailsafeActive' },
        { alertname: 'PatroniDcsUnseen', ins: 'a-1' },
      ],
      ['EtcdQuorumLost'],
    ],
    [
      'a synchronous standby that was the last one: the chain of causes has three links',
      [
        { alertname: 'PostgresCommitsWaiting', ins: 'a-1' },
        { alertname: 'PostgresSyncStandbyLost', ins: 'a-1' },
        { alertname: 'PostgresNoFailoverCandidate', ins: 'a-1' },
      ],
      ['PostgresCommitsWaiting'],
    ],
    [
      'the last standby, which served all reads',
      [
        { alertname: 'PostgresNoFailoverCandidate', ins: 'a-1' },
        { alertname: 'HaproxyServiceDown', ins: 'mon', proxy: 'a-offline' },
        { alertname: 'HaproxyReplicasServedByBackup', ins: 'mon', proxy: 'a-replica' },
      ],
      ['PostgresNoFailoverCandidate'],
    ],
    [
      'two causes in two databases',
      [
        { alertname: 'PgbouncerPoolStalled', ins: 'a-1', datname: 'app', user: 'u' },
        { alertname: 'PgbouncerClientsWaiting', ins: 'a-1', datname: 'app' },
        { alertname: 'PgbouncerClientsWaiting', ins: 'a-1', datname: 'other' },
      ],
      ['PgbouncerClientsWaiting', 'PgbouncerPoolStalled'],
    ],
    [
      'a check that has just begun to fail',
      [
        { alertname: 'AuditCheckRegressed', subject: 'a-1', check: 'pg-tls-enabled' },
        { alertname: 'AuditCheckFailing', subject: 'a-1', check: 'pg-tls-enabled' },
        { alertname: 'AuditCheckFailing', subject: 'a-2', check: 'pg-tls-enabled' },
      ],
      ['AuditCheckFailing', 'AuditCheckRegressed'],
    ],
  ])('tells of %s by its cause alone', async (title, firing, expected) => {
    const scenario = title.replaceAll(/\W/g, '-');
    const labelled = firing.map((labels) => ({ cls: scenario, ...labels, scenario }));
    expect(await loud(scenario, labelled, expected)).toEqual(expected);
    // Ended, so that one etcd does not silence the clusters of the next situation.
    const ended = labelled.map((labels) => ({
      labels: { job: 'pgsql', ...labels },
      endsAt: new Date(Date.now() - 1000).toISOString(),
    }));
    await fetch(`${url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ended),
    });
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Polls until it holds; a server that does not answer yet has not. The deadline is that of the test. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (;;) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
