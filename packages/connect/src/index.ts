export * from './errors.ts';
export * from './postgres/describe.ts';
export { resolvePgTarget } from './postgres/dsn.ts';
export { createPgPool, type PgPool, type PgPoolOptions } from './postgres/pool.ts';
export * from './postgres/session-api.ts';
export { createSessionGate, type SessionGate } from './postgres/session-gate.ts';
export { openPgSession } from './postgres/session.ts';
export * from './secret.ts';
export * from './tls.ts';
