import type { OptionSpec } from '@pgattest/runtime';
import { defaultExcludedDatabases } from './discovery.ts';
import { logFlags, shellFlags, webFlags } from './serving-flags.ts';

/** What differs between the program that replaces pg_exporter and the command of `pgattest`. */
export interface CommandDefaults {
  /** Where to serve unless told otherwise. */
  readonly listen: string;
  /** Take an unknown --log.level for info and an unknown --log.format for logfmt, as pg_exporter does. */
  readonly isLogLenient: boolean;
}

/** Shown last in --help: what would not fit into the lines of the options. */
export const flagNotes = `Also in the environment: the options -c -l -n -t -a -x -i -C -m -f -T, --enable-collector and --disable-collector
as PG_EXPORTER_ and their name; -P as PG_EXPORTER_TELEMETRY_PATH; -u as PG_EXPORTER_URL, PGURL, or the file that
PG_EXPORTER_URL_FILE names. Lists are separated by commas. Switches take =false, or --no- before their name.
`;

const prefix = 'PG_EXPORTER_';

/** A switch, and the line that takes it back. */
function switchOf(letter: string, name: string, summary: string, isOn = false): readonly OptionSpec[] {
  const env = prefix + name.toUpperCase().replaceAll('-', '_');
  return [
    { flags: `-${letter}, --${name}`, summary, env, isEnvInNotes: true, ...(isOn ? { default: true } : {}) },
    { flags: `--no-${name}`, summary: `not: ${summary}`, isHidden: true },
  ];
}

function fromEnvironment(name: string): Pick<OptionSpec, 'env' | 'isEnvInNotes'> {
  return { env: prefix + name, isEnvInNotes: true };
}

/** Flags of pg_exporter as its users know them, then ours. */
export function pgExporterFlags({ listen }: CommandDefaults): readonly OptionSpec[] {
  return [
    { flags: '-u, --url <url>', summary: 'server to observe' },
    {
      flags: '-c, --config <path>',
      summary: 'collectors: a YAML file, a directory, or "builtin"',
      ...fromEnvironment('CONFIG'),
    },
    ...webFlags(listen),
    {
      flags: '-P, --web.telemetry-path <path>',
      summary: 'path of the metrics',
      default: '/metrics',
      ...fromEnvironment('TELEMETRY_PATH'),
    },
    {
      flags: '-l, --label <labels...>',
      summary: 'constant labels, for example cls=pg-demo,ins=pg-demo-1',
      ...fromEnvironment('LABEL'),
    },
    { flags: '-t, --tag <tags>', summary: 'words that decide which collectors run', ...fromEnvironment('TAG') },
    ...switchOf('C', 'disable-cache', 'run every collector on every scrape'),
    ...switchOf('m', 'disable-intro', 'leave out the self metrics'),
    ...switchOf('a', 'auto-discovery', 'read the other databases too', true),
    {
      flags: '-x, --exclude-database <names>',
      summary: 'but not these',
      default: defaultExcludedDatabases.join(','),
      ...fromEnvironment('EXCLUDE_DATABASE'),
    },
    {
      flags: '-i, --include-database <names>',
      summary: 'only these',
      ...fromEnvironment('INCLUDE_DATABASE'),
    },
    {
      flags: '-n, --namespace <name>',
      summary: 'first word of self metrics (default: "pg", of a PgBouncer "pgbouncer")',
      ...fromEnvironment('NAMESPACE'),
    },
    ...switchOf('f', 'fail-fast', 'do not start when the server is not up'),
    {
      flags: '-T, --connect-timeout <ms>',
      summary: 'deadline to open a session',
      default: '1000',
      ...fromEnvironment('CONNECT_TIMEOUT'),
    },
    { flags: '-D, --dry-run', summary: 'print every collector and exit' },
    { flags: '-E, --explain', summary: 'connect, print what would run and what not, and exit' },
    ...logFlags,
    { flags: '--mode <mode>', summary: 'what the server is: auto, postgres or pgbouncer', default: 'auto' },
    ...shellFlags('servers'),
    { flags: '--max-sessions <n>', summary: 'sessions at once, health has one more', default: '4' },
    { flags: '--max-series <n>', summary: 'series of a collector and database', default: '100000' },
    {
      flags: '--enable-collector <ids>',
      summary: 'run these, which are off by default',
      ...fromEnvironment('ENABLE_COLLECTOR'),
    },
    { flags: '--disable-collector <ids>', summary: 'do not run these', ...fromEnvironment('DISABLE_COLLECTOR') },
    { flags: '--omit-null-samples', summary: 'leave out samples of NULL, which are NaN otherwise' },
    { flags: '--sub-second-timestamps', summary: 'keep fractions of times' },
  ];
}
