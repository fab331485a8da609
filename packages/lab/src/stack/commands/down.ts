import { createProgress, exitCode, type CommandSpec } from '@pgattest/runtime';
import { endLab } from '../end-lab.ts';
import { labNames } from '../lab-directory.ts';
import { labName, nameOption } from './command-options.ts';

/** `pgattest lab down`. */
export const downCommand: CommandSpec = {
  name: 'down',
  summary: 'end a lab and remove everything of it, also after a crash',
  example: 'pgattest lab down',
  options: [nameOption, { flags: '--all', summary: 'every lab of this user' }],
  async run({ options, stderr }) {
    const progress = createProgress(stderr);
    const names = options['all'] === true ? labNames() : [labName(options)];
    for (const name of names) {
      const step = progress.step(`lab ${name}`);
      try {
        step.done((await endLab(name)) ? 'down, nothing left' : 'there was none');
      } catch (error) {
        step.fail('failed');
        throw error;
      }
    }
    return exitCode.ok;
  },
};
