import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderAlertmanagerConfig } from './alertmanager.ts';
import { renderAuditorConfig } from './auditor-config.ts';
import { auditorDaemon } from './auditor.ts';
import { findExporterProblem } from './exporters.ts';
import { fixtureMaterials, fixtureVariants } from './materials.fixture.ts';
import { renderScrapeConfig } from './scrape-config.ts';
import { targetsDown } from './scrape-targets.ts';

const materials = fixtureMaterials({ standbyCluster: { delaySeconds: 0 } });

interface ScrapeDocument {
  readonly scrape_configs: readonly {
    readonly job_name: string;
    readonly static_configs: readonly { readonly targets: readonly string[]; readonly labels: object }[];
  }[];
}

describe('the scrape configuration', () => {
  it('labels exporters and Patroni of every member as Pigsty does', () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own text, read back
    const { scrape_configs: jobs } = parse(renderScrapeConfig(materials.topology)) as ScrapeDocument;
    const pgsql = jobs.find((job) => job.job_name === 'pgsql')?.static_configs ?? [];
    const portsOf = (address: string): readonly string[] =>
      pgsql.flatMap(({ targets }) => targets).filter((target) => target.startsWith(`${address}:`));
    expect(portsOf('198.51.100.11')).toHaveLength(4);
    // No backups of its own.
    expect(portsOf('198.51.100.31')).not.toContain('198.51.100.31:9854');
    expect(pgsql).toContainEqual({
      targets: ['198.51.100.32:8008'],
      labels: { cls: 'pg-testb', ins: 'pg-testb-2', ip: '198.51.100.32' },
    });
    expect(pgsql).toContainEqual({
      targets: ['198.51.100.11:9630'],
      labels: { cls: 'pg-test', ins: 'pg-test-1', ip: '198.51.100.11' },
    });
    expect(jobs.map((job) => job.job_name)).toEqual(['pgsql', 'etcd', 'node', 'pgattest-audit', 'infra']);
  });
});

const target = (health: string, lastError: string) => ({ scrapeUrl: 'http://x/metrics', health, lastError });
const answer = (...targets: readonly object[]) => JSON.stringify({ data: { activeTargets: targets } });

describe('targets that are not scraped', () => {
  it('are named with the reason', () => {
    expect(targetsDown(answer(target('up', ''), target('down', 'refused')))).toEqual([
      { url: 'http://x/metrics', error: 'refused' },
    ]);
    expect(targetsDown(answer(target('up', '')))).toEqual([]);
  });

  it('are not none when there are no targets, or no answer', () => {
    expect(targetsDown(answer())).toBeUndefined();
    expect(targetsDown('<html>')).toBeUndefined();
    expect(targetsDown('null')).toBeUndefined();
  });
});

const problem = (given: { readonly status: number; readonly body: string } | undefined) =>
  findExporterProblem(given, 'http://x/metrics', /^pg_up(?:\{[^}]*\})? 1$/mu);

describe('an exporter', () => {
  it.each([
    [undefined, /does not answer at http:/u],
    [{ status: 503, body: '' }, /answers 503/u],
    [{ status: 200, body: 'pg_up 0\n' }, /cannot use what it observes yet/u],
  ])('that answers %j is not ready', (given, words) => {
    expect(problem(given)).toMatch(words);
  });

  it('is ready when it can use its server', () => {
    expect(problem({ status: 200, body: '# HELP pg_up x\npg_up{ins="a"} 1\n' })).toBeUndefined();
  });
});

it('Alertmanager waits for a cause, tells the webhook, and tells it when it is over', () => {
  const inhibitRules = [{ source_matchers: ['alertname = A'], target_matchers: ['alertname = B'], equal: ['cls'] }];
  expect(parse(renderAlertmanagerConfig(materials.topology))).not.toHaveProperty('inhibit_rules');
  expect(parse(renderAlertmanagerConfig(materials.topology, inhibitRules))).toMatchObject({
    inhibit_rules: inhibitRules,
    route: { receiver: 'webhook', group_wait: '15s' },
    receivers: [{ webhook_configs: [{ url: 'http://198.51.100.10:9098/', send_resolved: true }] }],
  });
});

it('the auditor looks at every component of both clusters, and its configuration holds no password', () => {
  const text = renderAuditorConfig(materials);
  expect(text).not.toContain('secret');
  const node = { facts: '/lab/mon/auditor/nodes/pg-test-1.json' };
  const etcd = { members: [{ name: 'etcd-1', url: 'https://198.51.100.21:2379' }, {}, {}], user: 'pg-test' };
  expect(parse(text)).toMatchObject({
    clusters: [
      {
        name: 'pg-test',
        members: [
          { name: 'pg-test-1', patroni: { url: 'http://198.51.100.11:8008' }, pgbouncer: {}, node },
          { name: 'pg-test-2' },
          { name: 'pg-test-3' },
        ],
        etcd,
        haproxy: [{ name: 'mon', services: [{ name: 'pg-test-primary', port: 5433 }, {}, {}, {}] }],
        monitoring: { prometheus: {}, rules: {}, alertmanager: {} },
        records: { drill_dir: 'drills' },
      },
      {
        name: 'pg-testb',
        members: [{ name: 'pg-testb-1' }, { name: 'pg-testb-2' }],
        etcd: { user: 'pg-testb' },
        absent: ['haproxy'],
      },
    ],
    params: { 'cluster-members-declared': { known: ['pg-testb-1', 'pg-testb-2'] } },
    listen: '198.51.100.10:9855',
  });
});

it.each(fixtureVariants)(
  'the auditor of a lab with %s has a login for what its configuration names, 0600',
  (_, options) => {
    const { files } = auditorDaemon(fixtureMaterials(options));
    const named = [
      ...(files[0]?.content ?? '').matchAll(/(?:passfile=|password_file: |credentials_file: )(\S+)/gu),
    ].map(([, file]) => file);
    expect(new Set(named).size).toBe(3);
    for (const file of named)
      expect(files.find(({ path }) => path === file)).toMatchObject({ mode: 0o600, owner: 'root' });
  },
);

it('the auditor knows where things are on each host', () => {
  const { files } = auditorDaemon(fixtureMaterials());
  const pathsOf = (host: string): unknown =>
    parse(files.find(({ path }) => path === `/lab/mon/auditor/nodes/${host}.paths.yml`)?.content ?? '');
  expect(pathsOf('pg-test-2')).toMatchObject({ pgData: '/lab/pg-test-2/data', pgCert: '/lab/pg-test-2/pki-postgres' });
  expect(pathsOf('etcd-1')).toMatchObject({ etcdConfig: '/lab/etcd-1/etcd/etcd.yml', dataRoot: '/lab/etcd-1' });
  expect(pathsOf('mon')).toMatchObject({ haproxyConfig: '/lab/mon/haproxy/haproxy.cfg' });
});
