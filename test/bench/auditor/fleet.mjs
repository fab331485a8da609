// The simulated clusters as the benchmark sees them: one process of their own, and the auditor's configuration of them.
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomFreePort } from '@pgattest/lab';
import { clusterName, memberAddress, memberName, memberNumbers } from './fleet-names.mjs';

const program = fileURLToPath(new URL('fleet-process.mjs', import.meta.url));
const kinds = ['postgres', 'patroni', 'etcd', 'etcdPeer'];

/** Starts the fleet in front of three real servers. `real`: `host`, `port` and `ca` (PEM) of each. */
export async function startFleet({ clusters, dir, user, password, real, seed }) {
  const ports = {};
  for (const kind of kinds) ports[kind] = await randomFreePort(Object.values(ports));
  const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map();
  child.on('message', ({ id, result, error }) => {
    const { resolve, reject } = waiting.get(id);
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the fleet ended with ${code}`));
  });
  let calls = 0;
  const ask = (call, value) =>
    new Promise((resolve, reject) => {
      calls += 1;
      waiting.set(calls, { resolve, reject });
      child.send({ id: calls, call, value });
    });
  const caFile = join(dir, 'fleet-ca.crt');
  const passfile = join(dir, 'fleet.pgpass');
  writeFileSync(passfile, `*:*:*:${user}:${password}\n`, { mode: 0o600 });
  const { ca } = await ask('start', { clusters, ports, user, password, real, seed });
  writeFileSync(caFile, ca);
  return {
    pid: child.pid,
    counts: () => ask('counts'),
    statements: () => ask('statements'),
    clusterConfig: (number) => clusterConfig(number, { ports, user, passfile, caFile }),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.disconnect();
      }),
  };
}

/** How the auditor is told of a simulated cluster. */
function clusterConfig(number, { ports, user, passfile, caFile }) {
  return {
    name: clusterName(number),
    members: memberNumbers.map((member) => {
      const host = memberAddress(number, member);
      return {
        name: memberName(number, member),
        dsn: `host=${host} port=${ports.postgres} user=${user} dbname=postgres sslmode=verify-full sslrootcert=${caFile} passfile=${passfile}`,
        patroni: { url: `http://${host}:${ports.patroni}` },
      };
    }),
    etcd: {
      members: memberNumbers.map((member) => ({
        name: memberName(number, member),
        url: `http://${memberAddress(number, member)}:${ports.etcd}`,
      })),
    },
    absent: ['haproxy', 'pgbouncer', 'node', 'monitoring', 'records'],
  };
}
