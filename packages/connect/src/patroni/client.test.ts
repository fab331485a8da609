import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { Secret } from '../secret.ts';
import { createPatroniClient } from './client.ts';
import { createPatroniControl } from './control.ts';
import { readPatroniCredentials } from './credentials.ts';
import { parseCluster, parseConfigDocument, parseHistory, parseMemberStatus } from './parse.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise<void>((resolve) => {
          server.closeAllConnections();
          server.close(() => resolve());
        }),
    ),
  );
});

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

const signal = AbortSignal.timeout(60_000);
const clientOf = (url: string, timeoutMs = 10_000): ReturnType<typeof createPatroniClient> =>
  createPatroniClient({ url }, { timeoutMs });

describe('what Patroni 3.0.2 says', () => {
  it('of a leader, whose role it calls master', () => {
    const status = parseMemberStatus(
      '{"state": "running", "role": "master", "server_version": 150020, "xlog": {"location": 419430400}, "timeline": 17, "replication": [], "dcs_last_seen": 1795290000, "database_system_identifier": "7710702196065577541", "patroni": {"version": "3.0.2", "scope": "pg-test"}}',
    );
    expect(status).toMatchObject({
      role: 'primary',
      timeline: 17,
      xlog: { location: 419_430_400 },
      isPaused: false,
      systemIdentifier: '7710702196065577541',
      version: '3.0.2',
    });
  });

  it('of the cluster: lag of replicas, none where it says unknown', () => {
    const { members } = parseCluster(
      '{"members": [{"name": "n1", "role": "leader", "state": "running", "api_url": "http://127.0.0.11:8008/patroni", "host": "127.0.0.11", "port": 5432, "timeline": 17}, {"name": "n2", "role": "replica", "state": "running", "timeline": 17, "lag": 0}, {"name": "n3", "role": "replica", "state": "start failed", "lag": "unknown"}]}',
    );
    expect(members.map(({ name, role, lagBytes }) => ({ name, role, lagBytes }))).toEqual([
      { name: 'n1', role: 'leader', lagBytes: undefined },
      { name: 'n2', role: 'replica', lagBytes: 0 },
      { name: 'n3', role: 'replica', lagBytes: undefined },
    ]);
  });

  it.each([
    ['{}', { synchronousMode: 'off', ttlSeconds: 30, maximumLagBytes: 1_048_576, isFailsafe: false }],
    [
      '{"synchronous_mode": true, "synchronous_mode_strict": true}',
      { synchronousMode: 'on', isSynchronousStrict: true },
    ],
    ['{"synchronous_mode": "quorum", "failsafe_mode": true}', { synchronousMode: 'quorum', isFailsafe: true }],
    ['{"pause": true, "standby_cluster": {"host": "a"}}', { isPaused: true, isStandbyCluster: true }],
  ])('in its configuration %s', (text, expected) => {
    expect(parseConfigDocument(text)).toMatchObject(expected);
  });

  it('of its history, the last items of a line missing in old ones', () => {
    expect(
      parseHistory(
        '[[1, 67108864, "no recovery target specified"], [2, 83886080, "x", "2026-11-21T19:00:00+00:00", "n2"]]',
      ),
    ).toEqual([
      { timeline: 1, lsn: 67_108_864, reason: 'no recovery target specified', at: undefined, newLeader: undefined },
      { timeline: 2, lsn: 83_886_080, reason: 'x', at: '2026-11-21T19:00:00+00:00', newLeader: 'n2' },
    ]);
  });

  it.each([
    ['/patroni', () => parseMemberStatus('{"role": "replica"}')],
    ['/cluster', () => parseCluster('{"members": 3}')],
    ['/cluster member', () => parseCluster('{"members": [{}]}')],
    ['/config', () => parseConfigDocument('[]')],
    ['/history', () => parseHistory('[[1]]')],
    ['HTML', () => parseCluster('<html>')],
  ])('is refused in another shape: %s', (_, parse) => {
    expect(parse).toThrow(/Patroni answered/);
  });
});

