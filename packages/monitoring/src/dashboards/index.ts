import type { Dashboard } from '../grafana/dashboard.ts';
import { backup } from './backup/backup.ts';
import { cluster } from './cluster/cluster.ts';
import { compliance } from './compliance/compliance.ts';
import { exporters } from './exporters/exporters.ts';
import { fleet } from './fleet/fleet.ts';
import { framework } from './framework/framework.ts';
import { ha } from './ha/ha.ts';
import { instance } from './instance/instance.ts';
import { pooler } from './pooler/pooler.ts';
import { replication } from './replication/replication.ts';

/** Every dashboard, from the widest view to the narrowest. */
export const dashboards: readonly Dashboard[] = [
  fleet,
  cluster,
  instance,
  ha,
  replication,
  pooler,
  backup,
  compliance,
  framework,
  exporters,
];
