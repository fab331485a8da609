import { describe, expect, it } from 'vitest';
import {
  defineCheck,
  defineClusterCheck,
  fail,
  insufficientData,
  manual,
  pass,
  undecided,
  type AnyCheck,
  type Verdict,
} from './check.ts';
import { evaluate } from './evaluate.ts';
import { sealRun } from './evidence/seal.ts';
import { emptyEvaluation, observed, snapshotOf, unavailable } from './snapshot.fixture.ts';
import type { Snapshot } from './snapshot.ts';

const text = (en: string) => ({ en, zh: `中文 ${en}` });
const base = {
  catalogue: ['TLS-001'],
  title: text('title'),
  severity: 'high',
  rationale: text('why'),
  remediation: text('do'),
  fix: [],
} as const;
const sslEvidence = (actual: string, subject?: string) => ({
  fact: 'pg.settings' as const,
  at: 'ssl',
  actual,
  expected: text('on'),
  sql: `SELECT setting FROM pg_settings WHERE name = 'ssl'`,
  ...(subject === undefined ? {} : { subject }),
});

const sslOn = defineCheck({
  ...base,
  id: 'pg-x',
  needs: ['pg.settings'],
  params: { wanted: 'on' },
  evaluate({ 'pg.settings': settings }, { wanted }) {
    const actual = settings['ssl']?.value ?? '';
    return actual === wanted ? pass(text('good'), sslEvidence(actual)) : fail(text('bad'), sslEvidence(actual));
  },
});
const clusterCheck = (members: 'complete' | 'partial', judge: (known: number, all: number) => Verdict) =>
  defineClusterCheck({
    ...base,
    id: 'cluster-x',
    members,
    needs: ['pg.settings'],
    params: {},
    evaluate({ 'pg.settings': settings }) {
      const known = [...settings.values()].filter(({ status }) => status === 'ok').length;
      return judge(known, settings.size);
    },
  });

const setting = (value: string) => ({ value, unit: null, source: 'default', pendingRestart: false });
const on = observed('pg.settings', 'pg-test-1', { ssl: setting('on') });
const off = observed('pg.settings', 'pg-test-2', { ssl: setting('off') });

const run = (checks: readonly AnyCheck[], snapshot: Snapshot, params = {}) =>
  evaluate(checks, snapshot, { params, files: sealRun(snapshot, emptyEvaluation).manifest.files });

describe('evaluate', () => {
  it.each([
    ['manual', manual],
    ['insufficient_data', insufficientData],
  ] as const)('keeps what a check leaves open as %s, without calling it an error', (outcome, verdict) => {
    const open = defineCheck({
      ...base,
      id: 'pg-o',
      needs: [],
      params: {},
      evaluate: () => verdict(text('declare it')),
    });
    const [finding] = run([open], snapshotOf(['pg-test-1'], []));
    expect(finding).toMatchObject({ outcome, reason: text('declare it') });
    expect(finding).not.toHaveProperty('undecided');
  });

  it('judges every instance on its own facts, in declared order', () => {
    const findings = run([sslOn], snapshotOf(['pg-test-1', 'pg-test-2'], [on, off]));
    expect(findings.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['pg-x/pg-test-1', 'pass'],
      ['pg-x/pg-test-2', 'fail'],
    ]);
  });

  it('completes evidence with the command, the file and its hash', () => {
    const snapshot = snapshotOf(['pg-test-1'], [on]);
    const [finding] = run([sslOn], snapshot);
    expect(finding?.evidence).toEqual([
      {
        ...sslEvidence('on'),
        subject: 'pg-test-1',
        command: String.raw`psql -X -At -c 'SELECT setting FROM pg_settings WHERE name = '\''ssl'\''' 'host=pg-test-1'`,
        file: 'pg.settings/pg-test-1.json',
        sha256: sealRun(snapshot, emptyEvaluation).manifest.files.find(({ probe }) => probe === 'pg.settings')?.sha256,
      },
    ]);
  });

  it('answers error with the code and the message when a fact is unavailable', () => {
    const lost = unavailable('pg.settings', 'pg-test-1', 'permission_denied', 'cannot read pg_settings (42501)');
    const [finding] = run([sslOn], snapshotOf(['pg-test-1'], [lost]));
    expect(finding).toMatchObject({
      outcome: 'error',
      undecided: {
        probe: 'pg.settings',
        subject: 'pg-test-1',
        code: 'permission_denied',
        message: 'cannot read pg_settings (42501)',
      },
    });
    expect(finding?.reason.en).toContain('pg.settings @ pg-test-1: permission_denied');
    expect(finding?.reason.zh).toContain('无法判定');
  });

  it('answers error, not silence, for a fact that was never collected', () => {
    const [finding] = run([sslOn], snapshotOf(['pg-test-1'], []));
    expect(finding).toMatchObject({ outcome: 'error', undecided: { code: 'probe_failed' } });
  });

  it('answers error for a check that throws', () => {
    const broken = defineCheck({
      ...base,
      id: 'pg-broken',
      needs: ['pg.settings'],
      params: {},
      evaluate() {
        throw new TypeError('no such row');
      },
    });
    const [finding] = run([broken], snapshotOf(['pg-test-1'], [on]));
    expect(finding).toMatchObject({
      outcome: 'error',
      undecided: { code: 'check_failed', message: 'check pg-broken failed on pg-test-1: no such row' },
    });
  });

  it.each([
    ['without evidence', [] as const],
    ['with evidence on an instance that is not there', [sslEvidence('on', 'pg-test-9')] as const],
  ])('never lets a check pass %s', (_, evidence) => {
    const lazy = defineCheck({
      ...base,
      id: 'pg-lazy',
      needs: ['pg.settings'],
      params: {},
      evaluate: () => pass(text('trust me'), ...evidence),
    });
    const [finding] = run([lazy], snapshotOf(['pg-test-1'], [on]));
    expect(finding).toMatchObject({ outcome: 'error', undecided: { code: 'check_failed' } });
  });

  it('turns undecided into error and keeps the reason', () => {
    const unsure = defineCheck({
      ...base,
      id: 'pg-unsure',
      needs: ['pg.settings'],
      params: {},
      evaluate: () => undecided(text('history is too short'), sslEvidence('on')),
    });
    const [finding] = run([unsure], snapshotOf(['pg-test-1'], [on]));
    expect(finding).toMatchObject({
      outcome: 'error',
      reason: { en: 'history is too short' },
      undecided: { code: 'facts_incomplete', message: 'history is too short' },
      evidence: [{ at: 'ssl' }],
    });
  });

  it('lays overridden parameters over the defaults and shows which applied', () => {
    const [finding] = run([sslOn], snapshotOf(['pg-test-1'], [on]), { 'pg-x': { wanted: 'off' } });
    expect(finding).toMatchObject({ outcome: 'fail', params: { wanted: 'off' } });
  });

  it('dates a finding by its latest fact', () => {
    const late = observed('pg.settings', 'pg-test-1', { ssl: setting('on') }, '2026-11-21T20:33:25.000Z');
    const [finding] = run([sslOn], snapshotOf(['pg-test-1'], [late]));
    expect(finding?.at).toBe('2026-11-21T20:33:25.000Z');
  });
});

