import type { FactMap } from '../facts.ts';

/** A primary of version 18.4 on timeline 1, then as told. */
export const serverFact = (changes: Partial<FactMap['pg.server']> = {}): FactMap['pg.server'] => ({
  version: '18.4',
  versionNum: 180004,
  inRecovery: false,
  systemIdentifier: '7710730764901021745',
  timeline: 1,
  startedAt: '2026-11-20T00:00:00Z',
  ...changes,
});

/** An encrypted sender that streams to pg-test-2 without lag, then as told. */
export const senderFact = (
  changes: Partial<FactMap['pg.replication'][number]> = {},
): FactMap['pg.replication'][number] => ({
  applicationName: 'pg-test-2',
  user: 'replicator',
  superuser: false,
  createRole: false,
  createDb: false,
  bypassRls: false,
  writesTables: false,
  clientAddress: '10.0.0.2',
  state: 'streaming',
  syncState: 'async',
  logical: false,
  tls: true,
  gssEncrypted: false,
  flushLagBytes: 0,
  replayLagBytes: 0,
  ...changes,
});

/** The receiver of pg-test-2, verified and streaming without lag, then as told. */
export const receiverFact = (
  changes: Partial<NonNullable<FactMap['pg.wal-receiver']>> = {},
): NonNullable<FactMap['pg.wal-receiver']> => ({
  status: 'streaming',
  slotName: 'pg_test_2',
  senderHost: '10.0.0.1',
  senderPort: 5432,
  applicationName: 'pg-test-2',
  sslMode: 'verify-full',
  replayLagBytes: 0,
  replayPaused: false,
  ...changes,
});
