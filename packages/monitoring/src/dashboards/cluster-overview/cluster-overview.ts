import { dashboard, row } from '../../grafana/dashboard.ts';
import { complianceRow } from './compliance.ts';
import { exporterRow } from './exporter.ts';
import { healthRow } from './health.ts';
import { loadRow } from './load.ts';
import { replicationRow } from './replication.ts';
import { storageRow } from './storage.ts';

/** The page people look at first: is there one primary, do the replicas follow, what does the auditor say. */
export const clusterOverview = dashboard({
  uid: 'pgattest-cluster-overview',
  title: 'pgattest: cluster overview',
  description:
    'One PostgreSQL cluster: members and roles, replication, load, storage, what the auditor says, and whether the exporters can be trusted.',
  tags: ['pgattest', 'postgresql', 'compliance'],
  variables: [
    { name: 'cls', label: 'Cluster', query: 'label_values(pg_up, cls)', multi: false },
    { name: 'ins', label: 'Instance', query: 'label_values(pg_up{cls="$cls"}, ins)', multi: true },
  ],
  rows: [
    row('Health', healthRow),
    row('Replication', replicationRow),
    row('Load', loadRow),
    row('Storage and WAL', storageRow),
    row('Compliance', complianceRow),
    row('Exporters', exporterRow),
  ],
});
