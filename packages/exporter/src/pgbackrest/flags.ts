import type { OptionSpec } from '@pgattest/runtime';
import { logFlags, shellFlags, webFlags } from '../serving-flags.ts';

/** What differs between the program that replaces pgbackrest_exporter and the command of `pgattest`. */
export interface BackrestCommandDefaults {
  /** Where to serve unless told otherwise; EXPORTER_PORT replaces the port. */
  readonly listen: string;
  /** Take an unknown --log.level for info and an unknown --log.format for logfmt. */
  readonly isLogLenient: boolean;
}

/** Shown last in --help: what would not fit into the lines of the options. */
export const backrestNotes = `Also in the environment, as the image of pgbackrest_exporter has them: EXPORTER_PORT, EXPORTER_TELEMETRY_PATH or
EXPORTER_ENDPOINT, EXPORTER_CONFIG, STANZA_INCLUDE, STANZA_EXCLUDE, COLLECT_INTERVAL, BACKUP_TYPE, VERBOSE_WAL,
DATABASE_COUNT, DATABASE_PARALLEL_PROCESSES, DATABASE_COUNT_LATEST, COLLECTOR_PGBACKREST; and EXPORTER_PG_URL, or the
file that EXPORTER_PG_URL_FILE names. Durations are seconds or 30s, 5m, 1h. Switches take =false, or --no- before.
`;

/** A switch, and the line that takes it back. */
function switchOf(name: string, summary: string, env?: string): readonly OptionSpec[] {
  return [
    { flags: `--${name}`, summary, ...(env === undefined ? {} : { env, isEnvInNotes: true as const }) },
    { flags: `--no-${name}`, summary: `not: ${summary}`, isHidden: true },
  ];
}

function fromEnvironment(env: string): Pick<OptionSpec, 'env' | 'isEnvInNotes'> {
  return { env, isEnvInNotes: true };
}

/** Flags of pgbackrest_exporter as its users know them, then ours. */
export function backrestFlags({ listen }: BackrestCommandDefaults): readonly OptionSpec[] {
  return [
    {
      flags: '--backrest.config <file>',
      summary: 'configuration file of pgBackRest',
      ...fromEnvironment('EXPORTER_CONFIG'),
    },
    { flags: '--backrest.config-include-path <dir>', summary: 'its folder of further files' },
    {
      flags: '--backrest.stanza-include <stanza...>',
      summary: 'only these stanzas',
      ...fromEnvironment('STANZA_INCLUDE'),
    },
    {
      flags: '--backrest.stanza-exclude <stanza...>',
      summary: 'not these, included or not',
      ...fromEnvironment('STANZA_EXCLUDE'),
    },
    {
      flags: '--backrest.backup-type <type>',
      summary: 'only full, diff or incr (pgBackRest 2.38)',
      ...fromEnvironment('BACKUP_TYPE'),
    },
    ...switchOf('backrest.database-count', 'count the databases of every backup', 'DATABASE_COUNT'),
    {
      flags: '--backrest.database-parallel-processes <n>',
      summary: 'processes that count at a time',
      default: '1',
      ...fromEnvironment('DATABASE_PARALLEL_PROCESSES'),
    },
    ...switchOf('backrest.database-count-latest', 'count those of the newest backups', 'DATABASE_COUNT_LATEST'),
    ...switchOf('backrest.reference-count', 'show how many backups each one refers to'),
    ...switchOf('backrest.verbose-wal', 'fill the labels wal_min and wal_max', 'VERBOSE_WAL'),
    {
      flags: '--collector.pgbackrest',
      summary: 'collect more than the version',
      default: true,
      ...fromEnvironment('COLLECTOR_PGBACKREST'),
    },
    { flags: '--no-collector.pgbackrest', summary: 'only the version', isHidden: true },
    {
      flags: '--collect.interval <duration>',
      summary: 'pause between two collections',
      default: '600',
      ...fromEnvironment('COLLECT_INTERVAL'),
    },
    { flags: '--web.telemetry-path <path>', summary: 'path of the metrics (default: "/metrics")' },
    { flags: '--web.endpoint <path>', summary: 'former name of --web.telemetry-path', isHidden: true },
    ...webFlags(listen),
    ...logFlags,
    { flags: '-l, --label <labels...>', summary: 'constant labels, for example cls=pg-demo,ins=pg-demo-1' },
    { flags: '--backrest.binary <program>', summary: 'pgBackRest itself', default: 'pgbackrest' },
    { flags: '--backrest.user <user>', summary: 'run it as this user; only root can' },
    { flags: '--backrest.timeout <duration>', summary: 'deadline of one process of it', default: '5m' },
    { flags: '--wal.interval <duration>', summary: 'pause between WAL listings (default: as collections)' },
    { flags: '--wal.grace <duration>', summary: 'WAL missing for less is no gap', default: '60' },
    { flags: '--verify.interval <duration>', summary: 'pause between runs of verify, 0 = never', default: '0' },
    { flags: '--verify.timeout <duration>', summary: 'deadline of verify of one repository', default: '6h' },
    { flags: '--pg.url <url>', summary: 'server to compare the archive with' },
    { flags: '--schedule.file <file>', summary: 'when backups are due' },
    { flags: '--drill.certificates <dir>', summary: 'certificates of restore drills' },
    ...shellFlags('configurations'),
  ];
}
