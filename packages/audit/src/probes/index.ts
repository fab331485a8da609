import { pgSettings } from './settings.ts';

/** Every probe, in the order they run on an instance. */
export const probes = [pgSettings] as const;
