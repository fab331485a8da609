import {
  backrestExporterMetrics as names,
  backrestFormerMetrics as former,
  backrestStanzaMetrics as stanzaNames,
} from '@pgattest/catalog';
import { version } from '@pgattest/runtime';
import { flag, type FamilyCollection } from './families.ts';
import type { BackrestState } from './state.ts';
import type { TaskReport } from './task.ts';

/** A task and the loop it is done in. */
export interface TaskStanding {
  readonly report: TaskReport;
  readonly intervalMs: number;
  /** How long it has been running now; undefined while it does not. */
  readonly runningMs: number | undefined;
}

/** What the exporter says of itself and of its tasks. */
export function putSelf(
  families: FamilyCollection,
  state: BackrestState,
  tasks: readonly TaskStanding[],
  now: { readonly seconds: number; readonly uptimeSeconds: number },
): void {
  families.put(
    names.backrestExporterBuildInfo,
    {
      branch: '',
      goarch: process.arch,
      goos: process.platform,
      goversion: `node${process.versions.node}`,
      revision: '',
      tags: '',
      version,
    },
    1,
  );
  families.put(former.backrestExporterInfo, { version }, 1);
  families.put(names.backrestExporterUptimeSeconds, {}, now.uptimeSeconds);
  families.put(stanzaNames.backrestVersionInfo, {}, state.version ?? 0);
  for (const { stanza, isOk } of state.info.statuses)
    families.put(names.backrestExporterStatus, { stanza }, flag(isOk));
  for (const { report, intervalMs, runningMs } of tasks) {
    const labels = { task: report.name };
    const { failure, runs, errors, durationSeconds, successSeconds } = report;
    if (runs > 0) families.put(names.backrestTaskSuccess, labels, flag(failure === undefined));
    families.put(names.backrestTaskRunsTotal, labels, runs);
    families.put(names.backrestTaskErrorsTotal, labels, errors);
    families.put(names.backrestTaskIntervalSeconds, labels, intervalMs / 1000);
    families.put(names.backrestTaskRunning, labels, (runningMs ?? 0) / 1000);
    families.putKnown(names.backrestTaskDurationSeconds, labels, durationSeconds);
    families.putKnown(names.backrestTaskLastSuccessTimestampSeconds, labels, successSeconds);
    if (successSeconds !== undefined) {
      families.put(names.backrestTaskAgeSeconds, labels, Math.max(0, now.seconds - successSeconds));
    }
    if (failure === undefined) continue;
    const exitCode = failure.exitCode === undefined ? '' : String(failure.exitCode);
    families.put(names.backrestTaskLastErrorInfo, { ...labels, class: failure.class, exit_code: exitCode }, 1);
  }
}
