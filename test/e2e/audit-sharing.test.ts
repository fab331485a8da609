import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditRules, defaultAuditConfig, settingsOf, startAuditor } from '@pgattest/audit';
import { parseExposition, urlOf } from '@pgattest/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { quietLogger, SharingBench, until } from './audit-sharing-bench.ts';
import { etcdPasswords, startEtcdServer, type EtcdServer } from './etcd-server.ts';

const four = ['c1', 'c2', 'c3', 'c4'];
const minutes = 300_000;

describe('auditors that share clusters', () => {
  let etcd: EtcdServer;
  let bench: SharingBench;
  beforeEach(async () => {
    etcd = await startEtcdServer({ plain: true });
    bench = new SharingBench(etcd);
  }, minutes);
  afterEach(async () => {
    await bench.close();
    await etcd.stop();
  }, minutes);

  test(
    'one has all, a second one takes half, a third one its part, and one that leaves gives back',
    async () => {
      await bench.add('a', four);
      await until(() => bench.split(), [4]);
      const second = await bench.add('b', four);
      await until(() => bench.split(), [2, 2]);
      await bench.add('c', four);
      await until(() => bench.split(), [1, 1, 2]);
      const before = bench.filed.length;
      await until(() => new Set(bench.filed.slice(before).map(({ cluster }) => cluster)).size, 4);
      await second.auditor.close();
      expect(await etcd.etcdctl(['get', '--prefix', '--print-value-only', '/pgattest/audit/'])).not.toContain('b.');
      bench.forget(second);
      await until(() => bench.split(), [2, 2]);
      expect(bench.overlaps).toEqual([]);
    },
    minutes,
  );

  test(
    'clusters of one that is cut off are taken over; its run under way is not filed',
    async () => {
      const first = await bench.add('a', four);
      await bench.add('b', four);
      await until(() => bench.split(), [2, 2]);
      const [cluster = ''] = first.auditor.share?.held ?? [];
      bench.holdUp('a');
      await until(() => bench.isUnderWay('a', cluster), true);
      first.cut();
      await until(() => bench.split(), [0, 4]);
      expect(first.auditor.share?.isAlive).toBe(false);
      expect(first.auditor.share?.error).toMatch(/etcd/);
      await until(() => bench.isUnderWay('a', cluster), false);
      await until(() => (first.auditor.share?.abandoned ?? 0) > 0, true);
      const told = (): string | undefined =>
        first.auditor.states.find((state) => state.cluster === cluster)?.attempt?.error;
      await until(() => /no longer held|not audited/u.test(told() ?? ''), true);
      const before = bench.filed.length;
      await until(() => new Set(bench.filed.slice(before).map(({ by }) => by)), new Set(['b']));
      await until(() => bench.filed.slice(before).some((run) => run.cluster === cluster), true);
      bench.letGo('a');
      first.mend();
      await until(() => bench.split(), [2, 2]);
      expect(bench.overlaps).toEqual([]);
    },
    minutes,
  );

  test(
    'nothing is audited while etcd is down, which is said, and everything again when it is back',
    async () => {
      const members = [await bench.add('a', four), await bench.add('b', four)];
      await until(() => bench.split(), [2, 2]);
      await etcd.kill();
      await until(() => members.map(({ auditor }) => auditor.share?.isAlive), [false, false]);
      await until(() => bench.isIdle, true);
      const before = bench.started;
      await Promise.all(members.map(({ auditor }) => auditor.runNow()));
      expect(bench.started).toBe(before);
      const told = (): readonly string[] =>
        members
          .flatMap(({ auditor }) => auditor.states)
          .filter(({ attempt }) => attempt?.error?.startsWith('not audited: ') === true)
          .map(({ cluster }) => cluster)
          .toSorted();
      // Both tell it of a cluster that had just moved.
      await until(() => [...new Set(told())], four);
      expect(members.map(({ auditor }) => auditor.share?.auditors)).toEqual([undefined, undefined]);
      await etcd.launch();
      await until(() => bench.split(), [2, 2]);
      const filed = bench.filed.length;
      await until(() => new Set(bench.filed.slice(filed).map(({ cluster }) => cluster)).size, 4);
      expect(bench.overlaps).toEqual([]);
    },
    minutes,
  );

  test(
    'a run is not filed when somebody deleted the key meanwhile',
    async () => {
      await bench.add('a', ['c1']);
      await until(() => bench.filed.length > 0, true);
      bench.holdUp('a');
      await until(() => bench.isUnderWay('a', 'c1'), true);
      const before = bench.filed.length;
      await etcd.etcdctl(['del', '/pgattest/audit/c1']);
      bench.finishOne('a', 'c1');
      await until(() => (bench.members[0]?.auditor.share?.abandoned ?? 0) > 0, true);
      expect(bench.filed.length).toBe(before);
      bench.letGo('a');
      await until(() => bench.filed.length > before, true);
    },
    minutes,
  );
});

