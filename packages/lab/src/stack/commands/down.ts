import { createProgress, exitCode, type CommandSpec } from '@pgattest/runtime';
import { endLab } from '../end-lab.ts';
import { labNames } from '../lab-directory.ts';
import { labName, nameOption } from './command-options.ts';

/** `pgattest lab down`. */
export const downCommand: CommandSpec = {
  name: 'down',
  summary: 'end a lab and remove everything of it, also after a crash',
  example: 'pgattest lab down',
  options: [nameOption],
  async run({ options, stderr }) {
    const name = labName(options);
    const step = createProgress(stderr).step(`lab ${name}`);
    try {
      const existed = await endLab(name);
      const others = labNames();
      const none = others.length === 0 ? 'there was none' : `there was none; there are ${others.join(', ')} (--name)`;
      step.done(existed ? 'down, nothing left' : none);
      return exitCode.ok;
    } catch (error) {
      step.fail('failed');
      throw error;
    }
  },
};
