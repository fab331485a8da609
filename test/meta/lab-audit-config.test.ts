import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { auditRules, discover, loadAuditConfig, settingsOf } from '@pgattest/audit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditorDaemon } from '../../packages/lab/src/stack/daemons/auditor.ts';
import { fixtureMaterials, fixtureSecrets } from '../../packages/lab/src/stack/daemons/materials.fixture.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-lab-config-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

test('the auditor understands what the lab writes for it, and finds every component', async () => {
  const materials = { ...fixtureMaterials({ standbyCluster: { delaySeconds: 0 } }), directory };
  const { files } = auditorDaemon(materials);
  for (const { path, content, mode } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode });
  }
  const config = await loadAuditConfig(files[0]?.path ?? '', auditRules);
  const { clusters, evidenceDir } = settingsOf(config, ['soc2']);
  const inventories = await Promise.all(clusters.map((cluster) => discover(cluster, { env: {}, evidenceDir })));
  const kinds = inventories.map(({ subjects }) =>
    Object.fromEntries(
      [...new Set(subjects.map(({ kind }) => kind))].map((kind) => [
        kind,
        subjects.filter((subject) => subject.kind === kind).map(({ id }) => id),
      ]),
    ),
  );
  const [main, standby] = kinds;
  expect(main).toEqual({
    cluster: ['pg-test'],
    instance: ['pg-test-1', 'pg-test-2', 'pg-test-3'],
    patroni: ['pg-test-1.patroni', 'pg-test-2.patroni', 'pg-test-3.patroni'],
    pgbouncer: ['pg-test-1.pgbouncer', 'pg-test-2.pgbouncer', 'pg-test-3.pgbouncer'],
    node: ['pg-test-1', 'pg-test-2', 'pg-test-3', 'etcd-1', 'etcd-2', 'etcd-3', 'mon'].map((host) => `${host}.node`),
    etcd: ['etcd-1.etcd', 'etcd-2.etcd', 'etcd-3.etcd'],
    haproxy: ['mon.haproxy'],
    monitoring: ['pg-test.monitoring'],
    records: ['pg-test.records'],
  });
  expect(standby?.['haproxy']).toBeUndefined();
  expect(standby?.['instance']).toEqual(['pg-testb-1', 'pg-testb-2']);
  const shown = JSON.stringify(inventories);
  for (const secret of Object.values(fixtureSecrets)) expect(shown).not.toContain(secret);
});
