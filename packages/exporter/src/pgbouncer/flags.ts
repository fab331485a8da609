import type { OptionSpec } from '@pgattest/runtime';
import { pgExporterFlags } from '../flags.ts';

/** Flags of pg_exporter that make no sense for a pooler: accepted, as unit files may have them, and without effect. */
const withoutEffect = /--(?:no-)?(?:auto-discovery|exclude-database|include-database)\b/u;
/** Flags of the PostgreSQL exporter that this one does not have. */
const notHere = /--(?:mode|max-sessions|max-series|sub-second-timestamps)\b/u;

/** Shown last in --help. */
export const pgbouncerFlagNotes = `Also in the environment: --pgBouncer.connectionString as PGBOUNCER_EXPORTER_CONNECTION_STRING; the options -c -l -n -t
-C -m -f -T, --enable-collector and --disable-collector as PG_EXPORTER_ and their name; -P as PG_EXPORTER_TELEMETRY_PATH;
-u as PG_EXPORTER_URL, PGURL, or the file that PG_EXPORTER_URL_FILE names. Switches take =false, or --no- before their name.
`;

/** Flags of both programs that are replaced, then ours. `listen` is the default to show. */
export function pgbouncerExporterFlags(listen: string): readonly OptionSpec[] {
  const shared = pgExporterFlags({ listen, isLogLenient: false })
    .filter(({ flags }) => !notHere.test(flags))
    .map((flag): OptionSpec => {
      if (withoutEffect.test(flag.flags)) return { flags: flag.flags, summary: 'without effect', isHidden: true };
      if (flag.flags.startsWith('-n')) return { ...flag, summary: 'first word of self metrics (default: "pgbouncer")' };
      if (flag.flags.startsWith('-u')) return { ...flag, summary: 'console to observe' };
      return flag.flags.startsWith('--probe') ? { ...flag, summary: 'consoles that /probe?target=NAME may ask' } : flag;
    });
  return [
    {
      flags: '--pgBouncer.connectionString <url>',
      summary: 'console to observe, as the community exporter names it',
      env: 'PGBOUNCER_EXPORTER_CONNECTION_STRING',
      isEnvInNotes: true,
    },
    { flags: '--pgBouncer.pid-file <file>', summary: 'pid file of PgBouncer, for its process metrics' },
    ...shared,
    { flags: '--legacy-names', summary: 'also show pgbouncer_stats_*, the names before 0.11' },
    { flags: '--max-applications <n>', summary: 'application names of clients, the rest is other', default: '20' },
    { flags: '--max-client-series <n>', summary: 'combinations of labels of clients', default: '500' },
    { flags: '--unknown-columns', summary: 'show numeric columns that no collector knows' },
  ];
}
