import { renderTable } from '@pgattest/runtime';
import type { AssessedRepository } from './assess.ts';
import type { TaskStanding } from './self-families.ts';
import type { BackrestState } from './state.ts';

/** What is collected, how it went, and what was found, as text for people. */
export function explainBackrest(
  state: BackrestState,
  assessed: readonly AssessedRepository[],
  tasks: readonly TaskStanding[],
): string {
  const version = state.version === undefined ? 'unknown' : String(state.version);
  const lines = [`pgBackRest version ${version}`, '', statBackrest(tasks).trimEnd(), ''];
  for (const { report } of tasks) {
    if (report.failure !== undefined) lines.push(`task ${report.name} fails: ${report.failure.message}`);
  }
  for (const { info } of state.info.stanzas.values()) {
    lines.push('', `stanza ${info.name}: ${info.code} ${info.message}, ${info.backups.length} backups`);
    for (const { key, cipher, code, message } of info.repositories) {
      lines.push(`  repository ${key}: ${code} ${message}, cipher ${cipher}`);
      lines.push(...describeRecovery(assessed.find((one) => one.stanza === info.name && one.repoKey === key)));
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The tasks as one table. */
export function statBackrest(tasks: readonly TaskStanding[]): string {
  const rows = tasks.map(({ report, intervalMs, runningMs }) => [
    report.name,
    String(report.runs),
    String(report.errors),
    String(intervalMs / 1000),
    report.durationSeconds?.toFixed(3) ?? '',
    runningMs === undefined ? '' : (runningMs / 1000).toFixed(1),
    report.failure?.class ?? '',
  ]);
  const head = ['task', 'runs', 'errors', 'interval/s', 'duration/s', 'running/s', 'failing'];
  const align = head.map((_, index) => (index === 0 || index === head.length - 1 ? 'left' : 'right'));
  return `${renderTable({ head, rows, align })}\n`;
}

/** The same for programs. */
export function statusBackrest(
  state: BackrestState,
  assessed: readonly AssessedRepository[],
  tasks: readonly TaskStanding[],
): string {
  const document = {
    schemaVersion: 1,
    version: state.version,
    tasks: tasks.map(({ report, intervalMs, runningMs }) => ({
      ...report,
      intervalSeconds: intervalMs / 1000,
      ...(runningMs === undefined ? {} : { runningSeconds: runningMs / 1000 }),
    })),
    stanzas: [...state.info.stanzas.values()].map(({ info, seenSeconds }) => ({
      name: info.name,
      code: info.code,
      message: info.message,
      backups: info.backups.length,
      repositories: info.repositories.map(({ key, cipher, code, message }) => ({
        key,
        cipher,
        code,
        message,
        readAt: isoTime(seenSeconds.get(key)),
        recovery: recoveryDocument(assessed.find((one) => one.stanza === info.name && one.repoKey === key)),
      })),
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function recoveryDocument(one: AssessedRepository | undefined): unknown {
  if (one === undefined) return undefined;
  const unrestorable = (one.judged ?? []).flatMap(({ backup, reason }) =>
    reason === undefined ? [] : [{ backup: backup.label, reason }],
  );
  return {
    listedAt: isoTime(one.atSeconds),
    oldest: isoTime(one.window?.oldestSeconds),
    continuousFrom: isoTime(one.window?.continuousSeconds),
    newest: isoTime(one.window?.newestSeconds),
    unrestorable,
    archives: one.archives.map(({ id, gaps, pending, known }) => ({
      id,
      segmentBytes: known?.segmentBytes,
      gaps: gaps.map(({ first, count }) => ({ ...first, count })),
      pending,
    })),
  };
}

function describeRecovery(one: AssessedRepository | undefined): readonly string[] {
  if (one?.judged === undefined) return ['    what can be restored is not known'];
  const lines = one.judged.flatMap(({ backup, reason }) =>
    reason === undefined ? [] : [`    ${backup.label} cannot be restored: ${reason}`],
  );
  const { window } = one;
  if (window !== undefined) {
    const [from, to] = [isoTime(window.continuousSeconds), isoTime(window.newestSeconds)];
    lines.push(`    every moment from ${from ?? ''} to ${to ?? ''} can be restored`);
  }
  for (const { id, gaps } of one.archives) {
    for (const { first, count } of gaps) {
      lines.push(`    ${id}: ${count} segments missing from timeline ${first.timeline} segment ${first.segment} on`);
    }
  }
  return lines;
}

function isoTime(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : new Date(seconds * 1000).toISOString();
}
