import { ConnectError } from '../errors.ts';
import type { EtcdAlarm, EtcdKey, EtcdMember, EtcdPermission, EtcdRange, EtcdStatus, EtcdVersion } from './model.ts';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textsOf = (value: unknown): readonly string[] => listOf(value).filter((item) => typeof item === 'string');

/** The gateway writes 64 bit integers as texts, and leaves out what is zero. */
const integerText = (value: unknown): string =>
  typeof value === 'string' && /^\d+$/u.test(value) ? value : typeof value === 'number' ? String(value) : '0';
const count = (value: unknown): number => Number(integerText(value));
const hexId = (value: unknown): string => BigInt(integerText(value)).toString(16).toUpperCase();
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const decoded = (value: unknown): string => Buffer.from(text(value), 'base64').toString('utf8');

/** The JSON object of an answer. Errors: invalid_data. */
export function parseEtcdObject(body: string, route: string): Fields {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch (cause) {
    const shown = body.slice(0, 120).replaceAll(/\s+/gu, ' ');
    throw new ConnectError('invalid_data', `etcd answered ${route} with something else than JSON: ${shown}`, { cause });
  }
  if (isObject(document)) return document;
  throw new ConnectError('invalid_data', `etcd answered ${route} with JSON of another shape`);
}

/** Reads `/version`. Errors: invalid_data. */
export function parseEtcdVersion(body: string): EtcdVersion {
  const document = parseEtcdObject(body, '/version');
  const server = text(document['etcdserver']);
  if (server === '') throw new ConnectError('invalid_data', 'etcd answered /version without its version');
  return { server, cluster: text(document['etcdcluster']) };
}

/** Reads `/v3/maintenance/status`. Errors: invalid_data. */
export function parseEtcdStatus(body: string): EtcdStatus {
  const document = parseEtcdObject(body, '/v3/maintenance/status');
  const header = fieldsOf(document['header']);
  const version = text(document['version']);
  if (version === '') throw new ConnectError('invalid_data', 'etcd answered its status without a version');
  const leader = hexId(document['leader']);
  return {
    version,
    memberId: hexId(header['member_id']),
    leaderId: leader === '0' ? undefined : leader,
    clusterId: hexId(header['cluster_id']),
    raftTerm: count(document['raftTerm']),
    raftIndex: count(document['raftIndex']),
    appliedIndex: count(document['raftAppliedIndex']),
    dbSizeBytes: count(document['dbSize']),
    dbSizeInUseBytes: document['dbSizeInUse'] === undefined ? undefined : count(document['dbSizeInUse']),
    isLearner: document['isLearner'] === true,
    errors: textsOf(document['errors']),
  };
}

/** Reads `/v3/cluster/member/list`. Errors: invalid_data. */
export function parseEtcdMembers(body: string): readonly EtcdMember[] {
  const { members } = parseEtcdObject(body, '/v3/cluster/member/list');
  if (!Array.isArray(members) || members.length === 0) {
    throw new ConnectError('invalid_data', 'etcd answered its member list without members');
  }
  return members
    .map((item: unknown): EtcdMember => {
      const fields = fieldsOf(item);
      return {
        id: hexId(fields['ID']),
        name: text(fields['name']),
        peerUrls: textsOf(fields['peerURLs']),
        clientUrls: textsOf(fields['clientURLs']),
        isLearner: fields['isLearner'] === true,
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Reads `/v3/maintenance/alarm`; no alarm is an empty object. Errors: invalid_data. */
export function parseEtcdAlarms(body: string): readonly EtcdAlarm[] {
  return listOf(parseEtcdObject(body, '/v3/maintenance/alarm')['alarms']).map((item) => {
    const fields = fieldsOf(item);
    const alarm = fields['alarm'];
    return { memberId: hexId(fields['memberID']), alarm: typeof alarm === 'string' ? alarm : 'NONE' };
  });
}

/** Reads `/v3/kv/range`. Errors: invalid_data. */
export function parseEtcdRange(body: string): EtcdRange {
  const document = parseEtcdObject(body, '/v3/kv/range');
  const header = fieldsOf(document['header']);
  if (header['revision'] === undefined) {
    throw new ConnectError('invalid_data', 'etcd answered a range without a revision');
  }
  return {
    revision: integerText(header['revision']),
    isMore: document['more'] === true,
    keys: listOf(document['kvs']).map((item): EtcdKey => {
      const fields = fieldsOf(item);
      const lease = hexId(fields['lease']);
      return {
        key: decoded(fields['key']),
        value: decoded(fields['value']),
        createRevision: integerText(fields['create_revision']),
        modRevision: integerText(fields['mod_revision']),
        leaseId: lease === '0' ? undefined : lease,
      };
    }),
  };
}

/** Reads the names in `/v3/auth/user/list`, `/v3/auth/role/list` or `/v3/auth/user/get`. Errors: invalid_data. */
export const parseEtcdNames = (body: string, route: string, key: 'users' | 'roles'): readonly string[] =>
  textsOf(parseEtcdObject(body, route)[key]);

/** Reads `/v3/auth/role/get`. Errors: invalid_data. */
export function parseEtcdPermissions(body: string): readonly EtcdPermission[] {
  return listOf(parseEtcdObject(body, '/v3/auth/role/get')['perm']).map((item) => {
    const fields = fieldsOf(item);
    const type = fields['permType'];
    return {
      // READ is zero, and zero is left out.
      type: type === 'WRITE' || type === 'READWRITE' ? type : 'READ',
      key: decoded(fields['key']),
      rangeEnd: decoded(fields['range_end']),
    };
  });
}

/** What the gateway says when it refuses. */
export interface EtcdRefusal {
  /** gRPC status code; 16 is Unauthenticated, 7 PermissionDenied, 14 Unavailable. */
  readonly code: number | undefined;
  readonly message: string;
}

/** Reads an answer that is no success; a text that is no JSON is the message. */
export function parseEtcdRefusal(body: string): EtcdRefusal {
  try {
    const document = fieldsOf(JSON.parse(body));
    const message = text(document['message']) || text(document['error']);
    const { code } = document;
    return { code: typeof code === 'number' ? code : undefined, message: message || body.slice(0, 200) };
  } catch {
    return { code: undefined, message: body.slice(0, 200).replaceAll(/\s+/gu, ' ').trim() };
  }
}
