import { createProgress, exitCode, RuntimeError, type CommandSpec } from '@pgattest/runtime';
import { faults } from '../faults/index.ts';
import type { Fault } from '../fault.ts';
import { attachLab } from '../lab.ts';
import { labName, nameOption } from './command-options.ts';

/** `pgattest lab break`. */
export const breakCommand: CommandSpec = {
  name: 'break',
  summary: 'break something in a lab, and say what must happen',
  example: 'pgattest lab break primary-stopped',
  arguments: [
    { syntax: '[fault]', summary: 'what to break; --list names them' },
    { syntax: '[host]', summary: 'where; the fault chooses when it is not said' },
  ],
  options: [nameOption, { flags: '--list', summary: 'list the faults and what must happen' }],
  async run({ args, options, stdout, stderr }) {
    const [fault, host] = args;
    if (options['list'] === true) {
      stdout.write(faults.map(describe).join('\n'));
      return exitCode.ok;
    }
    if (fault === undefined) throw new RuntimeError('usage', 'name a fault; "pgattest lab break --list" lists them');
    if (!faults.some(({ id }) => id === fault)) {
      throw new RuntimeError('usage', `there is no fault ${fault}; "pgattest lab break --list" lists them`);
    }
    const lab = await attachLab(labName(options));
    const step = createProgress(stderr).step(fault);
    try {
      const broken = await lab.break(fault, host);
      step.done(broken.target);
      stdout.write(`${broken.title}\n`);
      for (const { text, source } of broken.expected) stdout.write(`  must happen: ${text} (${source})\n`);
      return exitCode.ok;
    } catch (error) {
      step.fail('failed');
      throw error;
    }
  },
};

function describe({ id, title, needs, expected }: Fault): string {
  const need = needs === 'nothing' ? '' : ` (needs ${needs})`;
  return [
    `${id}${need}`,
    `  ${title}`,
    ...expected.map(({ text, source }) => `  must happen: ${text} (${source})`),
    '',
  ].join('\n');
}
