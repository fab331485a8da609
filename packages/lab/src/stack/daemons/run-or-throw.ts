import { LabError } from '../../errors.ts';
import type { RunOptions, RunResult, StackRun } from '../stack-run.ts';
import { firstLine } from './http-ready.ts';

/** Runs a program that must succeed. Errors: start_failed with what it said. */
export async function runOrThrow(
  run: StackRun,
  host: string,
  argv: readonly [string, ...string[]],
  options: RunOptions,
  what: string,
): Promise<RunResult> {
  const result = await run.run(host, argv, options);
  if (result.code === 0) return result;
  throw new LabError('start_failed', `cannot ${what} on ${host}: ${reasonOf(result)}`);
}

/** How a program ended and the last thing it said. */
export function reasonOf({ code, stdout, stderr }: RunResult): string {
  const said = lastLine(stderr) ?? lastLine(stdout) ?? 'it said nothing';
  return code === undefined ? `it did not end in time and was killed (${said})` : `exit code ${code}: ${said}`;
}

function lastLine(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const line = lines.at(-1);
  return line === undefined ? undefined : firstLine(line);
}