describe('the service', () => {
  let etcd: EtcdServer;
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pgattest-e2e-sharing-'));
    etcd = await startEtcdServer({ plain: true });
  }, minutes);
  afterAll(async () => {
    await etcd.stop();
    await rm(directory, { recursive: true, force: true });
  }, minutes);

  test(
    'shares by its configuration, shows so in metrics, and is not ready without etcd',
    async () => {
      const clusters = ['one', 'two'].map((name) => ({
        name,
        instances: [{ name: `${name}-1`, dsn: 'host=127.0.0.1 port=1 user=nobody dbname=postgres' }],
      }));
      const config = await defaultAuditConfig(clusters, auditRules, {
        evidence_dir: join(directory, 'evidence'),
        report_dir: join(directory, 'reports'),
        listen: '127.0.0.1:0',
        sharing: { endpoints: ['http://127.0.0.1:1', etcd.url], prefix: '/pgattest/audit', ttl: '5s', name: 'mon-1' },
      });
      const settings = settingsOf(config, ['soc2']);
      const service = await startAuditor({ settings, env: {}, logger: quietLogger() });
      try {
        const url = service.addresses.map((address) => urlOf(address))[0] ?? '';
        const get = async (path: string): Promise<string> => (await fetch(`${url}${path}`)).text();
        const metric = async (name: string): Promise<readonly number[] | undefined> =>
          parseExposition(await get('/metrics'))
            .find((family) => family.name === `pgattest_audit_sharing_${name}`)
            ?.samples.map(({ value }) => value);
        await until(() => get('/-/ready'), 'ready\n');
        await until(() => metric('held'), [1, 1]);
        await until(() => metric('lease_alive'), [1]);
        await until(() => metric('auditors'), [1]);
        expect((await metric('abandoned_runs_total'))?.length).toBe(1);
        const keys = await etcd.etcdctl(['get', '--prefix', '--keys-only', '/pgattest/']);
        expect(keys.split('\n').filter((key) => key !== '')).toEqual([
          expect.stringMatching(/^\/pgattest\/audit-members\/mon-1\.[0-9A-F]+$/),
          '/pgattest/audit/one',
          '/pgattest/audit/two',
        ]);
        await etcd.kill();
        await until(() => metric('lease_alive'), [0]);
        expect(await metric('held')).toEqual([0, 0]);
        expect(await get('/-/ready')).toMatch(/^nothing is audited without a lease in etcd: .*etcd/);
      } finally {
        await service.close();
      }
    },
    minutes,
  );
});

test(
  'a user of etcd that is limited to the prefix suffices, with TLS and a login',
  async () => {
    const etcd = await startEtcdServer();
    const bench = new SharingBench(etcd, { user: 'pg-test', password: etcdPasswords['pg-test'] });
    try {
      await etcd.enableAuth();
      const root = `root:${etcdPasswords.root}`;
      await etcd.etcdctl(['role', 'add', 'auditor'], root);
      await etcd.etcdctl(
        ['role', 'grant-permission', 'auditor', '--prefix=true', 'readwrite', '/pgattest/audit'],
        root,
      );
      await etcd.etcdctl(['user', 'grant-role', 'pg-test', 'auditor'], root);
      await bench.add('a', four);
      await until(() => bench.split(), [4]);
      await until(() => bench.filed.length >= 4, true);
      expect(bench.overlaps).toEqual([]);
    } finally {
      await bench.close();
      await etcd.stop();
    }
  },
  minutes,
);
