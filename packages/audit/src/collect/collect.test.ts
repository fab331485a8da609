import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectError, requestHttp } from '@pgattest/connect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect, liveLogId, type CollectOptions } from '../collect.ts';
import type { DeclaredCluster } from '../inventory/declared.ts';
import { discover } from '../inventory/discover.ts';
import { defineProbe, type AnyProbe, type Observation } from '../probe.ts';
import type { Snapshot } from '../snapshot.ts';

const servers: Server[] = [];
let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-collect-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
  await Promise.all(
    servers.splice(0).map(async (server) => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }),
  );
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

const answering: RequestListener = (_, response) => response.end('{}');
const hanging: RequestListener = () => undefined;

const asks = (id: string, live?: string): AnyProbe =>
  defineProbe({
    id,
    subject: 'patroni',
    title: id,
    privilege: 'none',
    grants: [],
    ...(live === undefined ? {} : { live }),
    async collect({ target, signal }) {
      const call = { component: 'Patroni', method: 'GET', path: `/${id}`, timeoutMs: 60_000, signal } as const;
      return (await requestHttp(target, call)).status;
    },
  });
const patroniProbes = [1, 2, 3, 4, 5, 6, 7].map((number) => asks(`patroni.p${number}`));

const clusterOf = (...urls: readonly string[]): DeclaredCluster => ({
  name: 'pg-test',
  members: urls.map((url, index) => ({
    name: `pg-test-${index + 1}`,
    dsn: `host=127.0.0.1 port=${index + 1} user=a`,
    patroni: { url },
  })),
});

async function run(
  cluster: DeclaredCluster,
  probes: readonly AnyProbe[],
  options: Partial<CollectOptions> = {},
): Promise<Snapshot> {
  return collect(await discover(cluster, { env: {} }), {
    probes,
    concurrency: 8,
    connectTimeoutMs: 2_000,
    probeTimeoutMs: 2_000,
    lockTimeoutMs: 100,
    runTimeoutMs: 60_000,
    livePauseMs: 1,
    runId: 'r',
    tool: { name: 'pgattest', version: '0.0.0' },
    now: () => new Date(),
    signal: AbortSignal.timeout(60_000),
    ...options,
  });
}

const seen = ({ observations }: Snapshot, subject: string): readonly Observation<unknown>[] =>
  observations.filter((record) => record.subject === subject).map(({ observation }) => observation);
const codesOf = (snapshot: Snapshot, subject: string): readonly string[] =>
  seen(snapshot, subject).map((observation) => (observation.status === 'ok' ? 'ok' : observation.code));
const messagesOf = (snapshot: Snapshot, subject: string): string =>
  seen(snapshot, subject)
    .map((observation) => (observation.status === 'ok' ? '' : observation.message))
    .join('\n');

describe('a component that hangs', () => {
  it('costs itself only, and not a deadline for each of its probes', async () => {
    const asked: string[] = [];
    const hung = await serve((request) => void asked.push(request.url ?? ''));
    const snapshot = await run(clusterOf(hung, await serve(answering)), patroniProbes);
    expect(codesOf(snapshot, 'pg-test-1.patroni')).toEqual(patroniProbes.map(() => 'timeout'));
    expect(codesOf(snapshot, 'pg-test-2.patroni')).toEqual(patroniProbes.map(() => 'ok'));
    // Three at a time, and nobody is asked after the third without an answer.
    expect(asked.length).toBeLessThanOrEqual(5);
    expect(messagesOf(snapshot, 'pg-test-1.patroni')).toContain('not asked');
  });

  it('is cut off by a probe deadline even when the probe forgets its signal', async () => {
    const deaf = defineProbe({
      id: 'patroni.deaf',
      subject: 'patroni',
      title: 'deaf',
      privilege: 'none',
      grants: [],
      collect: () => new Promise<never>(() => undefined),
    });
    expect(codesOf(await run(clusterOf('http://127.0.0.1:1'), [deaf]), 'pg-test-1.patroni')).toEqual(['timeout']);
  });

  it('is filed as not asked when the run has used up its time', async () => {
    const snapshot = await run(clusterOf(await serve(hanging)), patroniProbes, {
      probeTimeoutMs: 60_000,
      runTimeoutMs: 300,
    });
    expect(codesOf(snapshot, 'pg-test-1.patroni')).toEqual(patroniProbes.map(() => 'timeout'));
    expect(messagesOf(snapshot, 'pg-test-1.patroni')).toContain('run_timeout');
  });
});

it('keeps nothing of a run that is interrupted', async () => {
  const stop = new AbortController();
  const running = run(clusterOf(await serve(hanging)), patroniProbes, { signal: stop.signal, probeTimeoutMs: 60_000 });
  stop.abort(new DOMException('stop', 'AbortError'));
  await expect(running).rejects.toThrow('stop');
});