describe('evaluate, over the members of a cluster', () => {
  const lost = unavailable('pg.settings', 'pg-test-2', 'unreachable', 'cannot reach pg-test-2');
  const evidence = sslEvidence('on', 'pg-test-1');
  const passing = (known: number, all: number) => pass(text(`${known} of ${all}`), evidence);

  it('refuses to judge an incomplete cluster when the check needs every member', () => {
    const [finding] = run([clusterCheck('complete', passing)], snapshotOf(['pg-test-1', 'pg-test-2'], [on, lost]));
    expect(finding).toMatchObject({
      id: 'cluster-x/pg-test',
      outcome: 'error',
      undecided: { code: 'unreachable', subject: 'pg-test-2' },
    });
  });

  it('shows the missing member to a check that can judge without it', () => {
    const check = clusterCheck('partial', (known, all) => fail(text(`${known} of ${all} answer`), evidence));
    const [finding] = run([check], snapshotOf(['pg-test-1', 'pg-test-2'], [on, lost]));
    expect(finding).toMatchObject({ outcome: 'fail', reason: { en: '1 of 2 answer' } });
  });

  it('names the missing member when the check cannot judge without it', () => {
    const check = clusterCheck('partial', () => undecided(text('pg-test-2 may differ')));
    const [finding] = run([check], snapshotOf(['pg-test-1', 'pg-test-2'], [on, lost]));
    expect(finding).toMatchObject({
      outcome: 'error',
      reason: { en: 'pg-test-2 may differ' },
      undecided: { code: 'unreachable', subject: 'pg-test-2' },
    });
  });

  it('answers error when no member could be seen at all', () => {
    const none = unavailable('pg.settings', 'pg-test-1', 'timeout', 'no answer');
    const [finding] = run([clusterCheck('partial', passing)], snapshotOf(['pg-test-1', 'pg-test-2'], [none, lost]));
    expect(finding).toMatchObject({ outcome: 'error', undecided: { code: 'timeout' } });
  });

  it('answers error for a cluster without instances', () => {
    const [finding] = run([clusterCheck('partial', passing)], snapshotOf([], []));
    expect(finding).toMatchObject({ outcome: 'error', undecided: { code: 'not_configured' } });
  });
});

const ofPooler = (needs: readonly string[]): AnyCheck => ({
  ...sslOn,
  id: 'pooler-x',
  scope: 'pgbouncer',
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- facts that no probe has yet
  needs: needs as AnyCheck['needs'],
});

