import { LabError } from '../../../errors.ts';
import type { FaultRun } from '../../fault.ts';
import type { RunOptions } from '../../stack-run.ts';

/** Runs a program on a host to its end and returns what it printed. Errors: fault_failed, with what it said. */
export async function runChecked(
  run: FaultRun,
  host: string,
  argv: readonly [string, ...string[]],
  options: RunOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await run.run(host, argv, { timeoutMs: 30_000, ...options });
  if (code === 0) return stdout;
  throw new LabError(
    'fault_failed',
    `${argv.join(' ')} on ${host} ended with ${code ?? 'a signal'}: ${stderr.trim() || 'it said nothing'}`,
  );
}
