import { describe, expect, it } from 'vitest';
import { findingOf } from '../finding.fixture.ts';
import type { AuditRun } from '../run.ts';
import { observed, snapshotOf, unavailable } from '../snapshot.fixture.ts';
import { auditFamilies } from './metrics.ts';
import type { ClusterState } from './state.ts';

const snapshotOfInstances = snapshotOf(
  ['pg-test-1', 'pg-test-2'],
  [
    observed('pg.x', 'pg-test-1', 1),
    unavailable('pg.x', 'pg-test-2', 'unreachable', 'gone'),
    observed('patroni.x', 'pg-test-1.patroni', 1),
    unavailable('patroni.y', 'pg-test-1.patroni', 'permission_denied', 'no'),
    unavailable('etcd.x', 'etcd-1.etcd', 'timeout', 'silent'),
  ],
);
const snapshot = {
  ...snapshotOfInstances,
  subjects: [
    ...snapshotOfInstances.subjects,
    { id: 'pg-test-1.patroni', kind: 'patroni', cluster: 'pg-test', member: 'pg-test-1' },
    { id: 'etcd-1.etcd', kind: 'etcd', cluster: 'pg-test', member: 'etcd-1' },
  ],
};
const run = {
  snapshot,
  assessment: {
    findings: [
      findingOf('pg-a', 'pg-test-1', 'pass'),
      findingOf('pg-a', 'pg-test-2', 'error'),
      findingOf('node-b', 'pg-test', 'error', {
        undecided: { probe: 'node.b', subject: 'pg-test', code: 'not_configured', message: 'not declared' },
      }),
      findingOf('waiver-expired', 'pg-test', 'fail', { id: 'waiver-expired/RISK-7', severity: 'medium' }),
    ],
    clauseResults: [{ framework: 'soc2', clause: 'CC6.1', outcome: 'met', reason: { en: '', zh: '' }, findings: [] }],
    frameworks: [],
  },
};
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parts of a run that metrics read
const latest = { run: run as unknown as AuditRun, reportFolder: '/reports/pg-test/run' };
const done: ClusterState = {
  cluster: 'pg-test',
  latest,
  attempt: { endedAt: '2026-11-21T20:33:31.000Z', durationMs: 1500 },
};
const soon = new Date('2026-11-21T20:34:30.000Z');
const lines = (state: ClusterState, now = soon) =>
  auditFamilies([state], now, 60_000).flatMap(({ name, labelNames, samples }) =>
    samples.map(({ labels, value }) => {
      const pairs = labelNames.map((label, index) => `${label}=${labels[index]}`).join(',');
      return `${name.replace('pgattest_audit_', '')}{${pairs}} ${value}`;
    }),
  );

describe('auditFamilies', () => {
  it('shows verdicts, reachability and the age of the evidence at the time of the scrape', () => {
    const shown = lines(done);
    // Every combination is there, so that none differs from "not audited".
    expect(shown.filter((line) => line.startsWith('findings{')).length).toBe(50);
    expect(shown.filter((line) => !/^findings\{.* 0$/u.test(line))).toEqual([
      'up{} 1',
      `last_run_timestamp_seconds{cls=pg-test} ${Date.parse('2026-11-21T20:33:30.000Z') / 1000}`,
      'run_duration_seconds{cls=pg-test} 1.5',
      'run_success{cls=pg-test} 1',
      'evidence_age_seconds{cls=pg-test} 60',
      'subject_reachable{cls=pg-test,subject=pg-test-1,kind=instance} 1',
      'subject_reachable{cls=pg-test,subject=pg-test-2,kind=instance} 0',
      'subject_reachable{cls=pg-test,subject=pg-test-1.patroni,kind=patroni} 1',
      'subject_reachable{cls=pg-test,subject=etcd-1.etcd,kind=etcd} 0',
      'findings{cls=pg-test,outcome=fail,severity=medium} 1',
      'findings{cls=pg-test,outcome=error,severity=high} 1',
      'findings{cls=pg-test,outcome=pass,severity=high} 1',
      'findings{cls=pg-test,outcome=not_configured,severity=high} 1',
      'check_outcome{cls=pg-test,subject=pg-test-1,check=pg-a,severity=high,outcome=pass} 1',
      'check_outcome{cls=pg-test,subject=pg-test-2,check=pg-a,severity=high,outcome=error} 1',
      'check_outcome{cls=pg-test,subject=pg-test,check=node-b,severity=high,outcome=not_configured} 1',
      'check_outcome{cls=pg-test,subject=RISK-7,check=waiver-expired,severity=medium,outcome=fail} 1',
      'clause_outcome{cls=pg-test,framework=soc2,clause=CC6.1,outcome=met} 1',
    ]);
  });

  it.each([
    ['the last attempt failed', { ...done, attempt: { endedAt: '', durationMs: 1, error: 'disk full' } }, soon],
    ['the evidence is older than two intervals', done, new Date('2026-11-21T20:35:31.000Z')],
  ])('never shows an old verdict as fresh when %s', (_, state, now) => {
    const shown = lines(state, now);
    expect(shown.filter((line) => /outcome=(pass|met|fail|error)\b/u.test(line))).toEqual([]);
    expect(shown).toContain('findings{cls=pg-test,outcome=stale,severity=high} 3');
    expect(shown).toContain('clause_outcome{cls=pg-test,framework=soc2,clause=CC6.1,outcome=not_assessed} 1');
  });

  it('says nothing of a cluster before its first run, and that the first attempt failed', () => {
    expect(lines({ cluster: 'pg-test' })).toEqual(['up{} 1']);
    const failed = { cluster: 'pg-test', attempt: { endedAt: '', durationMs: 20, error: 'disk full' } };
    expect(lines(failed)).toEqual(['up{} 1', 'run_duration_seconds{cls=pg-test} 0.02', 'run_success{cls=pg-test} 0']);
  });
});
