import { pgbouncerConsoleMetrics as names, type MetricRef } from '@pgattest/catalog';
import type { PgbouncerConsole } from '@pgattest/connect';
import type { Family, Sample } from '@pgattest/runtime';
import type { CommandState } from './console-scraper.ts';
import type { UnknownSample } from './unknown-columns.ts';

/** What is known of the console besides the answers of its commands. */
export interface ConsoleState {
  readonly console: PgbouncerConsole | undefined;
  readonly sessionsOpened: number;
  readonly commands: readonly CommandState[];
  readonly collapsed: ReadonlyMap<string, number>;
  readonly unknown: readonly UnknownSample[];
  /** Unix milliseconds. */
  readonly nowMs: number;
}

/** The console as metrics; what is not known is left out. */
export function consoleFamilies(state: ConsoleState): readonly Family[] {
  const { console, commands } = state;
  const families = [
    family(names.versionInfo, console?.version === undefined ? [] : [sample([`PgBouncer ${console.version}`], 1)]),
    family(
      names.sessionAgeSeconds,
      console === undefined ? [] : [sample([], Math.max(0, state.nowMs - console.openedAtMs) / 1000)],
    ),
    family(names.sessionsOpenedTotal, [sample([], state.sessionsOpened)]),
    family(
      names.commandUp,
      commands.map(({ command, failure }) => sample([wordOf(command)], failure === undefined ? 1 : 0)),
    ),
    family(
      names.commandDurationSeconds,
      commands.map(({ command, durationMs }) => sample([wordOf(command)], durationMs / 1000)),
    ),
    family(
      names.commandLastErrorInfo,
      commands.flatMap(({ command, failure }) =>
        failure === undefined ? [] : [sample([wordOf(command), failure.class], 1)],
      ),
    ),
    family(
      names.collapsedSeries,
      [...state.collapsed].map(([query, count]) => sample([query], count)),
    ),
    family(
      names.unknownColumnValue,
      state.unknown.map(({ command, column, row, value }) => sample([command, column, row], value)),
    ),
  ];
  return families.filter(({ samples }) => samples.length > 0);
}

/** `SHOW POOLS` as `POOLS`. */
function wordOf(command: string): string {
  return command.replace(/^SHOW /u, '');
}

function sample(labels: readonly string[], value: number): Sample {
  return { labels, value };
}

function family({ name, kind, help, labels }: MetricRef, samples: readonly Sample[]): Family {
  return { name, kind, help, labelNames: labels, samples };
}
