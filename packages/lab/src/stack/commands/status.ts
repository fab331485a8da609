import { exitCode, type CommandSpec } from '@pgattest/runtime';
import { attachLab } from '../lab.ts';
import { labName, nameOption } from './command-options.ts';
import { isHealthy, renderStatus } from './status-text.ts';

/** `pgattest lab status`. */
export const statusCommand: CommandSpec = {
  name: 'status',
  summary: 'show hosts, processes, members, backups and what is broken',
  example: 'pgattest lab status',
  options: [nameOption, { flags: '--json', summary: 'print one JSON document' }],
  notes: 'Exit codes: 0 all is well, 1 something is not ready or broken, 3 the lab does not run.',
  async run({ options, stdout }) {
    const lab = await attachLab(labName(options));
    const status = await lab.status();
    stdout.write(options['json'] === true ? `${JSON.stringify(status, undefined, 2)}\n` : renderStatus(status));
    return isHealthy(status) ? exitCode.ok : exitCode.findings;
  },
};
