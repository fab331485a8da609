import type { FactMap } from '../facts.ts';
import type { Observation } from '../probe.ts';
import { receiverFact, senderFact, serverFact } from './server.fixture.ts';
import { ok, settingsFact, unreachable } from './settings.fixture.ts';

/** What one member of a test cluster shows; `undefined` did not answer. */
export interface MemberFixture {
  readonly server: FactMap['pg.server'];
  readonly senders: FactMap['pg.replication'];
  readonly receiver: FactMap['pg.wal-receiver'];
  readonly settings: FactMap['pg.settings'];
}

/** A primary that streams to these standbys. */
export const primaryOf = (...standbys: readonly string[]): MemberFixture => ({
  server: serverFact(),
  senders: standbys.map((applicationName) => senderFact({ applicationName })),
  receiver: null,
  settings: settingsFact({}),
});

/** A standby that announces this name and sends to nobody. */
export const standby = (applicationName: string): MemberFixture => ({
  server: serverFact({ inRecovery: true }),
  senders: [],
  receiver: receiverFact({ applicationName }),
  settings: settingsFact({}),
});

/** The facts of members pg-test-1, pg-test-2, … as a cluster check gets them. */
export function membersFact(...members: readonly (MemberFixture | undefined)[]) {
  const facts = <T>(pick: (member: MemberFixture) => T): ReadonlyMap<string, Observation<T>> =>
    new Map(
      members.map((member, index) => [`pg-test-${index + 1}`, member === undefined ? unreachable : ok(pick(member))]),
    );
  return {
    'pg.server': facts(({ server }) => server),
    'pg.replication': facts(({ senders }) => senders),
    'pg.wal-receiver': facts(({ receiver }) => receiver),
    'pg.settings': facts(({ settings }) => settings),
    'cluster.inventory': new Map<string, Observation<FactMap['cluster.inventory']>>(),
  };
}

/** What the engine says of the kind of cluster. */
export const inventoryFact = (
  standbyCluster: FactMap['cluster.inventory']['standbyCluster'],
  sources: FactMap['cluster.inventory']['sources'] = [],
): ReadonlyMap<string, Observation<FactMap['cluster.inventory']>> =>
  new Map([['pg-test', ok({ declared: [], sources, standbyCluster })]]);

/** As Patroni, or the configuration, says of a cluster that follows another one. */
export const standbyClusterFact = inventoryFact({ is: true, says: 'patroni' });

/** Patroni is declared and did not answer. */
export const silentPatroniFact = inventoryFact({ is: 'unknown', says: 'nobody' }, [
  {
    from: 'patroni',
    place: 'http://10.0.0.1:8008',
    command: 'curl',
    printed: '',
    members: { status: 'unavailable', code: 'timeout', message: 'no answer' },
    notes: [],
  },
]);
