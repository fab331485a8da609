import type { Dashboard } from '../grafana/dashboard.ts';
import { clusterOverview } from './cluster-overview/cluster-overview.ts';

/** Every dashboard. */
export const dashboards: readonly Dashboard[] = [clusterOverview];
