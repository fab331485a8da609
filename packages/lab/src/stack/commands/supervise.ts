import { exitCode, RuntimeError, type CommandSpec } from '@pgattest/runtime';
import { supervise } from '../supervisor/supervise.ts';

/** `pgattest lab supervise`, what `lab up` starts inside the namespaces. */
export function superviseCommand(auditorGrants: readonly string[]): CommandSpec {
  return {
    name: 'supervise',
    summary: 'run the processes of a lab (lab up starts it)',
    example: 'pgattest lab supervise /tmp/pgattest-lab-0/lab',
    arguments: [{ syntax: '<directory>', summary: 'directory that lab up has prepared' }],
    options: [],
    async run({ args, signal, env }) {
      const [directory = ''] = args;
      // Started by hand it would run its daemons among the machine's own.
      if (env['PGATTEST_LAB'] !== directory) {
        throw new RuntimeError('usage', 'lab supervise is started by "pgattest lab up", not by hand');
      }
      return (await supervise({ directory, auditorGrants, signal })) ? exitCode.ok : exitCode.incomplete;
    },
  };
}
