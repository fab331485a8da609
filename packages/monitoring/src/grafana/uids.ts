/** Uids of the dashboards, for links between them; they are public and do not change. */
export const uids = {
  fleet: 'pgattest-fleet',
  cluster: 'pgattest-cluster-overview',
  instance: 'pgattest-instance',
  ha: 'pgattest-ha',
  replication: 'pgattest-replication',
  pooler: 'pgattest-pooler',
  backup: 'pgattest-backup',
  compliance: 'pgattest-compliance',
  framework: 'pgattest-framework',
  exporters: 'pgattest-exporters',
} as const;
