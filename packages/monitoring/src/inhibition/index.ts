import { clusterInhibitions } from './cluster.ts';
import { dcsInhibitions } from './dcs.ts';
import type { Inhibition } from './inhibition.ts';
import { serviceInhibitions } from './service.ts';

/** The whole tree of causes. */
export const inhibitions: readonly Inhibition[] = [...clusterInhibitions, ...dcsInhibitions, ...serviceInhibitions];