const node = (member: string) => ({ id: `${member}.node`, kind: 'node' as const, cluster: 'pg-test', member });

describe('evaluate, over the components of a member', () => {
  const twoMembers = snapshotOf(['pg-1', 'pg-2'], []);
  const cluster = { id: 'pg-test', kind: 'cluster' as const, cluster: 'pg-test' };

  it('says of a component nobody declared that it is not configured', () => {
    const [finding, ...more] = run([ofPooler(['pgbouncer.config'])], twoMembers);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      id: 'pooler-x/pg-test',
      outcome: 'error',
      undecided: { code: 'not_configured', subject: 'pg-test' },
    });
  });

  it('says so too of a check that rests on other facts alone', () => {
    const [finding] = run([ofPooler(['node.sysctl'])], twoMembers);
    expect(finding).toMatchObject({
      outcome: 'error',
      undecided: {
        code: 'not_configured',
        message: 'pgbouncer of pg-test is not configured; declare it, or name it under absent',
      },
    });
  });

  it('tells a check which kinds stand on other hosts than that of its subject', () => {
    const told = new Map<string, unknown>();
    const check = defineCheck({
      ...base,
      id: 'node-x',
      scope: 'node',
      needs: ['node.kernel'],
      params: {},
      evaluate: (_facts, _params, { subject, elsewhere }) => {
        told.set(subject, elsewhere);
        return undecided(text('?'));
      },
    });
    const etcd = { id: 'etcd-1.etcd', kind: 'etcd' as const, cluster: 'pg-test', member: 'etcd-1' };
    run([check], {
      ...twoMembers,
      subjects: [...twoMembers.subjects, node('pg-1'), node('etcd-1'), etcd],
      observations: [observed('node.kernel', 'pg-1.node', {}), observed('node.kernel', 'etcd-1.node', {})],
    });
    expect(Object.fromEntries(told)).toEqual({ 'pg-1.node': ['etcd'], 'etcd-1.node': ['instance'] });
  });

  it('does not apply to a component that is declared absent', () => {
    const subjects = [{ ...cluster, absent: ['pgbouncer' as const] }];
    const [finding] = run([ofPooler(['pgbouncer.config'])], { ...twoMembers, subjects });
    expect(finding).toMatchObject({ id: 'pooler-x/pg-test', outcome: 'not_applicable' });
  });

  it('misses the fact of a neighbour, not of another member', () => {
    const subjects = [
      ...twoMembers.subjects,
      { id: 'pg-1.pgbouncer', kind: 'pgbouncer' as const, cluster: 'pg-test', member: 'pg-1' },
      { id: 'pg-2.node', kind: 'node' as const, cluster: 'pg-test', member: 'pg-2' },
    ];
    const observations = [observed('pgbouncer.config', 'pg-1.pgbouncer', {}), observed('node.sysctl', 'pg-2.node', {})];
    const [finding] = run([ofPooler(['pgbouncer.config', 'node.sysctl'])], { ...twoMembers, subjects, observations });
    expect(finding).toMatchObject({ outcome: 'error', undecided: { code: 'not_configured', probe: 'node.sysctl' } });
  });

  it('does not apply to a host without a component that others have', () => {
    const ofNode = { ...ofPooler(['node.sysctl', 'pg.settings']), id: 'node-x', scope: 'node' as const };
    const subjects = [
      ...twoMembers.subjects,
      { id: 'etcd-1.node', kind: 'node' as const, cluster: 'pg-test', member: 'etcd-1' },
    ];
    const observations = [observed('node.sysctl', 'etcd-1.node', {})];
    const [finding] = run([ofNode], { ...twoMembers, subjects, observations });
    expect(finding).toMatchObject({
      outcome: 'not_applicable',
      reason: { en: 'does not apply: there is no instance on etcd-1' },
    });
  });
});

describe('evaluate, with facts that may be missing', () => {
  const refined: AnyCheck = defineClusterCheck({
    ...base,
    id: 'cluster-y',
    members: 'partial',
    needs: ['pg.settings', 'cluster.inventory'],
    optional: ['cluster.inventory'],
    params: {},
    evaluate({ 'pg.settings': settings, 'cluster.inventory': inventory }) {
      return pass(text(`${settings.size} ${inventory.size}`), sslEvidence('on', 'pg-test-1'));
    },
  });

  it('judges evidence that has none of them', () => {
    const [finding] = run([refined], snapshotOf(['pg-test-1'], [on]));
    expect(finding).toMatchObject({ outcome: 'pass', reason: { en: '1 0' } });
  });

  it('shows them where they are, available or not', () => {
    const failed = unavailable('cluster.inventory', 'pg-test', 'timeout', 'no answer');
    const [finding] = run([refined], snapshotOf(['pg-test-1'], [on, failed]));
    expect(finding).toMatchObject({ outcome: 'pass', reason: { en: '1 1' } });
  });
});