it('says of a refused port that it is unreachable, and of a refusal which privilege helps', async () => {
  const denied = defineProbe({
    id: 'patroni.denied',
    subject: 'patroni',
    title: 'denied',
    privilege: 'a place on the allowlist',
    grants: [],
    collect: () => Promise.reject(new ConnectError('permission_denied', 'kept out')),
  });
  const snapshot = await run(clusterOf('http://127.0.0.1:1'), [denied, asks('patroni.p1')]);
  expect(codesOf(snapshot, 'pg-test-1.patroni')).toEqual(['permission_denied', 'unreachable']);
  expect(messagesOf(snapshot, 'pg-test-1.patroni')).toContain('it needs a place on the allowlist');
});

it('announces live probes, starts one at a time, and files what was tried', async () => {
  let open = 0;
  let most = 0;
  const url = await serve((_, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      response.end('{}');
    }, 20);
  });
  const announced: string[] = [];
  const live = ['patroni.l1', 'patroni.l2', 'patroni.l3'].map((id) => asks(id, `asks for ${id}`));
  const snapshot = await run(clusterOf(url, `${url}/second`), live, {
    onLive: ({ probe, subject }) => announced.push(`${probe} ${subject}`),
  });
  expect(most).toBe(1);
  expect(announced).toHaveLength(6);
  const [log] = seen(snapshot, 'pg-test');
  expect(log).toMatchObject({ status: 'ok', value: [{ does: 'asks for patroni.l1' }, {}, {}, {}, {}, {}] });
  expect(snapshot.observations.some(({ probe }) => probe === liveLogId)).toBe(true);
});

it('says of a member without what its siblings have that nobody declared it', async () => {
  const url = await serve(answering);
  const [first] = clusterOf(url).members;
  const members = first === undefined ? [] : [first, { name: 'pg-test-2', dsn: 'host=127.0.0.1 port=2 user=a' }];
  const snapshot = await run({ name: 'pg-test', members }, [asks('patroni.p1')]);
  expect(codesOf(snapshot, 'pg-test-2.patroni')).toEqual(['not_configured']);
  expect(messagesOf(snapshot, 'pg-test-2.patroni')).toContain('declare it, or name it under absent of pg-test-2');
  const without = members.map((member) =>
    member.name === 'pg-test-2' ? { ...member, absent: ['patroni'] as const } : member,
  );
  expect((await run({ name: 'pg-test', members: without }, [asks('patroni.p1')])).subjects.map(({ id }) => id)).toEqual(
    ['pg-test', 'pg-test-1', 'pg-test-2', 'pg-test-1.patroni'],
  );
});

const documentOf = (over: object = {}): object => ({
  formatVersion: 1,
  host: 'pg-test-1',
  collectedAt: '2026-11-22T01:00:00.000Z',
  collector: { name: 'pgattest', version: '0.1.0', isRoot: true },
  observations: [
    {
      probe: 'node.kernel',
      observation: { status: 'ok', at: '2026-11-22T00:59:59.000Z', value: { release: '6.1' } },
    },
  ],
  ...over,
});

describe('facts that a node collector shipped', () => {
  const probe: AnyProbe = defineProbe({
    id: 'node.kernel',
    subject: 'node',
    title: 'kernel',
    privilege: 'none',
    grants: [],
    collect: () => Promise.reject(new Error('is never run here')),
  });

  async function readFacts(text: string | undefined, now = '2026-11-22T02:00:00.000Z'): Promise<Observation<unknown>> {
    const file = join(directory, 'node.json');
    if (text !== undefined) await writeFile(file, text);
    const node = { from: 'file', file, maxAgeMs: 7_200_000 } as const;
    const members = [{ name: 'pg-test-1', dsn: 'host=127.0.0.1 port=1 user=a', node }];
    const snapshot = await run({ name: 'pg-test', members }, [probe], { now: () => new Date(now) });
    const [observation] = seen(snapshot, 'pg-test-1.node');
    if (observation === undefined) throw new Error('no observation');
    return observation;
  }

  it('count with the time they were seen at', async () => {
    expect(await readFacts(JSON.stringify(documentOf()))).toEqual({
      status: 'ok',
      at: '2026-11-22T00:59:59.000Z',
      value: { release: '6.1' },
    });
  });

  it.each([
    ['absent', undefined, 'unreachable', /node\.json.*collect-node/u],
    ['no JSON', '{"a', 'invalid_data', /node\.json/u],
    ['of another form', '{"formatVersion": 2}', 'invalid_data', /node\.json:1:\d+ .*formatVersion/u],
    ['of another host', JSON.stringify(documentOf({ host: 'pg-test-9' })), 'invalid_data', /host pg-test-9, key host/u],
    ['from the future', JSON.stringify(documentOf({ collectedAt: '2026-11-22T09:00:00Z' })), 'invalid_data', /clocks/u],
    ['too old', JSON.stringify(documentOf({ collectedAt: '2026-11-21T23:00:00Z' })), 'stale', /180 min ago; 120 min/u],
    ['of an older version', JSON.stringify(documentOf({ observations: [] })), 'unsupported', /no such probe/u],
  ])('do not count when the file is %s, and it says why', async (_, text, code, message) => {
    const observation = await readFacts(text);
    expect(observation).toMatchObject({ status: 'unavailable', code });
    expect(observation.status === 'unavailable' ? observation.message : '').toMatch(message);
  });
});
