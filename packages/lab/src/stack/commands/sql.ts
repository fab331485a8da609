import { exitCode, parseDurationMs, type CommandSpec } from '@pgattest/runtime';
import { attachLab } from '../lab.ts';
import { labName, nameOption, textOf } from './command-options.ts';

/** `pgattest lab sql`. */
export const sqlCommand: CommandSpec = {
  name: 'sql',
  summary: 'run SQL on a member of a lab as the superuser',
  example: 'pgattest lab sql pg-test-1 "SELECT pg_is_in_recovery()"',
  arguments: [
    { syntax: '<member>', summary: 'member of a cluster of the lab' },
    { syntax: '<statement>', summary: 'what to run' },
  ],
  options: [
    nameOption,
    { flags: '--database <name>', summary: 'where', default: 'postgres' },
    { flags: '--timeout <duration>', summary: 'give up after that long', default: '30s' },
  ],
  async run({ args, options, stdout }) {
    const [member = '', statement = ''] = args;
    const lab = await attachLab(labName(options));
    const rows = await lab.sql(member, statement, {
      database: textOf(options, 'database') ?? 'postgres',
      timeoutMs: parseDurationMs(textOf(options, 'timeout') ?? '30s'),
    });
    for (const row of rows) stdout.write(`${row.join('\t')}\n`);
    return exitCode.ok;
  },
};
