// What Patroni and etcd of a simulated cluster answer: captured from a real lab, with the names and addresses of the cluster.
import captured from './captured-ha.json' with { type: 'json' };
import { clusterName, memberAddress, memberName, memberNumbers } from './fleet-names.mjs';

/** A real etcd answers /metrics with so much; most of it is about gRPC and of no interest to an audit. */
const metricsBytes = 147_000;
const filler =
  'grpc_server_handled_total{grpc_code="Aborted",grpc_method="AlarmX",grpc_service="pb",grpc_type="unary"} 0\n';
const metrics = `${captured.etcd.metrics.join('\n')}\n`.padEnd(metricsBytes, filler).replace(/[^\n]*$/u, '');
const clusterId = '9759170280748421313';
const etcdId = (member) => String(2_447_851_139_258_480_000n + BigInt(member));

/** Answers of all members of one cluster. `ports`: { postgres, patroni, etcd, etcdPeer }. */
export function haAnswers(number, ports) {
  const fill = (value) =>
    JSON.stringify(value)
      .replaceAll('@cluster', clusterName(number))
      .replaceAll(/@name(\d)/gu, (_, member) => memberName(number, member))
      .replaceAll(/@host(\d)/gu, (_, member) => memberAddress(number, member))
      .replaceAll('@patroniPort', ports.patroni)
      .replaceAll(/"@pgPort"|@pgPort/gu, ports.postgres);
  const { leader, replica, cluster, config, history } = captured.patroni;
  const documents = new Map(
    Object.entries({ leader, replica, '/cluster': cluster, '/config': config, '/history': history }).map(
      ([name, value]) => [name, fill(value)],
    ),
  );
  const keys = JSON.parse(fill(captured.etcd.keys)).map(({ key, value, lease }) => ({
    key,
    value,
    lease: lease === true,
  }));
  return {
    patroni: (member) => (method, path) => {
      if (method === 'PATCH') return { status: 401, body: 'no auth header received' };
      if (path === '/liveness') return ok('');
      if (path !== '/patroni') return documents.has(path) ? ok(documents.get(path)) : undefined;
      const state = JSON.parse(documents.get(member === 1 ? 'leader' : 'replica'));
      return ok(JSON.stringify({ ...state, dcs_last_seen: Math.floor(Date.now() / 1000) }));
    },
    etcd: (member) => (method, path, body) => {
      const header = { cluster_id: clusterId, member_id: etcdId(member), revision: '2396', raft_term: '8' };
      const answer = etcdAnswer({ number, member, ports, header, keys, path, body });
      return answer === undefined ? undefined : ok(typeof answer === 'string' ? answer : JSON.stringify(answer));
    },
  };
}

function etcdAnswer({ number, ports, header, keys, path, body }) {
  switch (path) {
    case '/version':
      return captured.etcd.version;
    case '/health':
      return captured.etcd.health;
    case '/metrics':
      return metrics;
    case '/v3/maintenance/status':
      return {
        header,
        version: captured.etcd.version.etcdserver,
        dbSize: '503808',
        leader: etcdId(1),
        raftIndex: '2701',
        raftTerm: '8',
        raftAppliedIndex: '2701',
        dbSizeInUse: '495616',
      };
    case '/v3/maintenance/alarm':
      return { header };
    case '/v3/cluster/member/list':
      return {
        header,
        members: memberNumbers.map((member) => ({
          ID: etcdId(member),
          name: memberName(number, member),
          peerURLs: [`http://${memberAddress(number, member)}:${ports.etcdPeer}`],
          clientURLs: [`http://${memberAddress(number, member)}:${ports.etcd}`],
        })),
      };
    case '/v3/kv/range':
      return rangeOf(keys, JSON.parse(body), header);
    default:
      return undefined;
  }
}

function rangeOf(keys, { key, range_end: end, limit, keys_only: keysOnly }, header) {
  const decode = (text) => Buffer.from(text, 'base64').toString('latin1');
  const encode = (text) => Buffer.from(text).toString('base64');
  const from = decode(key);
  const inside = keys.filter((one) =>
    end === undefined ? one.key === from : one.key >= from && one.key < decode(end),
  );
  const kvs = inside.slice(0, Number(limit ?? inside.length)).map((one) => ({
    key: encode(one.key),
    create_revision: '9',
    mod_revision: '2389',
    version: '21',
    ...(keysOnly === true ? {} : { value: encode(one.value) }),
    ...(one.lease ? { lease: '8544913987208421000' } : {}),
  }));
  return { header, kvs, ...(kvs.length < inside.length ? { more: true } : {}), count: String(inside.length) };
}

const ok = (body) => ({ status: 200, body });
