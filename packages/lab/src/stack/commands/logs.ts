import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode, RuntimeError, type CommandSpec } from '@pgattest/runtime';
import { labDirectory } from '../lab-directory.ts';
import { lastLines } from '../last-lines.ts';
import { labName, nameOption, textOf } from './command-options.ts';

/** `pgattest lab logs`. */
export const logsCommand: CommandSpec = {
  name: 'logs',
  summary: 'print the last lines of what a process of a lab logged',
  example: 'pgattest lab logs patroni@pg-test-1',
  arguments: [{ syntax: '[process]', summary: 'as lab status names it; all names when it is left out' }],
  options: [nameOption, { flags: '--lines <n>', summary: 'how many lines', default: '50' }],
  async run({ args, options, stdout }) {
    const name = labName(options);
    const directory = join(labDirectory(name), 'log');
    if (!existsSync(directory)) {
      throw new RuntimeError('usage', `there is no lab ${name}; start it: pgattest lab up --name ${name}`);
    }
    const lines = textOf(options, 'lines') ?? '50';
    if (!/^[1-9]\d{0,5}$/u.test(lines)) throw new RuntimeError('usage', `--lines ${lines}: write a number such as 50`);
    const logs = readdirSync(directory)
      .filter((file) => file.endsWith('.log'))
      .map((file) => file.slice(0, -4));
    const [wanted] = args;
    if (wanted === undefined) {
      stdout.write(`${logs.join('\n')}\n`);
      return exitCode.ok;
    }
    if (!logs.includes(wanted)) {
      throw new RuntimeError('usage', `lab ${name} has no log of ${wanted}; it has ${logs.join(', ')}`);
    }
    stdout.write(`${lastLines(join(directory, `${wanted}.log`), Number(lines))}\n`);
    return exitCode.ok;
  },
};
