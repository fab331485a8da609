import { pgTlsEnabled } from './postgres/pg-tls-enabled.ts';

/** Every check, grouped by file folder. */
export const checks = [pgTlsEnabled] as const;
export type CheckId = (typeof checks)[number]['id'];
