import { access, constants } from 'node:fs/promises';
import { settingsOf, readBackrestConfig, stanzasOf, type BackrestConfigFile } from '@pgattest/connect';
import { parseDurationMs, RuntimeError, type CommandContext, type OptionSpec } from '@pgattest/runtime';
import { askPgbackrest, repoEnvOf, type PgbackrestTarget } from '../backup/pgbackrest.ts';
import { repositoriesOf, type Repository } from '../backup/repository-info.ts';
import { precondition, type Precondition } from '../conduct/precondition.ts';
import { textOption } from '../conduct/run-drills.ts';
import { resolveRunAs } from '../process/run-as.ts';
import type { ProtectedPath } from '../restore/scratch.ts';

/** Options that say which backups a drill is about. */
export const backupSourceOptions: readonly OptionSpec[] = [
  {
    flags: '--config <file>',
    summary: 'configuration of pgBackRest on this node',
    default: '/etc/pgbackrest/pgbackrest.conf',
  },
  { flags: '--stanza <name>', summary: 'stanza; needed when the configuration has several' },
  { flags: '--repo <n...>', summary: 'repositories; all when not given' },
  { flags: '--cluster <name>', summary: 'name on the certificate; the stanza when not given' },
  { flags: '--user <name>', summary: 'owner of the database on this node', default: 'postgres' },
  { flags: '--pgbackrest <path>', summary: 'the program', default: 'pgbackrest' },
  { flags: '--timeout <duration>', summary: 'longest run of one program', default: '1h' },
];

/** What those options name, with what pgBackRest says about it. */
export interface BackupSource {
  readonly target: PgbackrestTarget;
  readonly cluster: string;
  readonly repositories: readonly Repository[];
  readonly pgbackrestVersion: string;
  /** pg1-path; undefined on a host without the database. */
  readonly pgPath: string | undefined;
  readonly protectedPaths: readonly ProtectedPath[];
  readonly preconditions: readonly Precondition[];
  readonly timeoutMs: number;
}

/** Reads configuration and repositories. Errors: usage, config_invalid; DrillError when pgBackRest does not answer. */
export async function readBackupSource(context: CommandContext): Promise<BackupSource> {
  const configFile = textOption(context, 'config') ?? '/etc/pgbackrest/pgbackrest.conf';
  const runAs = resolveRunAs(textOption(context, 'user') ?? 'postgres');
  const config = await readConfig(configFile);
  const stanza = chooseStanza(config, textOption(context, 'stanza'), configFile);
  const timeoutMs = parseDurationMs(textOption(context, 'timeout') ?? '1h');
  const command = textOption(context, 'pgbackrest') ?? 'pgbackrest';
  const target: PgbackrestTarget = { command, configFile, stanza, runAs, repoEnv: repoEnvOf(context.env) };
  const call = { signal: context.signal, timeoutMs };
  const printed = await askPgbackrest(target, ['version'], call);
  const pgbackrestVersion = printed.replace(/^pgBackRest\s+/, '').trim();
  const all = repositoriesOf(await askPgbackrest(target, ['info', '--output=json'], call), stanza);
  const repositories = chooseRepositories(all, context.options['repo'], configFile);
  const settings = settingsOf(config, stanza, context.env);
  return {
    target,
    cluster: textOption(context, 'cluster') ?? stanza,
    repositories,
    pgbackrestVersion,
    pgPath: settings.pgPath,
    protectedPaths: protectedPathsOf(config, stanza),
    preconditions: repositories.map(({ repo, code, message, backups }) =>
      precondition(
        `repo${repo}-answers`,
        `repository ${repo} can be read and holds backups`,
        code === 0 && backups.length > 0,
        code === 0 ? `${backups.length} backups` : `${message} (${code})`,
      ),
    ),
    timeoutMs,
  };
}

async function readConfig(file: string): Promise<BackrestConfigFile> {
  await access(file, constants.R_OK).catch((cause: unknown) => {
    throw new RuntimeError(
      'usage',
      `cannot read ${file}: ${String(cause)}; name pgBackRest's configuration with --config`,
      { cause },
    );
  });
  const read = await readBackrestConfig({ config: file });
  if (!read.ok) throw new RuntimeError('config_invalid', read.failure.message);
  return read.value;
}

function chooseStanza(config: BackrestConfigFile, given: string | undefined, file: string): string {
  const names = stanzasOf(config);
  if (given !== undefined) {
    if (names.includes(given)) return given;
    throw new RuntimeError('usage', `${file} has no stanza ${given}; it has ${names.join(', ') || 'none'}`);
  }
  const [only, second] = names;
  if (only !== undefined && second === undefined) return only;
  throw new RuntimeError(
    'usage',
    `${file} has ${names.length === 0 ? 'no stanza' : `the stanzas ${names.join(', ')}`}; choose one with --stanza`,
  );
}

function chooseRepositories(all: readonly Repository[], given: unknown, file: string): readonly Repository[] {
  if (!Array.isArray(given)) return all;
  return given.map(String).map((word) => {
    const found = all.find(({ repo }) => String(repo) === word);
    if (found !== undefined) return found;
    throw new RuntimeError(
      'usage',
      `there is no repository ${word} in ${file}; --repo takes ${all.map(({ repo }) => repo).join(', ')}`,
    );
  });
}

/** Every path that a configuration names for data or backups, this stanza's and the others'. */
function protectedPathsOf({ sections }: BackrestConfigFile, stanza: string): readonly ProtectedPath[] {
  return [...sections].flatMap(([section, options]) =>
    [...options].flatMap(([name, path]): readonly ProtectedPath[] => {
      if (!/^(?:pg\d*|db\d*|repo\d*|lock|log|spool)-path$/.test(name) || !path.startsWith('/')) return [];
      // Logs and locks of a whole machine may lie in /tmp, beside a scratch directory.
      if (/^(?:lock|log|spool)-path$/.test(name)) return [];
      const what = name.startsWith('repo') ? `the repository (${name})` : `the data directory (${name} of ${section})`;
      return [{ what: section === stanza || section === 'global' ? what : `${what}, stanza ${section}`, path }];
    }),
  );
}