describe('a client', () => {
  it('reads the state of a member whose PostgreSQL is down, which comes with 503', async () => {
    const url = await serve((_, response) => response.writeHead(503).end('{"state": "stopped", "role": "replica"}'));
    await expect(clientOf(url).patroni(signal)).resolves.toMatchObject({ state: 'stopped', role: 'replica' });
  });

  it('follows no redirect', async () => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await expect(clientOf(url).cluster(signal)).rejects.toMatchObject({ code: 'unsupported' });
    expect(asked).toEqual(['/cluster']);
  });

  it('gives up at its deadline', async () => {
    const url = await serve(() => undefined);
    await expect(clientOf(url, 50).cluster(signal)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('stops when it is told to', async () => {
    const url = await serve(() => undefined);
    const controller = new AbortController();
    const answer = clientOf(url).cluster(controller.signal);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: 'aborted' });
  });

  it('takes no endless answer', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(5 * 1024 * 1024)));
    await expect(clientOf(url).cluster(signal)).rejects.toMatchObject({ code: 'invalid_data' });
  });

  it.each([
    ['no server', 'http://127.0.0.1:1', 'unreachable'],
    ['a password in the URL', 'http://a:b@127.0.0.1:1', 'config_invalid'],
    ['no URL', 'n1:8008', 'config_invalid'],
    ['TLS to a plain port', 'tls', 'tls_failed'],
  ])('says what is wrong: %s', async (_, url, code) => {
    const plain = url === 'tls' ? (await serve((__, response) => response.end())).replace('http:', 'https:') : url;
    await expect(clientOf(plain).cluster(signal)).rejects.toMatchObject({ code });
  });
});

describe('a control', () => {
  const credentials = { user: 'patroni', password: new Secret('sesame') };

  it('sends leader and candidate with its credentials, and a client never sends those', async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers.authorization, body]);
        response.end(request.method === 'POST' ? 'Successfully switched over to "n2"\n' : '{"members": []}');
      });
    });
    const target = { url, credentials };
    const control = createPatroniControl(target, { timeoutMs: 10_000 });
    await expect(control.switchover({ leader: 'n1', candidate: 'n2' }, signal)).resolves.toBe(
      'Successfully switched over to "n2"',
    );
    await createPatroniClient(target, { timeoutMs: 10_000 }).cluster(signal);
    expect(seen).toEqual([
      [
        'POST',
        '/switchover',
        `Basic ${Buffer.from('patroni:sesame').toString('base64')}`,
        '{"leader":"n1","candidate":"n2"}',
      ],
      ['GET', '/cluster', undefined, ''],
    ]);
  });

  it.each([
    [401, 'auth_failed'],
    [403, 'permission_denied'],
    [412, 'query_failed'],
    [503, 'query_failed'],
    [307, 'unsupported'],
  ])('reports %i with the words of Patroni and without the password', async (status, code) => {
    const url = await serve((_, response) => response.writeHead(status).end('candidate name does not match'));
    const answer = createPatroniControl({ url, credentials }, { timeoutMs: 10_000 }).failover(
      { candidate: 'n9' },
      signal,
    );
    await expect(answer).rejects.toMatchObject({ code });
    await expect(answer).rejects.toThrow(/^(?!.*sesame).*candidate name does not match/);
  });

  it('is not made without credentials', () => {
    expect(() => createPatroniControl({ url: 'http://127.0.0.1:1' }, { timeoutMs: 1 })).toThrow(/without a user/);
  });
});

test('credentials come from a file that is closed to others', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pgattest-patroni-'));
  try {
    const file = join(directory, 'credentials');
    await writeFile(file, 'patroni:se:same\n', { mode: 0o600 });
    const { user, password } = await readPatroniCredentials(file);
    expect([user, password.reveal()]).toEqual(['patroni', 'se:same']);
    await chmod(file, 0o644);
    await expect(readPatroniCredentials(file)).rejects.toThrow(/0644.*chmod 600/);
    await chmod(file, 0o600);
    await writeFile(file, 'no separator sesame');
    await expect(readPatroniCredentials(file)).rejects.toThrow(/^(?!.*sesame).*user:password/);
    await expect(readPatroniCredentials(join(directory, 'none'))).rejects.toMatchObject({ code: 'config_invalid' });
  } finally {
    await rm(directory, { recursive: true });
  }
});
