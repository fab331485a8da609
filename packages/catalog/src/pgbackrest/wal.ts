import { defineMetric, gauge } from '../model.ts';

const place = ['stanza', 'repo_key', 'archive_id'] as const;

/**
 * WAL in a repository by its listing, along the history of the newest timeline. Segments beyond a timeline switch,
 * partial ones and those older than the archive retention keeps are no gaps. Absent while the listing fails; numbers that
 * need the segment size are absent while it is unknown.
 */
export const backrestWalMetrics = Object.freeze({
  backrestListingAgeSeconds: defineMetric(
    'pgbackrest_repo_listing_age_seconds',
    gauge(
      'seconds',
      'Age of the listing that recovery window and WAL numbers of a repository rest on, as of this scrape',
    ),
    ['stanza', 'repo_key'],
  ),
  backrestWalSegments: defineMetric(
    'pgbackrest_wal_segments',
    gauge('count', 'WAL segments in the repository, partial ones not counted'),
    place,
  ),
  backrestWalPartialSegments: defineMetric(
    'pgbackrest_wal_partial_segments',
    gauge('count', 'Partial WAL segments in the repository, left by promotions'),
    place,
  ),
  backrestWalDuplicateSegments: defineMetric(
    'pgbackrest_wal_duplicate_segments',
    gauge('count', 'WAL segments stored again with another content'),
    place,
  ),
  backrestWalStoredBytes: defineMetric(
    'pgbackrest_wal_stored_bytes',
    gauge('bytes', 'Stored bytes of the WAL in the repository'),
    place,
  ),
  backrestWalSegmentSizeBytes: defineMetric(
    'pgbackrest_wal_segment_size_bytes',
    gauge('bytes', 'Segment size that the numbers of this archive are computed with'),
    place,
  ),
  backrestWalGaps: defineMetric(
    'pgbackrest_wal_gaps',
    gauge(
      'count',
      'Places where WAL is missing between the oldest backup that WAL is kept from and the newest segment',
    ),
    place,
  ),
  backrestWalMissingSegments: defineMetric(
    'pgbackrest_wal_missing_segments',
    gauge('count', 'Segments missing in these gaps'),
    place,
  ),
  backrestWalPendingSegments: defineMetric(
    'pgbackrest_wal_pending_segments',
    gauge(
      'count',
      'Segments missing so recently that they may still arrive, as asynchronous archiving does not keep order',
    ),
    place,
  ),
  backrestWalOldestMissingSegmentNumber: defineMetric(
    'pgbackrest_wal_oldest_missing_segment_number',
    gauge('id', 'Number of the oldest missing segment, LSN divided by segment size; absent without gaps'),
    place,
  ),
  backrestWalNewestTimeline: defineMetric(
    'pgbackrest_wal_newest_timeline',
    gauge('id', 'Newest timeline with WAL in the repository'),
    place,
  ),
  backrestWalNewestSegmentNumber: defineMetric(
    'pgbackrest_wal_newest_segment_number',
    gauge('id', 'Number of the newest segment of that timeline, LSN divided by segment size'),
    place,
  ),
  backrestWalOldestSegmentNumber: defineMetric(
    'pgbackrest_wal_oldest_segment_number',
    gauge('id', 'Number of the oldest segment in the history of that timeline, LSN divided by segment size'),
    place,
  ),
  backrestWalNewestTimestampSeconds: defineMetric(
    'pgbackrest_wal_newest_timestamp_seconds',
    gauge('timestamp_seconds', 'When the newest segment was stored'),
    place,
  ),
  backrestWalNewestAgeSeconds: defineMetric(
    'pgbackrest_wal_newest_age_seconds',
    gauge('seconds', 'Time since the newest segment was stored, as of this scrape'),
    place,
  ),
});

/** The server's word on archiving against what is in the repository. Absent without a connection to the server. */
export const backrestArchiverMetrics = Object.freeze({
  backrestArchiverLagSegments: defineMetric(
    'pgbackrest_archiver_lag_segments',
    gauge('count', 'Complete segments that the server has written and the repository does not hold after its newest'),
    ['stanza', 'repo_key'],
  ),
  backrestArchiverLostSegments: defineMetric(
    'pgbackrest_archiver_lost_segments',
    gauge(
      'count',
      'Segments that the server believes archived and the repository does not hold: WAL dropped in silence',
    ),
    ['stanza', 'repo_key'],
  ),
  backrestArchiverFailing: defineMetric(
    'pgbackrest_archiver_failing',
    gauge('bool', 'Whether the last call of archive_command failed'),
    ['stanza'],
  ),
  backrestArchiverFailedTotal: defineMetric(
    'pgbackrest_archiver_failed_total',
    { kind: 'counter', unit: 'count', help: 'Failed calls of archive_command as the server counts them' },
    ['stanza'],
  ),
  backrestArchiverReadySegments: defineMetric(
    'pgbackrest_archiver_ready_segments',
    gauge('count', 'Segments that wait for archive_command'),
    ['stanza'],
  ),
  backrestArchiverLastArchivedTimestampSeconds: defineMetric(
    'pgbackrest_archiver_last_archived_timestamp_seconds',
    gauge('timestamp_seconds', 'When archive_command last succeeded, as the server says'),
    ['stanza'],
  ),
});
