import { readFile, writeFile } from 'node:fs/promises';
import type { BackupInfo } from '@pgattest/connect';
import { chainOf } from '../backup/chain.ts';
import { backupFinding } from '../backup/finding.ts';
import { inspectRepository, type Inspection } from '../backup/inspect.ts';
import { lastErrorOf, pgbackrestEnv, runPgbackrest, type PgbackrestTarget } from '../backup/pgbackrest.ts';
import { archiveIdOf, type Repository } from '../backup/repository-info.ts';
import { verifyRepository } from '../backup/verify.ts';
import { secondsOf } from '../conduct/clock.ts';
import type { Drill, DrillRun } from '../conduct/conduct.ts';
import type { Precondition } from '../conduct/precondition.ts';
import { checkInstance, type Beginning, type InstanceChecks } from './check-instance.ts';
import { checkPageChecksums } from './checks/checksums.ts';
import { readControlData } from './control-data.ts';
import { startInstance, type ScratchInstance } from './instance.ts';
import { instanceConfig, recoveryConfig, type ScratchLayout } from './instance-config.ts';
import { judgeRecovery, reachedLsn } from './judge-recovery.ts';
import { readLive, walBytesBetween } from './live.ts';
import { parseRecoveryLog } from './recovery-log.ts';
import { restoreArguments, restoreCommandOf } from './restore-command.ts';
import { giveTo, makeScratch, removeScratch } from './scratch.ts';

export interface RestoreOptions extends InstanceChecks {
  readonly kind: 'restore' | 'pitr';
  readonly target: PgbackrestTarget;
  readonly cluster: string;
  readonly pgbackrestVersion: string;
  readonly postgresVersion: string;
  readonly scratchParent: string;
  /** `/usr/lib/postgresql/15/bin` */
  readonly binDir: string;
  readonly major: number;
  readonly superuser: string;
  /** ISO 8601 UTC; undefined = everything that is archived. */
  readonly targetTime: string | undefined;
  readonly preconditions: readonly Precondition[];
  /** Of one program: a restore, a verify. */
  readonly timeoutMs: number;
}

/** The port of a copy: only the name of a socket in a directory of its own. */
const port = 54_999;

/** Restores one backup of one repository as another instance, recovers it, looks into it, and removes it. */
export function restoreDrill(repository: Repository, backup: BackupInfo, options: RestoreOptions): Drill {
  const { kind, cluster, targetTime, scratchParent, binDir } = options;
  const { repo } = repository;
  const until = targetTime === undefined ? 'the end of the archive' : targetTime;
  return {
    kind,
    cluster,
    subject: `repo${repo}`,
    plan: {
      title: `${kind} drill of ${cluster}: backup ${backup.label} of repository ${repo} (cipher ${repository.cipher}) to ${until}`,
      changes: [],
      steps: [
        `look at repo${repo}: chains, files of every manifest, holes in the archived WAL`,
        `restore ${backup.label} into ${scratchParent}/pgattest-drill-… (never into the data directory)`,
        `start it with ${binDir}/postgres: Unix socket only, archiving off, no replication, no preloaded library; recover to ${until}`,
        'check the catalogue, row canaries, amcheck; stop it; check page checksums',
        'remove the copy',
      ],
      preconditions: options.preconditions,
    },
    execute: (run) => execute(repository, backup, options, run),
  };
}

async function execute(
  repository: Repository,
  backup: BackupInfo,
  options: RestoreOptions,
  run: DrillRun,
): Promise<void> {
  const { target, timeoutMs } = options;
  const { repo } = repository;
  const call = { signal: run.signal, timeoutMs };
  run.tool('pgbackrest', options.pgbackrestVersion);
  run.tool('postgresql', options.postgresVersion);
  run.record({
    repo,
    repoCipher: repository.cipher,
    backupLabel: backup.label,
    backupType: backup.type,
    backupStopTime: new Date(backup.stopSeconds * 1000).toISOString(),
    backupChain: chainOf(backup),
    ...(options.targetTime === undefined ? {} : { targetTime: options.targetTime }),
  });
  const beginning: Beginning = {
    at: run.clock.now().toISOString(),
    live: options.live === undefined ? undefined : await readLive(options.live, run.signal),
  };
  const inspection = await run.timeline.run('inspect', `look at repository ${repo}`, async (note) => {
    const found = await inspectRepository(target, repository, call);
    note(`${found.findings.length} findings`);
    return found;
  });
  for (const one of inspection.checks) run.check(one);
  for (const one of inspection.findings) run.finding(one);
  const broken = inspection.findings.find(
    ({ code, subject }) =>
      (code === 'chain-broken' || code === 'backup-missing') && subject === `repo${repo} ${backup.label}`,
  );
  if (broken !== undefined) {
    run.check({ id: 'restore', subject: backup.label, outcome: 'fail', detail: `not tried: ${broken.message}` });
    return;
  }
  const layout = await makeScratch(options.scratchParent, target.runAs);
  try {
    if (await restore(repository, backup, options, inspection, layout, run)) {
      await recover(repository, backup, options, { inspection, layout, beginning }, run);
    }
  } finally {
    await run.timeline.run('remove', `remove ${layout.root}`, () => removeScratch(layout));
  }
}

