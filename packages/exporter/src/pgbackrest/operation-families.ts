import { backrestLocalMetrics as names, backrestScheduleMetrics as scheduleNames } from '@pgattest/catalog';
import type { CommandRun } from '@pgattest/connect';
import { spoolErrorClasses, type LocalStanza } from './collect-local.ts';
import { flag, type FamilyCollection } from './families.ts';
import { isBackupRunning } from './recovery-families.ts';
import { judgeSchedule } from './schedule.ts';
import type { BackrestState } from './state.ts';

/** What pgBackRest leaves on this host. */
export function putLocal(families: FamilyCollection, state: BackrestState): void {
  for (const local of state.local) {
    const labels = { stanza: local.stanza };
    if (local.stop !== undefined) {
      families.put(names.backrestStopFile, { ...labels, scope: 'stanza' }, flag(local.stop.stanza));
      families.put(names.backrestStopFile, { ...labels, scope: 'all' }, flag(local.stop.all));
    }
    if (local.spool !== undefined) putSpool(families, local.stanza, local.spool);
    families.putKnown(names.backrestLocalReadySegments, labels, local.ready);
    families.putKnown(names.backrestBackupProgressRatio, labels, local.lock?.progress);
    for (const [command, run] of local.runs) putRun(families, state, local, command, run);
  }
}

/** Backups against the schedule, as of now. Without a word on backups nothing can be said of them. */
export function putSchedule(families: FamilyCollection, state: BackrestState, nowMs: number): void {
  const isKnown =
    state.info.statuses.length > 0 && (state.info.statuses.some(({ isOk }) => isOk) || state.info.stanzas.size > 0);
  if (state.schedule === undefined || !isKnown) return;
  const stanzas = [...state.info.stanzas.values()].map(({ info }) => info);
  for (const standing of judgeSchedule(state.schedule, stanzas, nowMs)) {
    const labels = { stanza: standing.stanza, repo_key: standing.repoKey, backup_type: standing.type };
    families.put(scheduleNames.backrestScheduleMissed, labels, flag(standing.isMissed));
    families.put(scheduleNames.backrestScheduleOverdueSeconds, labels, standing.overdueSeconds);
    families.put(scheduleNames.backrestScheduleDueTimestampSeconds, labels, standing.dueSeconds);
    families.putKnown(scheduleNames.backrestScheduleNextTimestampSeconds, labels, standing.nextSeconds);
  }
}

function putSpool(families: FamilyCollection, stanza: string, spool: NonNullable<LocalStanza['spool']>): void {
  const classes = spoolErrorClasses(spool);
  // One series is always there, so that an alert sees the number fall back.
  families.put(names.backrestSpoolErrors, { stanza, class: 'other' }, classes.get('other') ?? 0);
  for (const [failureClass, count] of classes) {
    families.put(names.backrestSpoolErrors, { stanza, class: failureClass }, count);
  }
  families.put(names.backrestSpoolDroppedSegments, { stanza }, spool.warned);
  families.put(names.backrestSpoolPushedSegments, { stanza }, spool.pushed);
}

function putRun(
  families: FamilyCollection,
  state: BackrestState,
  { stanza }: LocalStanza,
  command: string,
  run: CommandRun,
): void {
  const labels = { stanza, command };
  families.put(names.backrestCommandLastOutcome, labels, outcomeOf(state, stanza, command, run));
  const exitCode = run.outcome === 'success' ? 0 : run.exitCode;
  families.putKnown(names.backrestCommandLastExitCode, labels, exitCode);
  families.putKnown(names.backrestCommandLastBeganTimestampSeconds, labels, run.beganSeconds);
  families.putKnown(names.backrestCommandLastEndedTimestampSeconds, labels, run.endedSeconds);
}

// oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive
function outcomeOf(state: BackrestState, stanza: string, command: string, { outcome }: CommandRun): number {
  switch (outcome) {
    case 'success':
      return 0;
    case 'failed':
      return 1;
    case 'unfinished':
      // Only of backups is it known whether one runs; another command is taken to run until its next word.
      return command === 'backup' && !isBackupRunning(state, stanza) ? 2 : 3;
  }
}
