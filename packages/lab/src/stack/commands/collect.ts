import { createProgress, exitCode, type CommandSpec } from '@pgattest/runtime';
import { attachLab } from '../lab.ts';
import { labName, nameOption } from './command-options.ts';

/** `pgattest lab collect`. */
export const collectCommand: CommandSpec = {
  name: 'collect',
  summary: "collect the facts of a lab's hosts for its auditor",
  example: 'pgattest lab collect pg-test-1',
  arguments: [{ syntax: '[host...]', summary: 'of which hosts (default: all)' }],
  options: [nameOption],
  notes: 'Takes seconds of a processor for each host. The next run of the auditor judges what is in them.',
  async run({ args, options, stderr }) {
    const lab = await attachLab(labName(options));
    const step = createProgress(stderr).step('collecting the facts of the hosts');
    try {
      const hosts = await lab.collectFacts(args.length === 0 ? undefined : args);
      step.done(hosts.join(', '));
      return exitCode.ok;
    } catch (error) {
      step.fail('failed');
      throw error;
    }
  },
};
