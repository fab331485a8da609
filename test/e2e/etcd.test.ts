import { kindOfFact, probes } from '@pgattest/audit';
import { askAsStranger, createEtcdClient, readHttpTlsEndpoint, requestHttp, type EtcdTarget } from '@pgattest/connect';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { etcdPasswords, startEtcdServer, type EtcdServer } from './etcd-server.ts';

const signal = AbortSignal.timeout(300_000);
const options = { timeoutMs: 30_000 };
const call = { component: 'etcd', timeoutMs: 30_000, signal } as const;
const state: { plain?: EtcdServer; secure?: EtcdServer } = {};
const plain = (): EtcdServer => state.plain ?? missing();
const secure = (): EtcdServer => state.secure ?? missing();
const missing = (): never => {
  throw new Error('etcd is not up');
};
const login = (user: keyof typeof etcdPasswords) => ({ user, password: etcdPasswords[user] });

const collect = async (id: string, target: EtcdTarget): Promise<unknown> => {
  const probe = probes.find((candidate) => candidate.id === id);
  if (probe?.subject !== 'etcd') throw new Error(`no probe of etcd: ${id}, a ${kindOfFact(id)} fact`);
  return probe.collect({ target, prefix: '/pg/pg-test/', signal });
};

beforeAll(async () => {
  state.plain = await startEtcdServer({ plain: true });
  state.secure = await startEtcdServer();
  await state.secure.etcdctl(['put', '/pg/pg-test/leader', 'pg-test-1']);
  await state.secure.etcdctl(['put', '/pg/pg-test/config', '{"ttl":30}']);
  await state.secure.etcdctl(['put', '/pg/other/leader', 'other-1']);
  await state.secure.enableAuth();
});
afterAll(async () => {
  await state.plain?.stop();
  await state.secure?.stop();
});

describe('a client of etcd', () => {
  test('reads state, members and alarms', async () => {
    const client = createEtcdClient(secure().target(login('root')), options);
    const status = await client.status(signal);
    const version = await client.version(signal);
    expect(version.server).toMatch(/^3\.\d+\.\d+$/);
    expect(status).toMatchObject({ version: version.server, leaderId: status.memberId, isLearner: false, errors: [] });
    expect(status.dbSizeBytes).toBeGreaterThan(0);
    await expect(client.members(signal)).resolves.toEqual([
      {
        id: status.memberId,
        name: 'etcd-1',
        peerUrls: [secure().peerUrl],
        clientUrls: [secure().url],
        isLearner: false,
      },
    ]);
    await expect(client.alarms(signal)).resolves.toEqual([]);
    await expect(client.health(signal)).resolves.toEqual({ isHealthy: true, reason: undefined });
    await expect(client.metrics(signal)).resolves.toContain('etcd_server_has_leader 1');
  });

  test('logs in, reads the keys below a prefix and no others', async () => {
    const client = createEtcdClient(secure().target(login('pg-test')), options);
    const { keys, isMore } = await client.range({ keys: { prefix: '/pg/pg-test/' } }, signal);
    expect(keys.map(({ key, value, leaseId }) => [key, value, leaseId])).toEqual([
      ['/pg/pg-test/config', '{"ttl":30}', undefined],
      ['/pg/pg-test/leader', 'pg-test-1', undefined],
    ]);
    expect(isMore).toBe(false);
    await expect(client.range({ keys: { prefix: '/pg/other/' } }, signal)).rejects.toMatchObject({
      code: 'permission_denied',
    });
    await expect(client.users(signal)).rejects.toMatchObject({ code: 'permission_denied' });
    await expect(client.userRoles('pg-test', signal)).resolves.toEqual(['pg-test']);
    await expect(client.rolePermissions('pg-test', signal)).resolves.toEqual([
      { type: 'READWRITE', key: '/pg/pg-test/', rangeEnd: '/pg/pg-test0' },
    ]);
  });

  test('lists users as root', async () => {
    const client = createEtcdClient(secure().target(login('root')), options);
    await expect(client.users(signal)).resolves.toEqual(['pg-test', 'root']);
  });

  test.each([
    ['no login', undefined],
    ['a wrong password', { user: 'pg-test', password: 'wrong' }],
  ])('is told so when it brings %s', async (_, who) => {
    const answer = createEtcdClient(secure().target(who), options).range({ keys: { prefix: '/pg/' } }, signal);
    await expect(answer).rejects.toMatchObject({ code: 'auth_failed' });
    await expect(answer).rejects.not.toThrow(/wrong/);
  });

  test('needs no login where there is no access control, even when it brings one', async () => {
    await plain().etcdctl(['put', '/pg/a', 'b']);
    const client = createEtcdClient(plain().target(login('root')), options);
    await expect(client.range({ keys: { key: '/pg/a' }, keysOnly: true, limit: 1 }, signal)).resolves.toMatchObject({
      keys: [{ key: '/pg/a', value: '' }],
    });
  });

  test('logs in again when its token is no longer good', async () => {
    const client = createEtcdClient(secure().target(login('pg-test')), options);
    await client.range({ keys: { key: '/pg/pg-test/leader' } }, signal);
    // Any change of users and roles ends every token.
    await secure().etcdctl(['role', 'add', 'spare'], `root:${etcdPasswords.root}`);
    await expect(client.range({ keys: { key: '/pg/pg-test/leader' } }, signal)).resolves.toMatchObject({
      keys: [{ value: 'pg-test-1' }],
    });
  });
});

