import { pgServer } from './server.ts';
import { pgReplication } from './replication.ts';
import { pgWalReceiver } from './wal-receiver.ts';
import { pgSlots } from './slots.ts';
import { pgTlsEndpoint } from './tls-endpoint.ts';
import { pgTlsSessions } from './tls-sessions.ts';
import { pgDatabaseStats } from './database-stats.ts';
import { pgFileSettings } from './file-settings.ts';
import { pgExtensions } from './extensions.ts';
import { pgCollations } from './collations.ts';
import { pgSettings } from './settings.ts';
import { pgConnectionStrings } from './connection-strings.ts';
import { pgDatabases } from './databases.ts';
import { pgHba } from './hba.ts';
import { pgIdent } from './ident.ts';
import { pgLanguages } from './languages.ts';
import { pgRoleSecrets } from './role-secrets.ts';
import { pgRoles } from './roles.ts';
import { pgRoutines } from './routines.ts';

/** Every probe, in the order they run on an instance. */
export const probes = [
  pgSettings,
  pgServer,
  pgReplication,
  pgWalReceiver,
  pgSlots,
  pgTlsSessions,
  pgTlsEndpoint,
  pgDatabaseStats,
  pgFileSettings,
  pgExtensions,
  pgCollations,
  pgHba,
  pgIdent,
  pgRoles,
  pgRoleSecrets,
  pgDatabases,
  pgRoutines,
  pgLanguages,
  pgConnectionStrings,
] as const;
