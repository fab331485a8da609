import { expect, it } from 'vitest';
import { startDemoCluster } from '@pgattest/lab';
import { discover } from '../../packages/audit/src/inventory/discover.ts';
import { collect } from '../../packages/audit/src/collect.ts';
import { assess } from '../../packages/audit/src/assess.ts';
import { sealRun } from '../../packages/audit/src/evidence/seal.ts';
import { emptyEvaluation } from '../../packages/audit/src/snapshot.fixture.ts';
import { auditRules } from '../../packages/audit/src/rules.ts';
import { probes } from '../../packages/audit/src/probes/index.ts';

it('x', async () => {
  const cluster = await startDemoCluster();
  try {
    const inv = await discover({ name: 'pg-demo', instances: cluster.nodes.map((n) => ({ name: n.name, dsn: cluster.dsn(n, 'auditor') })) }, {});
    console.log(inv.subjects);
    const t = Date.now();
    const snap = await collect(inv, { probes, concurrency: 4, connectTimeoutMs: 5000, probeTimeoutMs: 10000, lockTimeoutMs: 1000, runId: 'r', tool: { name: 'pgattest', version: '0' }, now: () => new Date(), signal: AbortSignal.timeout(60000) });
    console.log('ms', Date.now() - t, snap.observations.map((o) => [o.probe, o.subject, o.observation.status, o.observation.status === 'ok' ? '' : o.observation.message]));
    const sealed = sealRun(snap, emptyEvaluation);
    const a = assess(snap, sealed.manifest, { ...emptyEvaluation, frameworks: ['mlps-l3', 'soc2'] }, auditRules);
    console.log(a.findings.map((f) => [f.id, f.outcome, f.reason.en]));
    expect(1).toBe(1);
  } finally {
    await cluster.stop();
  }
}, 120000);
