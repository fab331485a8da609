import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupInfo } from '@pgattest/connect';
import {
  findDurationMs,
  RuntimeError,
  type CommandContext,
  type CommandSpec,
  type OptionSpec,
} from '@pgattest/runtime';
import type { Repository } from '../backup/repository-info.ts';
import type { Drill } from '../conduct/conduct.ts';
import { precondition, type Precondition } from '../conduct/precondition.ts';
import { conductOptions, readApproval, runDrills, textOption } from '../conduct/run-drills.ts';
import { runProgram } from '../process/run-program.ts';
import { parseAmcheckScope } from '../restore/checks/amcheck.ts';
import { parseCanary, type Canary } from '../restore/checks/canary.ts';
import { toIso } from '../restore/recovery-log.ts';
import { restoreDrill } from '../restore/restore-drill.ts';
import { scratchPreconditions } from '../restore/scratch.ts';
import { backupSourceOptions, readBackupSource, type BackupSource } from './backup-source.ts';

const restoreOptions: readonly OptionSpec[] = [
  ...backupSourceOptions,
  { flags: '--scratch <dir>', summary: 'where the copy is made; needs room for the whole database' },
  { flags: '--set <label>', summary: 'backup to restore; the newest of each repository that suits when not given' },
  { flags: '--bin-dir <dir>', summary: "PostgreSQL's programs; /usr/lib/postgresql/<major>/bin when not given" },
  { flags: '--superuser <role>', summary: 'superuser of the database', default: 'postgres' },
  { flags: '--canary <db.schema.table.column>', summary: 'table that is written all the time, and its time column' },
  { flags: '--canary-min-rows <n>', summary: 'fewest rows the canary must have', default: 1 },
  {
    flags: '--live-dsn <dsn>',
    summary: 'running cluster to compare with, read only; rows and bytes lost come from it',
  },
  {
    flags: '--amcheck <all|n|off>',
    summary: 'look for damage in all relations, or the largest n of each database',
    default: 'all',
  },
  ...conductOptions,
];

const notes =
  'Exit codes: 0 passed, 1 the drill found a failure, 2 usage, 3 refused or not finished. The data directory is never touched.';

/** `pgattest drill restore`: a backup of each repository, restored, recovered and looked into. */
export const restoreCommand: CommandSpec = {
  name: 'restore',
  summary: 'restore a backup of each repository as another instance, check it and certify what it took',
  example:
    'pgattest drill restore --scratch /var/tmp --canary app.public.heartbeat.at --key drill.key --approve CHG-123',
  options: restoreOptions,
  notes,
  run: (context) => run(context, 'restore', undefined),
};

/** `pgattest drill pitr`: the same to a moment. */
export const pitrCommand: CommandSpec = {
  name: 'pitr',
  summary: 'recover a backup of each repository to a moment, check that it is that moment, and certify it',
  example: 'pgattest drill pitr --target 2026-11-21T18:00:00Z --scratch /var/tmp --key drill.key --approve CHG-123',
  options: [
    ...restoreOptions,
    { flags: '--target <time>', summary: 'moment to recover to: 2026-11-21T18:00:00Z, or a time ago: 30m' },
  ],
  notes,
  run: (context) => run(context, 'pitr', readTarget(textOption(context, 'target'), new Date())),
};

/** A moment with its time zone, or a duration ago, as ISO 8601 UTC. Errors: usage. */
export function readTarget(given: string | undefined, now: Date): string {
  if (given === undefined)
    throw new RuntimeError('usage', 'name the moment to recover to: --target 2026-11-21T18:00:00Z');
  const agoMs = findDurationMs(given);
  const time = agoMs === undefined ? toIso(given) : new Date(now.getTime() - agoMs).toISOString();
  if (time === undefined) {
    throw new RuntimeError(
      'usage',
      `--target "${given}" is no moment; write 2026-11-21T18:00:00Z, with its time zone, or a time ago: 30m`,
    );
  }
  if (Date.parse(time) > now.getTime()) throw new RuntimeError('usage', `--target ${time} is in the future`);
  return time;
}

