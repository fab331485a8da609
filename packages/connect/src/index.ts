export * from './errors.ts';
export * from './etcd/index.ts';
export * from './haproxy/index.ts';
export * from './http/index.ts';
export * from './patroni/index.ts';
export * from './pgbackrest/index.ts';
export * from './pgbouncer/console-api.ts';
export { openPgbouncerConsole } from './pgbouncer/console.ts';
export { parseHbaFile, type HbaFile, type HbaFileRule } from './pgbouncer/hba-file.ts';
export * from './pgbouncer/ini.ts';
export { parseUserlist, type Userlist, type UserlistEntry } from './pgbouncer/userlist.ts';
export { checkShowCommand } from './pgbouncer/show-command.ts';
export { parsePgbouncerVersion } from './pgbouncer/version.ts';
export * from './postgres/describe.ts';
export { resolvePgTarget } from './postgres/dsn.ts';
export { createPgPool, type PgPool, type PgPoolOptions } from './postgres/pool.ts';
export { scramIterations, verifierKind, verifierMatches, type VerifierKind } from './postgres/password-verifier.ts';
export * from './postgres/session-api.ts';
export { createLoginMemory, type LoginMemory } from './postgres/login-memory.ts';
export { createSessionGate, type SessionGate } from './postgres/session-gate.ts';
export { openPgSession } from './postgres/session.ts';
export { attemptLogin, type LoginAnswer, type LoginAttempt } from './postgres/login-attempt.ts';
export { rememberTargetFiles, type RememberedFiles, type TargetFiles } from './postgres/target-files.ts';
export {
  openWriteSession,
  type SqlValue,
  type WriteSession,
  type WriteSessionOptions,
} from './postgres/write-session.ts';
export * from './secret.ts';
export * from './tls.ts';
export * from './tls-first-flight.ts';
