import { replicaOf, type AlertScenario } from './scenario.ts';

/** The run of the auditor that a scenario asks for, on a busy machine. */
const auditRunMs = 60_000;

/** What breaks while the roles stay as they are. */
export const quietScenarios: readonly AlertScenario[] = [
  {
    name: 'certificate near expiry',
    faults: ({ primary }) => [{ id: 'certificate-near-expiry', target: primary }],
    expected: ({ cluster, primary }) => [
      { name: 'AuditCertificateExpiring', level: 1, labels: { cls: cluster, subject: primary } },
    ],
    inhibited: ['AuditCheckRegressed'],
    isAudited: true,
    signMs: auditRunMs,
    clearMs: auditRunMs,
  },
  {
    name: 'a compliance setting weakened',
    faults: ({ primary }) => [{ id: 'setting-changed-on-one-member', target: primary }],
    expected: ({ cluster, primary }) => [
      {
        name: 'AuditCheckRegressed',
        level: 1,
        labels: { cls: cluster, subject: primary, check: 'pg-log-connections' },
      },
      // It was changed past Patroni.
      {
        name: 'AuditCheckRegressed',
        level: 1,
        labels: { cls: cluster, subject: primary, check: 'pg-alter-system-unused' },
      },
      // The members differ now, which is a finding of its own.
      {
        name: 'AuditCheckRegressed',
        level: 1,
        labels: { cls: cluster, subject: cluster, check: 'cluster-log-settings-identical' },
      },
      // What Patroni keeps for all of them does not hold on this one.
      {
        name: 'AuditCheckRegressed',
        level: 1,
        labels: { cls: cluster, subject: cluster, check: 'cluster-dcs-settings-kept' },
      },
    ],
    inhibited: [],
    isAudited: true,
    situations: ['setting-changed-on-one-member'],
    signMs: auditRunMs,
    clearMs: auditRunMs,
  },
  {
    name: 'etcd minority lost',
    faults: () => [{ id: 'etcd-member-down' }],
    expected: () => [{ name: 'EtcdQuorumAtRisk', level: 1, labels: { cls: 'etcd' } }],
    inhibited: ['EtcdMemberDown'],
  },
  {
    name: 'etcd majority lost',
    faults: () => [{ id: 'etcd-majority-lost' }],
    expected: () => [{ name: 'EtcdQuorumLost', level: 0, labels: { cls: 'etcd' } }],
    inhibited: ['EtcdMemberDown', 'PatroniFailsafeActive'],
    // It outlasts its end by a minute, for the sake of those that follow from it.
    clearMs: 60_000,
  },
  {
    name: 'archive broken',
    faults: ({ primary }) => [{ id: 'archive-command-failing', target: primary }],
    expected: ({ cluster, primary }) => [
      { name: 'PostgresArchiverFailing', level: 0, labels: { cls: cluster, ins: primary } },
    ],
    inhibited: [],
    situations: ['archive-command-failing'],
    // The archiver tries three times, a second apart, before the failure stays.
    signMs: 10_000,
    clearMs: 60_000,
  },
  {
    name: 'pooler down',
    faults: ({ primary }) => [{ id: 'pgbouncer-killed', target: primary }],
    expected: ({ cluster, primary }) => [{ name: 'PgbouncerDown', level: 0, labels: { cls: cluster, ins: primary } }],
    inhibited: [],
  },
  {
    name: 'Patroni of a replica killed',
    faults: (cast) => [{ id: 'patroni-killed', target: replicaOf(cast) }],
    expected: (cast) => [{ name: 'PatroniDown', level: 0, labels: { cls: cast.cluster, ins: replicaOf(cast) } }],
    inhibited: [],
  },
  {
    name: 'replica stopped',
    faults: (cast) => [{ id: 'replica-stopped', target: replicaOf(cast) }],
    expected: (cast) => [{ name: 'PostgresDown', level: 0, labels: { cls: cast.cluster, ins: replicaOf(cast) } }],
    inhibited: ['PatroniDown'],
    clearMs: 30_000,
  },
];
