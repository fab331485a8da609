import { RuntimeError } from '@pgattest/runtime';
import { DrillError } from '../errors.ts';
import { runProgram } from '../process/run-program.ts';

/** A fault of the laboratory that takes the primary away. */
export interface LabFault {
  readonly name: string;
  apply(signal: AbortSignal): Promise<void>;
  heal(signal: AbortSignal): Promise<void>;
}

const timeoutMs = 600_000;

/** What `--by` names: undefined for `patroni`. The lab is asked through the command this process runs as. Errors: usage. */
export function labFault(by: string, lab: string | undefined): LabFault | undefined {
  if (by === 'patroni') return undefined;
  const name = /^lab:([a-z][a-z0-9-]*)$/.exec(by)?.[1];
  if (name === undefined) throw new RuntimeError('usage', `--by "${by}" is neither patroni nor lab:FAULT`);
  const entry = process.argv[1] ?? '';
  const call = async (verb: 'break' | 'heal', signal: AbortSignal): Promise<void> => {
    const where = lab === undefined ? [] : ['--name', lab];
    const argv = [process.execPath, entry, 'lab', verb, name, ...where];
    const { code, stderr } = await runProgram(argv, {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      signal,
      timeoutMs,
    });
    if (code === 0) return;
    throw new DrillError(
      'unfinished',
      `pgattest lab ${verb} ${name} ended with ${String(code)}: ${stderr.trim().slice(-300)}`,
    );
  };
  return {
    name: `lab fault ${name}`,
    apply: (signal) => call('break', signal),
    heal: (signal) => call('heal', signal),
  };
}
