import { createProgress, exitCode, type CommandSpec } from '@pgattest/runtime';
import { buildTopology } from '../topology.ts';
import { completeOptions } from '../lab-options.ts';
import { startLab } from '../start-lab.ts';
import { readUpOptions, upOptions } from './command-options.ts';
import { renderWhere } from './where-text.ts';

/** `pgattest lab up`; `entry` is the script of the `pgattest` command. */
export function upCommand(entry: string): CommandSpec {
  return {
    name: 'up',
    summary: 'start a real cluster: etcd, Patroni, PgBouncer, HAProxy, backups, monitoring',
    example: 'pgattest lab up --rto fast',
    options: upOptions,
    notes:
      'It runs until "pgattest lab down". As root it lives in namespaces of its own: nothing it sends leaves the machine.',
    async run({ options: given, stdout, stderr, signal }) {
      const { options, note } = await readUpOptions(given);
      // A mistyped option is said before anything is looked for.
      buildTopology(completeOptions(options));
      if (note !== undefined) stderr.write(`${note}\n`);
      const begin = performance.now();
      const lab = await startLab(options, {
        entry,
        signal,
        progress: createProgress(stderr),
        keepFailed: given['keepFailed'] === true,
      });
      stdout.write(renderWhere(lab.topology, lab.directory, (performance.now() - begin) / 1000));
      return exitCode.ok;
    },
  };
}
