import type { FactMap } from '../facts.ts';
import type { Observation } from '../probe.ts';
import { ok, unreachable } from './settings.fixture.ts';

/** Keys of a healthy cluster led by pg-test-1, then as told. */
export const etcdKeysFact = (changes: Partial<FactMap['etcd.keys']> = {}): FactMap['etcd.keys'] => ({
  leader: { name: 'pg-test-1', hasLease: true },
  members: [],
  initialize: '7710730764901021745',
  sync: null,
  failsafe: null,
  names: ['config', 'initialize', 'leader'],
  isComplete: true,
  ...changes,
});

/** State of a healthy follower of 3.5.17, then as told. */
export const etcdStatusFact = (changes: Partial<FactMap['etcd.status']> = {}): FactMap['etcd.status'] => ({
  version: '3.5.17',
  clusterVersion: '3.5.0',
  memberId: 'B',
  leaderId: 'A',
  isLearner: false,
  isHealthy: true,
  errors: [],
  dbSizeBytes: 1_000_000,
  dbSizeInUseBytes: 900_000,
  quotaBytes: 2_000_000_000,
  leaderChanges: 1,
  startedAt: '2026-11-01T00:00:00.000Z',
  walFsyncP99: '0.004',
  peerRoundTripP99: '0.0032',
  ...changes,
});

/** A member of etcd: `etcd-1` has id `1` and lives on 10.0.1.1, then as told. */
export const etcdMemberFact = (
  name: string,
  changes: Partial<FactMap['etcd.members'][number]> = {},
): FactMap['etcd.members'][number] => {
  const host = `10.0.1.${name.slice(-1)}`;
  return {
    id: name.slice(-1),
    name,
    peerUrls: [`https://${host}:2380`],
    clientUrls: [`https://${host}:2379`],
    isLearner: false,
    ...changes,
  };
};

/** What a stranger sees of a port with TLS that asks for certificates, then as told. */
export const strangerFact = (changes: Partial<FactMap['etcd.tls']> = {}): FactMap['etcd.tls'] => ({
  url: 'https://10.0.1.1:2379',
  scheme: 'https',
  answered: false,
  tls: {
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    subject: 'CN=etcd-1',
    issuer: 'CN=authority',
    san: ['IP Address:10.0.1.1'],
    validFrom: '2026-11-01T00:00:00.000Z',
    validTo: '2027-11-01T00:00:00.000Z',
    keyType: 'ec',
    keyBits: 256,
    serial: '01',
    fingerprint256: 'AA',
    chainLength: 1,
  },
  ...changes,
});

/** One value per member of etcd, `undefined` for one that did not answer: `etcd-1.etcd`, … */
export const perEtcd = <T>(...values: readonly (T | undefined)[]): ReadonlyMap<string, Observation<T>> =>
  new Map(values.map((value, index) => [`etcd-${index + 1}.etcd`, value === undefined ? unreachable : ok(value)]));

const file = (path: string, type: 'file' | 'directory', mode: string) => ({
  path,
  type,
  mode,
  owner: 'etcd',
  group: 'etcd',
  sizeBytes: 1,
  modifiedAt: '2026-11-01T00:00:00.000Z',
});

/** etcd.conf with these lines, its data directory and one key closed, then as told. */
export function etcdConfigFact(
  settings: Readonly<Record<string, string>>,
  changes: Partial<NonNullable<FactMap['node.etcd-config']>> = {},
): NonNullable<FactMap['node.etcd-config']> {
  return {
    path: '/etc/etcd/etcd.conf',
    settings,
    lines: Object.entries(settings).map(([name, value]) => `${name}: ${value}`),
    dataDir: file('/data/etcd', 'directory', '0700'),
    keys: [file('/etc/etcd/server.key', 'file', '0600')],
    ...changes,
  };
}
