import { DrillError } from '../errors.ts';
import { runProgram } from '../process/run-program.ts';
import type { RunAs } from '../process/run-as.ts';

/** What pg_control says that a second server on the same files must know. */
export interface ControlData {
  readonly systemIdentifier: string;
  readonly hasChecksums: boolean;
  /** Settings that recovery must not go below. */
  readonly settings: Readonly<Record<string, string>>;
  readonly timeline: number;
}

const settingLabels: readonly (readonly [label: string, setting: string])[] = [
  ['max_connections setting', 'max_connections'],
  ['max_worker_processes setting', 'max_worker_processes'],
  ['max_wal_senders setting', 'max_wal_senders'],
  ['max_prepared_xacts setting', 'max_prepared_transactions'],
  ['max_locks_per_xact setting', 'max_locks_per_transaction'],
];

/** The text of pg_controldata (in English). Errors: unfinished. */
export function parseControlData(text: string): ControlData {
  const values = new Map(
    text.split('\n').flatMap((line): readonly (readonly [string, string])[] => {
      const at = line.indexOf(':');
      return at === -1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()]];
    }),
  );
  const systemIdentifier = values.get('Database system identifier');
  const timeline = Number(values.get("Latest checkpoint's TimeLineID"));
  if (systemIdentifier === undefined || !Number.isInteger(timeline)) {
    throw new DrillError('unfinished', 'pg_controldata printed no system identifier or timeline');
  }
  return {
    systemIdentifier,
    timeline,
    hasChecksums: (values.get('Data page checksum version') ?? '0') !== '0',
    settings: Object.fromEntries(
      settingLabels.flatMap(([label, setting]) => {
        const value = values.get(label);
        return value === undefined ? [] : [[setting, value] as const];
      }),
    ),
  };
}

/** Reads pg_control of a data directory. Errors: program_failed, unfinished. */
export async function readControlData(
  binDir: string,
  dataDir: string,
  runAs: RunAs,
  signal: AbortSignal,
): Promise<ControlData> {
  const result = await runProgram([...runAs.prefix, `${binDir}/pg_controldata`, dataDir], {
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    signal,
    timeoutMs: 30_000,
  });
  if (result.code !== 0) {
    throw new DrillError('program_failed', `pg_controldata ${dataDir} failed: ${result.stderr.trim()}`);
  }
  return parseControlData(result.stdout);
}
