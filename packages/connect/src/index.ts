export * from './errors.ts';
export * from './postgres/session-api.ts';
export * from './secret.ts';
