import {
  classOfExit,
  countReadySegments,
  readBackupLock,
  readLastRun,
  readSpool,
  readStopFiles,
  type BackrestFailure,
  type BackrestFailureClass,
  type BackrestResult,
  type BackupLock,
  type CommandRun,
  type SpoolState,
  type StanzaSettings,
  type StopState,
} from '@pgattest/connect';

/** What pgBackRest leaves on this host for one stanza; what cannot be read is absent. */
export interface LocalStanza {
  readonly stanza: string;
  readonly stop: StopState | undefined;
  readonly spool: SpoolState | undefined;
  readonly ready: number | undefined;
  readonly lock: BackupLock | undefined;
  /** Last runs by command, for commands with a log. */
  readonly runs: ReadonlyMap<string, CommandRun>;
}

/** Commands whose log is looked at. */
const commands = ['backup', 'expire', 'archive-push-async', 'verify', 'restore'] as const;

/** Reads files only: no process is started. */
export async function collectLocal(
  settings: readonly StanzaSettings[],
): Promise<{ readonly stanzas: readonly LocalStanza[]; readonly failure: BackrestFailure | undefined }> {
  let failure: BackrestFailure | undefined;
  const valueOf = <T>(result: BackrestResult<T>): T | undefined => {
    if (result.ok) return result.value;
    failure ??= result.failure;
    return undefined;
  };
  const stanzas: LocalStanza[] = [];
  for (const { name, lockPath, spoolPath, logPath, pgPath } of settings) {
    const runs = new Map<string, CommandRun>();
    for (const command of commands) {
      const run = valueOf(await readLastRun(logPath, name, command));
      if (run !== undefined) runs.set(command, run);
    }
    stanzas.push({
      stanza: name,
      stop: valueOf(await readStopFiles(lockPath, name)),
      spool: valueOf(await readSpool(spoolPath, name)),
      ready: pgPath === undefined ? undefined : findValue(await countReadySegments(pgPath)),
      lock: valueOf(await readBackupLock(lockPath, name)),
      runs,
    });
  }
  return { stanzas, failure };
}

/** Spool errors by class. */
export function spoolErrorClasses({ errors }: SpoolState): ReadonlyMap<BackrestFailureClass, number> {
  const counts = new Map<BackrestFailureClass, number>();
  for (const { exitCode, message } of errors) {
    const failureClass = classOfExit(exitCode ?? -1, message);
    counts.set(failureClass, (counts.get(failureClass) ?? 0) + 1);
  }
  return counts;
}

/** The data directory is often closed to us, and nowhere on a repository host: no failure of the task. */
function findValue<T>(result: BackrestResult<T>): T | undefined {
  return result.ok ? result.value : undefined;
}
