import { exitCode, parseDurationMs, RuntimeError, type CommandSpec } from '@pgattest/runtime';
import type { LabUser } from '../daemon.ts';
import { attachLab } from '../lab.ts';
import { labName, nameOption, textOf } from './command-options.ts';

/** `pgattest lab exec`. */
export const execCommand: CommandSpec = {
  name: 'exec',
  summary: 'run a program on a host of a lab',
  example: 'pgattest lab exec mon -- curl -s http://198.51.100.11:8008/cluster',
  arguments: [
    { syntax: '<host>', summary: 'host of the lab' },
    { syntax: '<command...>', summary: 'program and its arguments, after --' },
  ],
  options: [
    nameOption,
    { flags: '--user <user>', summary: 'as whom', default: 'root', choices: ['root', 'postgres', 'etcd'] },
    { flags: '--timeout <duration>', summary: 'kill it after that long', default: '30s' },
  ],
  notes: 'Exit codes: 0 the program succeeded, 1 it did not, 3 it could not be run or was killed.',
  async run({ args, options, stdout, stderr }) {
    const [host = '', command, ...rest] = args;
    if (command === undefined) throw new RuntimeError('usage', 'say what to run: pgattest lab exec HOST -- PROGRAM');
    const users: readonly LabUser[] = ['root', 'postgres', 'etcd'];
    const lab = await attachLab(labName(options));
    const timeoutMs = parseDurationMs(textOf(options, 'timeout') ?? '30s');
    const user = users.find((one) => one === options['user']) ?? 'root';
    const result = await lab.exec(host, [command, ...rest], { timeoutMs, user });
    stdout.write(result.stdout);
    stderr.write(result.stderr);
    if (result.code === undefined) {
      stderr.write(`killed after ${timeoutMs / 1000} s\n`);
      return exitCode.incomplete;
    }
    return result.code === 0 ? exitCode.ok : exitCode.findings;
  },
};