async function run(
  context: CommandContext,
  kind: 'restore' | 'pitr',
  targetTime: string | undefined,
): ReturnType<CommandSpec['run']> {
  const approval = await readApproval(context);
  const scratchParent = textOption(context, 'scratch');
  if (scratchParent === undefined) throw new RuntimeError('usage', 'name a directory for the copy with --scratch');
  const amcheck = parseAmcheckScope(textOption(context, 'amcheck') ?? 'all');
  if (amcheck === undefined) throw new RuntimeError('usage', '--amcheck takes all, off, or how many relations');
  const canary = readCanaryOption(context);
  const source = await readBackupSource(context);
  const liveDsn = textOption(context, 'liveDsn');
  const set = textOption(context, 'set');
  const drills: Drill[] = [];
  for (const repository of source.repositories) {
    const backup = chooseBackup(repository, set, targetTime);
    if (backup === undefined) {
      if (set !== undefined && source.repositories.some(({ backups }) => backups.some(({ label }) => label === set)))
        continue;
      throw new RuntimeError('usage', noBackup(repository, set, targetTime));
    }
    const version = repository.versions.get(backup.databaseId) ?? '';
    const major = Number.parseInt(version, 10);
    const binDir = textOption(context, 'binDir') ?? `/usr/lib/postgresql/${version}/bin`;
    drills.push(
      restoreDrill(repository, backup, {
        kind,
        ...source,
        postgresVersion: await postgresVersion(binDir, source, context),
        scratchParent,
        binDir,
        major,
        superuser: textOption(context, 'superuser') ?? 'postgres',
        targetTime,
        canary,
        amcheck,
        live: liveDsn === undefined ? undefined : { dsn: liveDsn, env: context.env },
        preconditions: [
          ...source.preconditions.filter(({ id }) => id === `repo${repository.repo}-answers`),
          ...(await hostPreconditions(source, binDir, major)),
          ...(await scratchPreconditions(scratchParent, backup.sizeBytes, source.protectedPaths, source.target.runAs)),
        ],
      }),
    );
  }
  return runDrills(context, drills, approval);
}

/** The newest backup that was complete before the moment. */
export function chooseBackup(
  { backups }: Pick<Repository, 'backups'>,
  set: string | undefined,
  targetTime: string | undefined,
): BackupInfo | undefined {
  if (set !== undefined) return backups.find(({ label }) => label === set);
  if (targetTime === undefined) return backups.at(-1);
  return backups.findLast(({ stopSeconds }) => stopSeconds * 1000 <= Date.parse(targetTime));
}

function noBackup({ repo, backups }: Repository, set: string | undefined, targetTime: string | undefined): string {
  const labels = backups.map(({ label }) => label).join(', ') || 'none';
  if (set !== undefined) return `repository ${repo} has no backup ${set}; it has ${labels}`;
  if (targetTime !== undefined) return `repository ${repo} has no backup from before ${targetTime}; it has ${labels}`;
  return `repository ${repo} has no backup`;
}

function readCanaryOption(context: CommandContext): Canary | undefined {
  const text = textOption(context, 'canary');
  if (text === undefined) return undefined;
  const minRows = Number(context.options['canaryMinRows'] ?? 1);
  if (!Number.isInteger(minRows) || minRows < 0)
    throw new RuntimeError('usage', '--canary-min-rows takes a whole number');
  const canary = parseCanary(text, minRows);
  if (canary !== undefined) return canary;
  throw new RuntimeError(
    'usage',
    `--canary "${text}" must name database.schema.table.column, as in app.public.heartbeat.at`,
  );
}

async function postgresVersion(binDir: string, { target }: BackupSource, context: CommandContext): Promise<string> {
  const argv = [...target.runAs.prefix, join(binDir, 'postgres'), '--version'];
  const options = { env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' }, signal: context.signal, timeoutMs: 10_000 };
  const printed = await runProgram(argv, options).catch(() => undefined);
  return /(\d+(?:\.\d+)*)/.exec(printed?.stdout ?? '')?.[1] ?? 'unknown';
}

async function hostPreconditions(
  source: BackupSource,
  binDir: string,
  major: number,
): Promise<readonly Precondition[]> {
  const hasPostgres = await access(join(binDir, 'postgres'), constants.X_OK).then(
    () => true,
    () => false,
  );
  const conditions = [
    precondition(
      'postgres-installed',
      `PostgreSQL ${major} is installed here`,
      hasPostgres,
      hasPostgres ? binDir : `there is no ${binDir}/postgres; install postgresql-${major} or name it with --bin-dir`,
    ),
    precondition(
      'postgres-supported',
      'the version keeps recovery settings in its configuration (PostgreSQL 12 and later)',
      major >= 12,
      `PostgreSQL ${major}`,
    ),
    precondition(
      'node-has-pg1',
      'this host is configured as a database node (pg1-path without pg1-host)',
      source.pgPath !== undefined,
      source.pgPath ??
        'pg1 is on another host; run the drill on a database node, or with a configuration without pg1-host',
    ),
  ];
  return conditions;
}
