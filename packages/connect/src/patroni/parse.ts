import { ConnectError } from '../errors.ts';
import type {
  PatroniCluster,
  PatroniClusterMember,
  PatroniConfig,
  PatroniHistoryLine,
  PatroniMemberStatus,
} from './model.ts';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** The JSON of an answer. Errors: invalid_data. */
function documentOf(body: string, route: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    const shown = body.slice(0, 120).replaceAll(/\s+/g, ' ');
    throw new ConnectError('invalid_data', `Patroni answered ${route} with something else than JSON: ${shown}`, {
      cause,
    });
  }
}

function objectOf(body: string, route: string): Fields {
  const document = documentOf(body, route);
  if (isObject(document)) return document;
  throw new ConnectError('invalid_data', `Patroni answered ${route} with JSON of another shape`);
}

/** Only keys that have a value, for optional properties. */
const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a computed key widens to string
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };

/** Reads `GET /patroni`. Errors: invalid_data. */
export function parseMemberStatus(body: string): PatroniMemberStatus {
  const document = objectOf(body, '/patroni');
  const state = textOf(document['state']);
  if (state === undefined) throw new ConnectError('invalid_data', 'Patroni answered /patroni without a state');
  const role = textOf(document['role']) ?? 'unknown';
  const xlog = fieldsOf(document['xlog']);
  const patroni = fieldsOf(document['patroni']);
  return {
    state,
    role: role === 'master' ? 'primary' : role,
    ...optional('timeline', numberOf(document['timeline'])),
    xlog: {
      ...optional('location', numberOf(xlog['location'])),
      ...optional('receivedLocation', numberOf(xlog['received_location'])),
      ...optional('replayedLocation', numberOf(xlog['replayed_location'])),
      ...optional('isReplayPaused', typeof xlog['paused'] === 'boolean' ? xlog['paused'] : undefined),
    },
    isPaused: document['pause'] === true,
    isClusterUnlocked: document['cluster_unlocked'] === true,
    isFailsafeActive: document['failsafe_mode_is_active'] === true,
    isSyncStandby: document['sync_standby'] === true,
    isRestartPending: document['pending_restart'] === true,
    restartSettings: Object.keys(fieldsOf(document['pending_restart_reason'])),
    isWatchdogFailed: document['watchdog_failed'] === true,
    ...optional('dcsLastSeen', numberOf(document['dcs_last_seen'])),
    tags: fieldsOf(document['tags']),
    name: textOf(patroni['name']),
    version: textOf(patroni['version']),
    scope: textOf(patroni['scope']),
    ...optional('serverVersion', numberOf(document['server_version'])),
    systemIdentifier: textOf(document['database_system_identifier']),
  };
}

/** Reads `GET /cluster`. Errors: invalid_data. */
export function parseCluster(body: string): PatroniCluster {
  const document = objectOf(body, '/cluster');
  const { members } = document;
  if (!Array.isArray(members)) throw new ConnectError('invalid_data', 'Patroni answered /cluster without members');
  const scheduled = document['scheduled_switchover'];
  return {
    members: members.map((item: unknown) => memberOf(fieldsOf(item))),
    isPaused: document['pause'] === true,
    scheduledSwitchover: isObject(scheduled)
      ? { at: textOf(scheduled['at']) ?? '', from: textOf(scheduled['from']), to: textOf(scheduled['to']) }
      : undefined,
  };
}

function memberOf(fields: Fields): PatroniClusterMember {
  const name = textOf(fields['name']);
  if (name === undefined) throw new ConnectError('invalid_data', 'Patroni answered /cluster with a nameless member');
  return {
    name,
    role: textOf(fields['role']) ?? 'unknown',
    state: textOf(fields['state']) ?? 'unknown',
    host: textOf(fields['host']),
    port: numberOf(fields['port']),
    apiUrl: textOf(fields['api_url']),
    ...optional('timeline', numberOf(fields['timeline'])),
    ...optional('lagBytes', numberOf(fields['lag'])),
    isRestartPending: fields['pending_restart'] === true,
    tags: fieldsOf(fields['tags']),
  };
}

const isOn = (value: unknown): boolean => value === true || value === 'on' || value === 'true';

/** Reads `GET /config`. Errors: invalid_data. */
export function parseConfigDocument(body: string): PatroniConfig {
  const document = objectOf(body, '/config');
  const mode = document['synchronous_mode'];
  return {
    ttlSeconds: numberOf(document['ttl']) ?? 30,
    loopWaitSeconds: numberOf(document['loop_wait']) ?? 10,
    retryTimeoutSeconds: numberOf(document['retry_timeout']) ?? 10,
    maximumLagBytes: numberOf(document['maximum_lag_on_failover']) ?? 1_048_576,
    synchronousMode: mode === 'quorum' ? 'quorum' : isOn(mode) ? 'on' : 'off',
    isSynchronousStrict: isOn(document['synchronous_mode_strict']),
    isFailsafe: isOn(document['failsafe_mode']),
    isPaused: document['pause'] === true,
    isStandbyCluster: isObject(document['standby_cluster']) && Object.keys(document['standby_cluster']).length > 0,
    document,
  };
}

/** Reads `GET /history`, oldest first. Errors: invalid_data. */
export function parseHistory(body: string): readonly PatroniHistoryLine[] {
  const document = documentOf(body, '/history');
  if (!Array.isArray(document)) throw new ConnectError('invalid_data', 'Patroni answered /history with no list');
  return document.map((line: unknown) => {
    const items: readonly unknown[] = Array.isArray(line) ? line : [];
    const [timeline, lsn, reason, at, newLeader] = items;
    if (typeof timeline !== 'number' || typeof lsn !== 'number') {
      throw new ConnectError('invalid_data', 'Patroni answered /history with a line of another shape');
    }
    return { timeline, lsn, reason: textOf(reason) ?? '', at: textOf(at), newLeader: textOf(newLeader) };
  });
}
