import { labPorts, type Lab } from '@pgattest/lab';

/** How a rule is evaluated, as vmalert has loaded it. */
export interface RuleTiming {
  readonly forMs: number;
  readonly intervalMs: number;
}

/** Where the lab's time goes besides the rules: `scrape-config.ts` and `alertmanager.ts` of packages/lab. */
export const pipeline = { scrapeMs: 5_000, groupWaitMs: 15_000, groupIntervalMs: 5_000 } as const;

/** Room for machines that are slower and busier than a monitoring host should be. */
export const slackMs = 30_000;

interface RulesDocument {
  readonly data: {
    readonly groups: readonly {
      readonly interval: number;
      readonly rules: readonly { readonly name: string; readonly type: string; readonly duration?: number }[];
    }[];
  };
}

/** Every alert that vmalert evaluates, by name. */
export async function readTimings(lab: Lab): Promise<ReadonlyMap<string, RuleTiming>> {
  const url = `http://${lab.topology.monitor.address}:${labPorts.vmalert}/api/v1/rules`;
  const answer = await lab.http(url, { timeoutMs: 10_000 });
  if (answer?.status !== 200) throw new Error(`vmalert lists no rules: ${answer?.status ?? 'no answer'} from ${url}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- vmalert's own document
  const { data } = JSON.parse(answer.body) as RulesDocument;
  return new Map(
    data.groups.flatMap(({ interval, rules }) =>
      rules
        .filter(({ type }) => type === 'alerting')
        .map(({ name, duration = 0 }) => [name, { forMs: duration * 1_000, intervalMs: interval * 1_000 }] as const),
    ),
  );
}

/**
 * The longest from a sign in /metrics to the notification: a scrape, the round of evaluation that sees it, `for`, which
 * ends between two rounds, and Alertmanager's wait for a cause.
 */
export function arrivalBound({ forMs, intervalMs }: RuleTiming): number {
  return pipeline.scrapeMs + intervalMs + forMs + intervalMs + pipeline.groupWaitMs;
}

/** The longest from a healed cluster to the notification that it is over. */
export function resolutionBound({ intervalMs }: RuleTiming): number {
  return pipeline.scrapeMs + 2 * intervalMs + pipeline.groupWaitMs + pipeline.groupIntervalMs;
}
