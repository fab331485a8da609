import { createProgress, type CommandContext } from '@pgattest/runtime';
import { countObservations } from '../collect.ts';
import type { Inventory } from '../inventory/discover.ts';
import { auditRules } from '../rules.ts';
import type { RunOptions } from '../run.ts';

/** What the reader of a terminal sees of one cluster's audit. */
export interface ClusterWatch {
  readonly listeners: Required<Pick<RunOptions, 'onObservation' | 'onLive' | 'onNote'>>;
  done(): void;
  fail(why: string): void;
}

/** What the reader of a terminal sees of all of them. */
export interface RunWatch {
  start(cluster: string): ClusterWatch;
  end(): void;
}

/**
 * Progress on stderr: of one cluster its facts as they arrive; of several how many are done, and a line as each ends.
 * Live probes are announced as they start.
 */
export function createRunWatch(context: CommandContext, inventories: readonly Inventory[]): RunWatch {
  const quiet = context.options['quiet'] === true;
  const progress = createProgress(context.stderr, { quiet });
  const several = inventories.length > 1 ? progress.step(`auditing ${inventories.length} clusters`) : undefined;
  const totals = new Map(
    inventories.map((inventory) => [inventory.cluster, countObservations(inventory, auditRules.probes)]),
  );
  let ended = 0;
  let failed = 0;

  return {
    start(cluster) {
      const own = several === undefined ? progress.step(`auditing ${cluster}`) : undefined;
      const startedMs = performance.now();
      let seen = 0;
      let blind = 0;
      const end = (problem: string | undefined): void => {
        ended += 1;
        if (problem !== undefined) failed += 1;
        const facts = blind === 0 ? `${seen} facts` : `${seen - blind} facts, ${blind} unavailable`;
        const took = own === undefined ? `, ${((performance.now() - startedMs) / 1000).toFixed(1)} s` : '';
        const step = own ?? progress.step(`audited ${cluster}`);
        if (problem === undefined) step.done(`${facts}${took}`);
        else step.fail(problem);
      };
      return {
        listeners: {
          onObservation({ probe, subject, observation }) {
            seen += 1;
            if (observation.status === 'unavailable') blind += 1;
            const where = `${seen} of ${totals.get(cluster) ?? 0}, ${subject} ${probe}`;
            if (own === undefined) several?.update(`${ended} done; ${cluster} ${where}`);
            else own.update(where);
          },
          onLive({ probe, subject, does }) {
            if (!quiet) context.stderr.write(`live probe: ${probe} on ${subject}: ${does}\n`);
          },
          onNote: (note) => context.stderr.write(`note: ${note}\n`),
        },
        done: () => end(undefined),
        fail: (why) => end(why),
      };
    },
    end() {
      if (failed === 0) several?.done(`${ended} done`);
      else several?.fail(`${failed} of ${ended} could not be audited`);
    },
  };
}
