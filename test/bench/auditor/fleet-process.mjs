// The process that is all simulated servers: started by fleet.mjs, told what to be in its first message.
import { createAuthority } from '@pgattest/lab';
import { memberAddress, memberName, memberNumbers } from './fleet-names.mjs';
import { haAnswers } from './ha-answers.mjs';
import { createHttpEndpoint } from './http-endpoint.mjs';
import { createLatency } from './latency.mjs';
import { createPostgresEndpoint } from './postgres-endpoint.mjs';
import { scramSecret } from './scram-server.mjs';
import { createTape } from './tape.mjs';

const tape = createTape();
const authority = createAuthority('simulated fleet', new Date());
const counts = new Map();
const count = (name) => counts.set(name, (counts.get(name) ?? 0) + 1);

const calls = {
  /** Listens for clusters 0 to `clusters`; `real` are the servers behind the members of cluster 0. */
  async start({ clusters, ports, user, password, real, seed }) {
    const secret = scramSecret(password);
    const latencyMs = createLatency(seed);
    for (let number = 0; number <= clusters; number += 1) {
      const answers = haAnswers(number, ports);
      for (const member of memberNumbers) {
        const address = memberAddress(number, member);
        const name = memberName(number, member);
        const identity = authority.issue(name, [name, address]);
        const behind = number === 0 ? { real: { ...real[member - 1], password } } : {};
        const site = { number, member, user, secret, tape, latencyMs, count, identity, ...behind };
        const http = (answer) => createHttpEndpoint({ answer, latencyMs, count });
        await listen(createPostgresEndpoint(site), ports.postgres, address);
        await listen(http(answers.patroni(member)), ports.patroni, address);
        await listen(http(answers.etcd(member)), ports.etcd, address);
        await listen(http(answers.etcd(member)), ports.etcdPeer, address);
      }
    }
    return { ca: authority.certificate };
  },
  /** What was served since the last time this was asked. */
  async counts() {
    const told = Object.fromEntries(counts);
    counts.clear();
    return told;
  },
  /** What the members of cluster 0 were asked. */
  statements: async () => memberNumbers.map((member) => tape.statements(member)),
};

const listen = (server, port, host) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: 128 }, () => resolve());
  });

process.on('message', ({ id, call, value }) => {
  calls[call](value).then(
    (result) => process.send({ id, result }),
    (error) => process.send({ id, error: error.stack }),
  );
});
process.on('disconnect', () => process.exit());
