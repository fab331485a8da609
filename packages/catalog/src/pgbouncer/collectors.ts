import type { AnyCollector } from '../model.ts';
import { pgbouncer } from './pgbouncer.ts';
import { pgbouncerClient } from './pgbouncer-client.ts';
import { pgbouncerClientEncrypted } from './pgbouncer-client-encrypted.ts';
import { pgbouncerClientSession } from './pgbouncer-client-session.ts';
import { pgbouncerClientTransport } from './pgbouncer-client-transport.ts';
import { pgbouncerConfig } from './pgbouncer-config.ts';
import { pgbouncerConfigLimit } from './pgbouncer-config-limit.ts';
import { pgbouncerConfigPooling } from './pgbouncer-config-pooling.ts';
import { pgbouncerConfigSecurity } from './pgbouncer-config-security.ts';
import { pgbouncerConfigSwitch } from './pgbouncer-config-switch.ts';
import { pgbouncerConfigTimeout } from './pgbouncer-config-timeout.ts';
import { pgbouncerDatabase } from './pgbouncer-database.ts';
import { pgbouncerDatabases } from './pgbouncer-databases.ts';
import { pgbouncerDnsHost } from './pgbouncer-dns-host.ts';
import { pgbouncerDnsZone } from './pgbouncer-dns-zone.ts';
import { pgbouncerList } from './pgbouncer-list.ts';
import { pgbouncerMemory } from './pgbouncer-memory.ts';
import { pgbouncerPeer } from './pgbouncer-peer.ts';
import { pgbouncerPeerPool } from './pgbouncer-peer-pool.ts';
import { pgbouncerPool } from './pgbouncer-pool.ts';
import { pgbouncerPoolQueue } from './pgbouncer-pool-queue.ts';
import { pgbouncerPools } from './pgbouncer-pools.ts';
import { pgbouncerServer } from './pgbouncer-server.ts';
import { pgbouncerServerEncrypted } from './pgbouncer-server-encrypted.ts';
import { pgbouncerServerSession } from './pgbouncer-server-session.ts';
import { pgbouncerServerTransport } from './pgbouncer-server-transport.ts';
import { pgbouncerStat } from './pgbouncer-stat.ts';
import { pgbouncerState } from './pgbouncer-state.ts';
import { pgbouncerStats } from './pgbouncer-stats.ts';
import { pgbouncerStatsTotals } from './pgbouncer-stats-totals.ts';
import { pgbouncerUser } from './pgbouncer-user.ts';

/** Built-in collectors of PgBouncer with the names of pg_exporter, by ascending priority. */
export const pgbouncerPgExporterCollectors: readonly AnyCollector[] = Object.freeze([
  pgbouncerList,
  pgbouncerDatabase,
  pgbouncerStat,
  pgbouncerPool,
]);

/** Built-in collectors of PgBouncer with the names of the Prometheus community's exporter, by ascending priority. */
export const pgbouncerCommunityCollectors: readonly AnyCollector[] = Object.freeze([
  pgbouncerDatabases,
  pgbouncerStatsTotals,
  pgbouncerStats,
  pgbouncerPools,
  pgbouncer,
  pgbouncerConfig,
  pgbouncerClient,
]);

/** Built-in collectors of PgBouncer that neither has, by ascending priority. */
export const pgbouncerOurCollectors: readonly AnyCollector[] = Object.freeze([
  pgbouncerPoolQueue,
  pgbouncerState,
  pgbouncerUser,
  pgbouncerMemory,
  pgbouncerClientTransport,
  pgbouncerClientEncrypted,
  pgbouncerServerTransport,
  pgbouncerServerEncrypted,
  pgbouncerServer,
  pgbouncerClientSession,
  pgbouncerServerSession,
  pgbouncerPeer,
  pgbouncerPeerPool,
  pgbouncerDnsHost,
  pgbouncerDnsZone,
  pgbouncerConfigSecurity,
  pgbouncerConfigPooling,
  pgbouncerConfigLimit,
  pgbouncerConfigTimeout,
  pgbouncerConfigSwitch,
]);

/** Every built-in collector of PgBouncer, by ascending priority. */
export const pgbouncerCollectors: readonly AnyCollector[] = Object.freeze([
  ...pgbouncerPgExporterCollectors,
  ...pgbouncerCommunityCollectors,
  ...pgbouncerOurCollectors,
]);
