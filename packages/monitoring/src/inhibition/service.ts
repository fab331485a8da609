import type { Inhibition } from './inhibition.ts';

/** Poolers, backups, exporters and the auditor. */
export const serviceInhibitions: readonly Inhibition[] = [
  {
    cause: 'PgbouncerMonitorRefused',
    hides: ['PgbouncerDown'],
    same: ['cls', 'ins'],
    why: 'to the exporter a pooler that refuses its role looks like one that is down',
  },
  {
    cause: 'PgbouncerPoolStalled',
    hides: ['PgbouncerWaitTooLong', 'PgbouncerClientsWaiting'],
    same: ['cls', 'ins', 'datname'],
    why: 'clients wait because no server connection is made',
  },
  {
    cause: 'PgbouncerWaitTooLong',
    hides: ['PgbouncerClientsWaiting', 'PgbouncerPoolFull'],
    same: ['cls', 'ins', 'datname'],
    why: 'it is the same queue, grown longer',
  },
  {
    cause: 'PgbouncerClientsWaiting',
    hides: ['PgbouncerPoolFull'],
    same: ['cls', 'ins', 'datname'],
    why: 'clients queue because the pool is full',
  },
  {
    cause: 'PostgresArchiverFailing',
    hides: ['PostgresArchiveLagging', 'PostgresWalGrowing'],
    same: ['cls', 'ins'],
    why: 'WAL that cannot be archived waits in pg_wal',
  },
  {
    cause: 'PostgresSlotAbandoned',
    hides: ['PostgresWalGrowing'],
    same: ['cls', 'ins'],
    why: 'the slot is what keeps the WAL',
  },
  {
    cause: 'NodeDiskFull',
    hides: ['NodeDiskFilling'],
    same: ['instance', 'mountpoint'],
    why: 'it is full now, not only by and by',
  },
  {
    cause: 'BackupRepositoryFailing',
    hides: [
      'BackupMissing',
      'BackupNotRestorable',
      'BackupLate',
      'BackupFullLate',
      'BackupScheduleMissed',
      'BackupWalLost',
    ],
    same: ['cls', 'stanza', 'repo_key'],
    why: 'what cannot be read holds no backup and takes none',
  },
  {
    cause: 'BackupMissing',
    hides: ['BackupNotRestorable', 'BackupLate', 'BackupFullLate', 'BackupScheduleMissed'],
    same: ['cls', 'stanza', 'repo_key'],
    why: 'where no backup can be restored the newest cannot either',
  },
  {
    cause: 'BackupFailed',
    hides: ['BackupLate', 'BackupFullLate', 'BackupScheduleMissed'],
    same: ['cls', 'stanza'],
    why: 'the run that failed is the backup that is missing',
  },
  {
    cause: 'BackupScheduleMissed',
    hides: ['BackupLate', 'BackupFullLate'],
    same: ['cls', 'stanza', 'repo_key'],
    why: 'a backup that was not made lets the last one grow old',
  },
  {
    cause: 'BackupLate',
    hides: ['BackupFullLate'],
    same: ['cls', 'stanza', 'repo_key'],
    why: 'where no backup is made, no full one is',
  },
  {
    cause: 'BackupWalLost',
    hides: ['BackupWalGap'],
    same: ['cls', 'stanza', 'repo_key'],
    why: 'WAL that is dropped leaves a gap',
  },
  {
    cause: 'BackupWalGap',
    hides: ['BackupWindowShort'],
    same: ['cls', 'stanza', 'repo_key'],
    why: 'a gap cuts the window',
  },
  {
    cause: 'BackupNotRestorable',
    hides: ['BackupWindowShort'],
    same: ['cls', 'stanza', 'repo_key'],
    why: 'the window begins with a backup that can be restored',
  },
  {
    cause: 'RestoreDrillFailed',
    hides: ['RestoreDrillOverdue'],
    same: ['cls', 'stanza'],
    why: 'a drill that failed is none that passed',
  },
  {
    cause: 'PostgresCollectorFailing',
    hides: ['ExporterResultsStale'],
    same: ['cls', 'ins', 'datname', 'query'],
    why: 'old results are kept because the collector fails',
  },
  {
    cause: 'AuditorDown',
    hides: ['AuditEvidenceStale'],
    same: [],
    why: 'who does not run collects no evidence',
  },
  {
    cause: 'AuditRunFailing',
    hides: ['AuditEvidenceStale', 'AuditCoverageLost'],
    same: ['cls'],
    why: 'a run that fails files no evidence',
  },
  {
    cause: 'AuditMemberUnreachable',
    hides: ['AuditCoverageLost'],
    same: ['cls'],
    why: 'the checks of a member that does not answer are undecided',
  },
  {
    cause: 'AuditCertificateExpiring',
    hides: ['AuditCheckFailing', 'AuditCheckRegressed'],
    same: ['cls', 'subject', 'check'],
    why: 'it is the same check, in words of its own',
  },
  {
    cause: 'AuditCheckRegressed',
    hides: ['AuditCheckFailing'],
    same: ['cls', 'subject', 'check'],
    why: 'a check that has just begun to fail, fails',
  },
];
