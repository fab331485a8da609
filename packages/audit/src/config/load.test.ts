import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditRules } from '../rules.ts';
import { settingsOf } from '../settings.ts';
import { holdsPassword } from './cluster-problems.ts';
import { defaultAuditConfig, loadAuditConfig } from './load.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-config-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function load(text: string, waivers?: string) {
  const file = join(directory, 'audit.yml');
  await writeFile(file, text);
  if (waivers !== undefined) await writeFile(join(directory, 'waivers.yml'), waivers);
  return loadAuditConfig(file, auditRules).catch((error: unknown) => (error instanceof Error ? error.message : error));
}
const clusters = `clusters:
  - name: pg-test
    instances:
      - { name: pg-test-1, dsn: "host=127.0.0.1 user=auditor passfile=/etc/pgpass" }
`;
const waiver = (id: string) => `{ id: ${id}, check: pg-x, subject: '*', reason: x, owner: dba, until: 2027-01-01 }`;

describe('loadAuditConfig', () => {
  it('fills every default and takes paths from the place of the file', async () => {
    const config = await load(`${clusters}evidence_dir: kept\nparams:\n  pg-tls-enabled: {}\n`);
    expect(config).toMatchObject({
      clusters: [{ name: 'pg-test', instances: [{ name: 'pg-test-1' }] }],
      evidence_dir: join(directory, 'kept'),
      report_dir: join(directory, 'reports'),
      fail_on: 'high',
      language: 'en',
      listen: '127.0.0.1:9855',
      waivers: [],
    });
  });

  it.each([
    ['a key that does not exist', `${clusters}evidence_dri: x\n`, /audit\.yml:5:1 .*evidence_dri.*evidence_dir/su],
    ['a check that does not exist', `${clusters}params:\n  pg-tls-enabeld: {}\n`, /audit\.yml:6:3 .*pg-tls-enabled/su],
    ['a framework that does not exist', `${clusters}frameworks: [soc3]\n`, /audit\.yml:5:14 /u],
    ['a duration without a unit', `${clusters}interval: 10\n`, /audit\.yml:5:11 \/interval/u],
    ['no cluster', 'clusters: []\n', /audit\.yml:1:11 \/clusters/u],
    [
      'a name that cannot be a label',
      clusters.replace('pg-test\n', 'PG_Test\n'),
      /audit\.yml:2:11 \/clusters\/0\/name/u,
    ],
    [
      'a waiver without an owner',
      `${clusters}waivers:\n  - { id: R1, check: a, subject: '*', reason: x, until: 2027-01-01 }\n`,
      /audit\.yml:6:5 .*owner/su,
    ],
    [
      'a waiver that ends on a day no calendar has',
      `${clusters}waivers: [${waiver('R1').replace('2027-01-01', '2027-02-31')}]\n`,
      /until of waiver R1 is no date of the calendar: 2027-02-31/u,
    ],
    [
      'a threshold below zero, which would excuse everything',
      `${clusters}params:\n  pg-tls-certificate: { failDays: -1000 }\n`,
      /audit\.yml:6:35 \/params\/pg-tls-certificate\/failDays must be >= 0/u,
    ],
  ])('names place and problem of %s', async (_, text, message) => {
    expect(await load(text)).toMatch(message);
  });

  it('types a parameter as its default is', async () => {
    const [check] = auditRules.checks.filter(({ params }) =>
      Object.values(params).some((value) => typeof value === 'number'),
    );
    const [name] = Object.entries(check?.params ?? {}).find(([, value]) => typeof value === 'number') ?? [];
    expect(await load(`${clusters}params:\n  ${check?.id}:\n    ${name}: many\n`)).toMatch(
      /audit\.yml:7:\d+ .*number/u,
    );
  });

  it('joins the waivers of the file and of the list, and refuses an id used twice', async () => {
    const text = `${clusters}waivers_file: waivers.yml\nwaivers: [${waiver('R1')}]\n`;
    expect(await load(text, `waivers: [${waiver('R2')}]\n`)).toMatchObject({ waivers: [{ id: 'R1' }, { id: 'R2' }] });
    expect(await load(text, `waivers: [${waiver('R1')}]\n`)).toBe('waiver R1 is declared twice');
    expect(await load(text, `waivers: [{ id: R3 }]\n`)).toMatch(/waivers\.yml:1:\d+ /u);
  });

  it('refuses an instance declared twice', async () => {
    const again = '      - { name: pg-test-1, dsn: "host=127.0.0.2" }\n';
    expect(await load(clusters + again)).toMatch(
      /audit\.yml:5:17 \/clusters\/0\/instances\/1\/name cluster or instance pg-test-1 is declared twice$/u,
    );
  });

  it('refuses a password and says where it belongs, without repeating it', async () => {
    const message = await load(clusters.replace('passfile=/etc/pgpass', 'password=hunter2'));
    expect(message).toMatch(
      /audit\.yml:4:33 \/clusters\/0\/instances\/0\/dsn dsn of instance pg-test-1 holds a password; .*passfile/u,
    );
    expect(message).not.toContain('hunter2');
  });
});

it.each([
  ['postgres://u:p@h/db', true],
  ['postgres://u@h/db?password=x', true],
  ["host=h password = 'a b'", true],
  ['host=h sslpassword=x', true],
  ['postgres://u@h:5432/db?passfile=/x', false],
  ['postgres://:5432/db?host=/run/pg', false],
  ['host=h passfile=/password=/x', false],
])('whether %s holds a password: %s', (dsn, expected) => {
  expect(holdsPassword(dsn)).toBe(expected);
});

it('settings are the configuration with durations in milliseconds', async () => {
  const config = await defaultAuditConfig(
    [{ name: 'pg-test', instances: [{ name: 'a', dsn: 'host=h' }] }],
    auditRules,
    {
      interval: '90s',
    },
  );
  expect(settingsOf(config, ['soc2'])).toMatchObject({
    intervalMs: 90_000,
    connectTimeoutMs: 5000,
    evaluation: { formatVersion: 1, frameworks: ['soc2'], waivers: [], params: {} },
  });
});

it('what persons wrote about an exception and on the cover loses its passwords before anything keeps it', async () => {
  const file = join(directory, 'audit.yml');
  await writeFile(
    file,
    `${clusters}header: { system: "Orders password=onTheCover1 of 2026" }
waivers:
  - { id: R1, check: pg-x, subject: '*', reason: "uses postgres://app:inAReason22@db/app", owner: dba, until: 2027-01-01 }
`,
  );
  const { evaluation } = settingsOf(await loadAuditConfig(file, auditRules), []);
  expect(evaluation.header).toEqual({ system: 'Orders password=*** of 2026' });
  expect(evaluation.waivers[0]?.reason).toBe('uses postgres://app:***@db/app');
});
