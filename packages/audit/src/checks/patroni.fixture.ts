import type { FactMap } from '../facts.ts';
import type { Observation } from '../probe.ts';
import { ok, unreachable } from './settings.fixture.ts';

type Member = FactMap['patroni.cluster']['members'][number];

/** A member as GET /cluster lists it: a healthy replica, then as told. */
export const memberFact = (name: string, changes: Partial<Member> = {}): Member => ({
  name,
  role: 'replica',
  state: 'running',
  host: `10.0.0.${name.slice(-1)}`,
  port: 5432,
  timeline: 1,
  lagBytes: 0,
  isRestartPending: false,
  tags: {},
  ...changes,
});

export const leaderFact = (name: string, changes: Partial<Member> = {}): Member =>
  memberFact(name, { role: 'leader', lagBytes: null, ...changes });

/** GET /cluster of a running cluster. */
export const clusterFact = (
  members: readonly Member[],
  changes: Partial<FactMap['patroni.cluster']> = {},
): FactMap['patroni.cluster'] => ({ members, isPaused: false, scheduledSwitchoverAt: null, ...changes });

/** GET /patroni of a healthy replica of 4.0.5, then as told. */
export const patroniStatusFact = (changes: Partial<FactMap['patroni.status']> = {}): FactMap['patroni.status'] => ({
  state: 'running',
  role: 'replica',
  name: 'pg-test-2',
  scope: 'pg-test',
  version: '4.0.5',
  timeline: 1,
  systemIdentifier: '7710730764901021745',
  isPaused: false,
  isClusterUnlocked: false,
  isFailsafeActive: false,
  isRestartPending: false,
  restartSettings: [],
  isWatchdogFailed: false,
  dcsLastSeen: '2026-11-21T11:59:58.000Z',
  tags: {},
  ...changes,
});

/** patroni.yml of a hardened member, 0600, then as told. */
export const patroniYmlFact = (
  document: NonNullable<FactMap['node.patroni-yml']>['document'] = {},
  changes: Partial<NonNullable<FactMap['node.patroni-yml']>> = {},
): NonNullable<FactMap['node.patroni-yml']> => ({
  path: '/etc/patroni/patroni.yml',
  mode: '0600',
  owner: 'postgres',
  group: 'postgres',
  folderMode: '0700',
  document,
  secrets: [],
  ...changes,
});

/** One value per member, `undefined` for one that did not answer: `pg-test-1<suffix>`, … */
export const perMember = <T>(
  suffix: string,
  ...values: readonly (T | undefined)[]
): ReadonlyMap<string, Observation<T>> =>
  new Map(
    values.map((value, index) => [`pg-test-${index + 1}${suffix}`, value === undefined ? unreachable : ok(value)]),
  );
