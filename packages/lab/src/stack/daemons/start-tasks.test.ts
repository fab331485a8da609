import { describe, expect, it } from 'vitest';
import type { RunResult } from '../stack-run.ts';
import { etcdAccessTask } from './etcd-access.ts';
import { fixtureMaterials, fixtureSecrets } from './materials.fixture.ts';
import { planTimersTask } from './patroni-tasks.ts';
import { backupTasks } from './pgbackrest.ts';
import { firstScrapeTask } from './scrape-targets.ts';
import { stackOf } from './stack-run.fixture.ts';

const materials = fixtureMaterials();
const ended = (code: number | undefined, stderr = ''): RunResult => ({ code, stdout: '', stderr });

/** etcdctl as it behaves before and after access control is on. */
function etcdctl(initially: { readonly isOn: boolean; readonly refuses?: string }) {
  const calls: string[] = [];
  const inputs: string[] = [];
  let { isOn } = initially;
  const run = async (
    host: string,
    argv: readonly [string, ...string[]],
    options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
  ): Promise<RunResult> => {
    const command = argv.slice(1).join(' ');
    calls.push(`${host}: ${command}`);
    if (options.input !== undefined) inputs.push(options.input);
    if (command === initially.refuses) return ended(1, 'Error: context deadline exceeded');
    if (isOn && options.env?.['ETCDCTL_USER'] === undefined) return ended(1, 'Error: etcdserver: user name is empty');
    if (command === 'auth enable') isOn = true;
    return ended(0);
  };
  return { calls, inputs, run };
}

describe('access control of etcd', () => {
  it('is set up through one member, with passwords on standard input alone', async () => {
    const { calls, inputs, run } = etcdctl({ isOn: false });
    expect(await etcdAccessTask(materials).run(stackOf(materials, { run }))).toBe('root, pg-test');
    expect(calls).toContain('etcd-1: auth enable');
    expect(calls.join('\n')).not.toContain('secret');
    expect(inputs).toEqual([`${fixtureSecrets.etcdRoot}\n`, `${fixtureSecrets.etcdPatroni}\n`]);
  });

  it('is left alone when it is on', async () => {
    const { calls, run } = etcdctl({ isOn: true });
    expect(await etcdAccessTask(materials).run(stackOf(materials, { run }))).toBe('already there');
    expect(calls).toEqual(['etcd-1: user list', 'etcd-1: user list']);
  });

  it('fails with the command and the words of etcdctl', async () => {
    const { run } = etcdctl({ isOn: false, refuses: 'role add pg-test' });
    await expect(etcdAccessTask(materials).run(stackOf(materials, { run }))).rejects.toThrow(
      'etcdctl role add pg-test failed on etcd-1: exit code 1: Error: context deadline exceeded',
    );
  });
});

describe('backups', () => {
  it('run on the primary, wherever it is, as the user of the server', async () => {
    const calls: unknown[] = [];
    const run = stackOf(materials, {
      findPrimary: async () => 'pg-test-2',
      run: async (host, argv, options) => {
        calls.push([host, argv.join(' '), options?.user, options?.env?.['PGBACKREST_CONFIG']]);
        return ended(0);
      },
      sql: async () => [],
    });
    for (const task of backupTasks(materials)) await task.run(run);
    const config = '/lab/pg-test-2/pgbackrest.conf';
    expect(calls).toEqual([
      ['pg-test-2', '/usr/bin/pgbackrest --stanza=pg-test stanza-create', 'postgres', config],
      ['pg-test-2', '/usr/bin/pgbackrest --stanza=pg-test --repo=1 --type=full backup', 'postgres', config],
      ['pg-test-2', '/usr/bin/pgbackrest --stanza=pg-test --repo=2 --type=full backup', 'postgres', config],
    ]);
  });

  it('say why there is none', async () => {
    const [stanza] = backupTasks(materials);
    const without = stackOf(materials, { findPrimary: async () => undefined });
    await expect(stanza?.run(without)).rejects.toThrow('pgbackrest stanza-create needs a primary, and there is none');
    const failing = stackOf(materials, {
      findPrimary: async () => 'pg-test-1',
      run: async () => ended(47, 'P00 INFO: x\nERROR: [047]: unable to create path'),
    });
    await expect(stanza?.run(failing)).rejects.toThrow(
      'cannot run pgbackrest stanza-create on pg-test-1: exit code 47: ERROR: [047]: unable to create path',
    );
    const hanging = stackOf(materials, { findPrimary: async () => 'pg-test-1', run: async () => ended(undefined) });
    await expect(stanza?.run(hanging)).rejects.toThrow('did not end in time and was killed');
  });
});

const answer = (...targets: readonly (readonly [string, string])[]) => ({
  status: 200,
  body: JSON.stringify({
    data: { activeTargets: targets.map(([scrapeUrl, health]) => ({ scrapeUrl, health, lastError: '' })) },
  }),
});

describe('the first scrape', () => {
  it('is over when each target was up once, not all at the same time', async () => {
    const answers = [
      { status: 503, body: '' },
      answer(['a', 'down'], ['b', 'down']),
      answer(['a', 'up'], ['b', 'down']),
      answer(['a', 'down'], ['b', 'up']),
    ];
    const run = stackOf(materials, { http: async () => answers.shift() });
    expect(await firstScrapeTask.run(run)).toBeUndefined();
    expect(answers).toEqual([]);
  });
});

describe('timers of the plan', () => {
  it('are set in both clusters through any member that answers', async () => {
    const both = fixtureMaterials({ rto: 'fast', standbyCluster: { delaySeconds: 0 } });
    const asked: unknown[] = [];
    const run = stackOf(both, {
      patroni: async (member, method, path, body) => {
        asked.push([member, method, path, body]);
        return member === 'pg-test-1' ? undefined : { status: 200, body: '' };
      },
    });
    await planTimersTask(both).run(run);
    const timers = { ttl: 20, loop_wait: 5, retry_timeout: 5 };
    expect(asked).toEqual([
      ['pg-test-1', 'PATCH', '/config', timers],
      ['pg-test-2', 'PATCH', '/config', timers],
      ['pg-testb-1', 'PATCH', '/config', timers],
    ]);
  });

  it('are not said to be set when Patroni refuses', async () => {
    const run = stackOf(materials, { patroni: async () => ({ status: 401, body: 'no auth header received' }) });
    await expect(planTimersTask(materials).run(run)).rejects.toThrow(
      'cannot set the timers of pg-test: pg-test-3 answers 401 no auth header received',
    );
  });
});
