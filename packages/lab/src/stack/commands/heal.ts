import { createProgress, exitCode, type CommandSpec } from '@pgattest/runtime';
import { attachLab } from '../lab.ts';
import { labName, nameOption } from './command-options.ts';

/** `pgattest lab heal`. */
export const healCommand: CommandSpec = {
  name: 'heal',
  summary: 'undo what lab break did, and wait until the cluster is well',
  example: 'pgattest lab heal',
  arguments: [{ syntax: '[fault]', summary: 'what to heal (default: everything, the last one first)' }],
  options: [nameOption],
  async run({ args, options, stderr }) {
    const lab = await attachLab(labName(options));
    const step = createProgress(stderr).step('healing');
    try {
      const healed = await lab.heal(args[0]);
      step.done(healed.length === 0 ? 'nothing was broken' : healed.join(', '));
      return exitCode.ok;
    } catch (error) {
      step.fail('failed');
      throw error;
    }
  },
};
