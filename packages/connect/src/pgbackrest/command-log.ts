import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { backrestFailure, type BackrestResult } from './failure.ts';

/** The last run of a command that a log file of pgBackRest tells of: the only trace of a backup that failed. */
export interface CommandRun {
  /** Absent where the log has no times. */
  readonly beganSeconds?: number;
  readonly endedSeconds?: number;
  /** `unfinished`: it runs, or was killed. */
  readonly outcome: 'success' | 'failed' | 'unfinished';
  /** Of a failure, as pgBackRest numbers them. */
  readonly exitCode?: number;
  readonly type?: string;
  readonly repoKey?: number;
}

const tailBytes = [64 * 1024, 4 * 1024 * 1024];

/**
 * Last run of a command of a stanza; undefined when its log has none. Times in the log have no zone: they are taken for
 * ours. Errors: permission, other.
 */
export async function readLastRun(
  logPath: string,
  stanza: string,
  command: string,
): Promise<BackrestResult<CommandRun | undefined>> {
  const file = join(logPath, `${stanza}-${command}.log`);
  try {
    for (const bytes of tailBytes) {
      const { text, isWhole } = await readTail(file, bytes);
      const run = findLastRun(text, command);
      if (run !== undefined || isWhole) return { ok: true, value: run };
    }
    return { ok: true, value: undefined };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return { ok: true, value: undefined };
    const reason = error instanceof Error ? error.message : String(error);
    return backrestFailure(code === 'EACCES' ? 'permission' : 'other', `cannot read ${file}: ${reason}`);
  }
}

/** Last run of a command in the text of a log. */
export function findLastRun(text: string, command: string): CommandRun | undefined {
  const begin = `: ${command} command begin `;
  const end = `: ${command} command end: `;
  let run: CommandRun | undefined;
  for (const line of text.split('\n')) {
    if (line.includes(begin)) {
      const began = timeOf(line);
      const type = / --type=(?<type>\w+)/.exec(line)?.groups?.['type'];
      const repo = / --repo=(?<key>\d+)/.exec(line)?.groups?.['key'];
      run = {
        outcome: 'unfinished',
        ...(began === undefined ? {} : { beganSeconds: began }),
        ...(type === undefined ? {} : { type }),
        ...(repo === undefined ? {} : { repoKey: Number(repo) }),
      };
    } else if (line.includes(end) && run !== undefined) {
      const ended = timeOf(line);
      const failure = /aborted with exception \[(?<code>\d+)\]/.exec(line)?.groups?.['code'];
      const isSuccess = line.includes('completed successfully');
      run = {
        ...run,
        outcome: isSuccess ? 'success' : 'failed',
        ...(ended === undefined ? {} : { endedSeconds: ended }),
        ...(failure === undefined ? {} : { exitCode: Number(failure) }),
      };
    }
  }
  return run;
}

async function readTail(file: string, bytes: number): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, bytes);
    const buffer = Buffer.alloc(length);
    await handle.read(buffer, 0, length, size - length);
    return { text: buffer.toString('utf8'), isWhole: length === size };
  } finally {
    await handle.close();
  }
}

/** `2026-11-21 19:39:37.097 P00 …` in our zone. */
function timeOf(line: string): number | undefined {
  const match = /^(?<day>\d{4}-\d{2}-\d{2}) (?<time>\d{2}:\d{2}:\d{2})(?<fraction>\.\d+)? /.exec(line);
  const { day, time, fraction = '' } = match?.groups ?? {};
  if (day === undefined || time === undefined) return undefined;
  const ms = Date.parse(`${day}T${time}${fraction}`);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}