describe('a stranger', () => {
  test.each([
    ['client port', () => secure().url],
    ['peer port', () => secure().peerUrl],
  ])('without a certificate is turned away at the %s, whose certificate is readable all the same', async (_, url) => {
    const target = { ...secure().target(), url: url() };
    await expect(askAsStranger(target, { ...call, method: 'GET', path: '/version' })).resolves.toMatchObject({
      kind: 'refused',
    });
    await expect(readHttpTlsEndpoint(target, signal)).resolves.toMatchObject({
      protocol: 'TLSv1.3',
      peer: { subject: 'CN=etcd-1', san: ['IP Address:127.0.0.1'], keyType: 'ec', keyBits: 256 },
    });
  });

  test('is answered where nothing is asked for', async () => {
    const answer = await askAsStranger(plain().target(), { ...call, method: 'GET', path: '/version' });
    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
  });

  test('sends no login and no key to a server that nobody verified', async () => {
    const answer = requestHttp(secure().target(), { ...call, method: 'GET', path: '/version', trust: 'anybody' });
    await expect(answer).rejects.toMatchObject({ code: 'config_invalid' });
  });

  test('at a closed port has not been refused either', async () => {
    const target = { ...secure().target(), url: 'https://127.0.0.1:1' };
    await expect(askAsStranger(target, { ...call, method: 'GET', path: '/version' })).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});

describe('the probes of etcd', () => {
  test('see access control, and how far the login reaches', async () => {
    await expect(collect('etcd.auth', secure().target(login('pg-test')))).resolves.toEqual({
      enabled: true,
      user: 'pg-test',
      readsForeignKeys: false,
      users: [{ name: 'pg-test', roles: ['pg-test'] }],
      sawAllUsers: false,
      grants: [{ user: 'pg-test', role: 'pg-test', type: 'READWRITE', key: '/pg/pg-test/', rangeEnd: '/pg/pg-test0' }],
    });
    await expect(collect('etcd.auth', secure().target(login('root')))).resolves.toMatchObject({
      readsForeignKeys: true,
      sawAllUsers: true,
      users: [
        { name: 'pg-test', roles: ['pg-test'] },
        { name: 'root', roles: ['root'] },
      ],
    });
    await expect(collect('etcd.auth', plain().target())).resolves.toMatchObject({ enabled: false, user: null });
  });

  test('read the keys of the cluster and none of another', async () => {
    const fact = await collect('etcd.keys', secure().target(login('root')));
    expect(fact).toMatchObject({
      leader: { name: 'pg-test-1', hasLease: false },
      names: ['config', 'leader'],
      members: [],
      isComplete: true,
    });
  });

  test('see TLS and what a stranger is told, at both ports', async () => {
    const target = secure().target();
    await expect(collect('etcd.tls', target)).resolves.toMatchObject({
      scheme: 'https',
      answered: false,
      tls: { subject: 'CN=etcd-1' },
    });
    await expect(collect('etcd.peer-tls', target)).resolves.toMatchObject([
      { url: secure().peerUrl, scheme: 'https', answered: false },
    ]);
    await expect(collect('etcd.tls', plain().target())).resolves.toMatchObject({
      scheme: 'http',
      answered: true,
      tls: null,
    });
    await expect(collect('etcd.peer-tls', plain().target())).resolves.toMatchObject([
      { scheme: 'http', answered: true, tls: null },
    ]);
  });

  test('read the state without a login although there is access control', async () => {
    await expect(collect('etcd.status', secure().target())).resolves.toMatchObject({
      isHealthy: true,
      quotaBytes: 67_108_864,
      isLearner: false,
    });
    await expect(collect('etcd.members', secure().target())).resolves.toHaveLength(1);
    await expect(collect('etcd.alarms', secure().target())).resolves.toEqual([]);
  });

  test('hold no password', async () => {
    const ids = probes.flatMap(({ id, subject }) => (subject === 'etcd' ? [id] : []));
    const facts: unknown[] = [];
    for (const id of ids) facts.push(await collect(id, secure().target(login('root'))));
    const text = JSON.stringify(facts);
    for (const password of Object.values(etcdPasswords)) expect(text).not.toContain(password);
  });
});
