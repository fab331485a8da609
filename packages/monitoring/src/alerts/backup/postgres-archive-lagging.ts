import { pgArchive, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const postgresArchiveLagging = defineAlertFor((site) => ({
  name: 'PostgresArchiveLagging',
  severity: 'warning',
  for: '1m',
  expr: promql`${pgArchive.m.oldest_ready_age_seconds} > ${site.thresholds.archiveWait}`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: 'A WAL segment of {{ $labels.ins }} has waited for the archive for {{ $value | humanizeDuration }}',
    zh: '{{ $labels.ins }} 有 WAL 段等待归档已达 {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'A disaster now would lose at least that much: what is not archived cannot be restored.',
    zh: '此刻发生灾难至少会丢失这么多：未归档的内容无法恢复。',
  },
  runbook: [
    'Does the archiver fail, or is it slow? Look at PostgresArchiverFailing, then at `pg_stat_archiver`.',
    'Slow: archive-async and process-max of pgBackRest; network to the repository.',
  ],
}));
