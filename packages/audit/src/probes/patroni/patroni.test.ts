import { createServer, type Server } from 'node:http';
import { Secret } from '@pgattest/connect';
import { afterEach, expect, it, test } from 'vitest';
import { patroniCluster } from './cluster.ts';
import { patroniConfig } from './config.ts';
import { patroniExposure } from './exposure.ts';
import { patroniHistory } from './history.ts';
import { patroniStatus } from './status.ts';
import { patroniTls } from './tls.ts';

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

interface Seen {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** A REST API that answers so, and remembers what it was asked. */
async function patroniOf(answers: Readonly<Record<string, readonly [number, string]>>) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const { method, url: path, headers } = request;
      seen.push({ method, path, authorization: headers.authorization, body });
      const [status, text] = answers[`${method} ${path}`] ?? [404, ''];
      response.writeHead(status).end(text);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const target = { url, credentials: { user: 'patroni', password: new Secret('sesame') } };
  return { context: { target, signal: AbortSignal.timeout(60_000) }, seen };
}

it('reads what Patroni 3.0.2 says of a leader', async () => {
  const { context } = await patroniOf({
    'GET /patroni': [
      200,
      '{"state": "running", "role": "master", "server_version": 150020, "xlog": {"location": 1}, "timeline": 17, "dcs_last_seen": 1795290157, "tags": {"clonefrom": true}, "database_system_identifier": "7710702196065577541", "pending_restart": true, "watchdog_failed": true, "patroni": {"version": "3.0.2", "scope": "pg-test"}}',
    ],
  });
  await expect(patroniStatus.collect(context)).resolves.toMatchObject({
    state: 'running',
    role: 'primary',
    name: null,
    version: '3.0.2',
    timeline: 17,
    dcsLastSeen: '2026-11-21T19:42:37.000Z',
    isRestartPending: true,
    restartSettings: [],
    isWatchdogFailed: true,
    tags: { clonefrom: true },
  });
});

it('reads which settings wait, where Patroni 4 says it', async () => {
  const { context } = await patroniOf({
    'GET /patroni': [
      503,
      '{"state": "stopped", "role": "replica", "pending_restart": true, "pending_restart_reason": {"max_connections": {"old_value": "100", "new_value": "200"}}, "patroni": {"version": "4.0.5", "scope": "a", "name": "a-1"}}',
    ],
  });
  await expect(patroniStatus.collect(context)).resolves.toMatchObject({
    state: 'stopped',
    name: 'a-1',
    restartSettings: ['max_connections'],
  });
});

it('reads the members, an unknown lag staying unknown', async () => {
  const { context } = await patroniOf({
    'GET /cluster': [
      200,
      '{"members": [{"name": "n1", "role": "leader", "state": "running", "host": "127.0.0.11", "port": 5432, "timeline": 17}, {"name": "n2", "role": "replica", "state": "stopped", "lag": "unknown", "tags": {"nofailover": true}}], "pause": true, "scheduled_switchover": {"at": "2026-11-22T04:00:00+00:00", "from": "n1"}}',
    ],
  });
  await expect(patroniCluster.collect(context)).resolves.toMatchObject({
    members: [
      { name: 'n1', role: 'leader', lagBytes: null, tags: {} },
      { name: 'n2', lagBytes: null, tags: { nofailover: true } },
    ],
    isPaused: true,
    scheduledSwitchoverAt: '2026-11-22T04:00:00+00:00',
  });
});

it('reads the configuration without its secrets', async () => {
  const { context } = await patroniOf({
    'GET /config': [
      200,
      '{"ttl": 30, "postgresql": {"parameters": {"primary_conninfo": "host=a password=sesame2"}}, "standby_cluster": {"password": "sesame3"}}',
    ],
  });
  await expect(patroniConfig.collect(context)).resolves.toEqual({
    ttl: 30,
    postgresql: { parameters: { primary_conninfo: 'host=a password=***' } },
    standby_cluster: { password: '***' },
  });
});

it('reads the history in UTC', async () => {
  const { context } = await patroniOf({
    'GET /history': [
      200,
      '[[1, 100, "no recovery target specified"], [2, 200, "x", "2026-11-21T21:04:49.764517+02:00", "n1"]]',
    ],
  });
  await expect(patroniHistory.collect(context)).resolves.toEqual([
    { timeline: 1, reason: 'no recovery target specified', at: null, newLeader: null },
    { timeline: 2, reason: 'x', at: '2026-11-21T19:04:49.764Z', newLeader: 'n1' },
  ]);
});

test.each([
  ['asks for a login', 401],
  ['keeps strangers out by address', 403],
  ['asks nobody', 400],
])('what a change without login and content comes to where Patroni %s', async (_, status) => {
  const { context, seen } = await patroniOf({ 'PATCH /config': [status, ''] });
  await expect(patroniExposure.collect(context)).resolves.toEqual({ status });
  expect(seen).toEqual([{ method: 'PATCH', path: '/config', authorization: undefined, body: '' }]);
});

it('sees plain HTTP, and sends no login', async () => {
  const { context, seen } = await patroniOf({ 'GET /liveness': [200, ''] });
  await expect(patroniTls.collect(context)).resolves.toMatchObject({ scheme: 'http', tls: null, answered: true });
  expect(seen.map(({ authorization }) => authorization)).toEqual([undefined]);
});

it('says why when nobody answers', async () => {
  const { context } = await patroniOf({});
  await expect(patroniStatus.collect(context)).rejects.toMatchObject({ code: 'unsupported' });
  const gone = { target: { url: 'http://127.0.0.1:1' }, signal: context.signal };
  await expect(patroniExposure.collect(gone)).rejects.toMatchObject({ code: 'unreachable' });
});