/** False when the backup cannot be restored: the findings say which file is why. */
async function restore(
  { repo }: Repository,
  backup: BackupInfo,
  options: RestoreOptions,
  inspection: Inspection,
  layout: ScratchLayout,
  run: DrillRun,
): Promise<boolean> {
  const { target, timeoutMs } = options;
  const call = { signal: run.signal, timeoutMs };
  const beginMs = run.clock.elapsedMs();
  const result = await run.timeline.run('restore', `restore ${backup.label} from repository ${repo}`, async (note) => {
    const ended = await runPgbackrest(target, restoreArguments(repo, backup.label, layout), {
      ...call,
      logLevel: 'info',
    });
    note(ended.code === 0 ? 'complete' : lastErrorOf(ended.stderr));
    return ended;
  });
  run.evidence(`restore-repo${repo}.log`, withoutCommandLine(result.stderr));
  run.record({ restoredBytes: backup.sizeBytes });
  if (result.code === 0) {
    const seconds = secondsOf(run.clock.elapsedMs() - beginMs);
    run.check({
      id: 'restore',
      subject: backup.label,
      outcome: 'pass',
      detail: `${backup.sizeBytes} bytes in ${seconds} s`,
    });
    return true;
  }
  const message = `backup ${backup.label} of repo${repo} cannot be restored: ${lastErrorOf(result.stderr)}`;
  run.check({ id: 'restore', subject: backup.label, outcome: 'fail', detail: lastErrorOf(result.stderr) });
  await locate(repo, options, inspection, run);
  run.finding(backupFinding('restore-failed', `repo${repo} ${backup.label}`, message));
  return false;
}

/** Reads every byte of the repository to say which file is bad: an error of restore or recovery seldom does. */
async function locate(repo: number, options: RestoreOptions, inspection: Inspection, run: DrillRun): Promise<void> {
  const call = { signal: run.signal, timeoutMs: options.timeoutMs };
  await run.timeline.run('locate', 'look for the damage with pgbackrest verify', async (note) => {
    const verification = await verifyRepository(options.target, repo, inspection.manifests, call);
    run.evidence(`verify-repo${repo}.txt`, verification.text);
    for (const one of verification.findings) run.finding(one);
    note(`${verification.findings.length} findings in ${verification.summary}`);
  });
}

interface RecoveryContext {
  readonly inspection: Inspection;
  readonly layout: ScratchLayout;
  readonly beginning: Beginning;
}

async function recover(
  repository: Repository,
  backup: BackupInfo,
  options: RestoreOptions,
  { inspection, layout, beginning }: RecoveryContext,
  run: DrillRun,
): Promise<void> {
  const { target, binDir, major, superuser } = options;
  const { repo } = repository;
  const control = await readControlData(binDir, layout.dataDir, target.runAs, run.signal);
  const settings = {
    restoreCommand: restoreCommandOf(target, repo, layout),
    targetTime: options.targetTime,
    targetTimeline: 'latest',
  };
  await put(layout.configFile, instanceConfig(control.settings), options);
  await put(layout.hbaFile, 'local all all trust\n', options);
  await put(layout.identFile, '', options);
  await put(`${layout.dataDir}/postgresql.auto.conf`, recoveryConfig(settings), options);
  const env = pgbackrestEnv(target);
  const start = { layout, binDir, major, runAs: target.runAs, superuser, port, env, signal: run.signal };
  let instance: ScratchInstance | undefined;
  try {
    const until = options.targetTime ?? 'the end of the archive';
    const result = await run.timeline.run('recover', `start the copy and recover to ${until}`, async (note) => {
      const started = await startInstance(start);
      note(started.ready ? 'takes statements' : 'the server ended');
      return started;
    });
    instance = result.ready ? result.instance : undefined;
    const log = await readFile(layout.logFile, 'utf8');
    run.evidence(`recovery-repo${repo}.log`, log);
    const rto = (run.timeline.secondsOf('restore') ?? 0) + (run.timeline.secondsOf('recover') ?? 0);
    if (result.ready) run.record({ rtoSeconds: Math.round(rto * 1000) / 1000 });
    const archiveId = archiveIdOf(repository, backup);
    const recovery = parseRecoveryLog(log);
    const judged = judgeRecovery(recovery, {
      repo,
      label: backup.label,
      isReady: result.ready,
      targetTime: options.targetTime,
      reachable: inspection.reachable.get(archiveId),
    });
    run.check(judged.check);
    run.record(judged.facts);
    const reached = reachedLsn(recovery, inspection.segmentBytes.get(archiveId));
    const lost = walBytesBetween(reached, beginning.live?.lsn);
    if (lost !== undefined && options.targetTime === undefined) run.record({ rpoBytes: lost });
    for (const one of judged.findings) run.finding(one);
    if (judged.findings.length > 0) await locate(repo, options, inspection, run);
    if (instance !== undefined) await checkInstance(instance, options, beginning, run);
  } finally {
    const running = instance;
    if (running !== undefined) await run.timeline.run('stop', 'stop the copy', () => running.stop());
  }
  if (instance === undefined) return;
  const { timeoutMs } = options;
  const checksums = await run.timeline.run('checksums', 'check every page', () =>
    checkPageChecksums({
      binDir,
      dataDir: layout.dataDir,
      hasChecksums: control.hasChecksums,
      runAs: target.runAs,
      signal: run.signal,
      timeoutMs,
    }),
  );
  run.check(checksums);
}

async function put(path: string, content: string, { target }: RestoreOptions): Promise<void> {
  await writeFile(path, content, { mode: 0o600 });
  await giveTo(path, target.runAs, 0o600);
}

/** pgBackRest logs its options; it hides what it knows to be secret, we leave the line out. */
const withoutCommandLine = (log: string): string =>
  log
    .split('\n')
    .filter((line) => !/command begin /.test(line))
    .join('\n');
