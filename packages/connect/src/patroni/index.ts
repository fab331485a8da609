export { createPatroniClient, type PatroniClient } from './client.ts';
export { createPatroniControl, type PatroniControl } from './control.ts';
export { readPatroniCredentials } from './credentials.ts';
export * from './model.ts';
export type { PatroniTarget } from './request.ts';
