import { LabError } from '../../errors.ts';
import { waitFor } from '../../process/wait.ts';
import type { StartTask } from '../plan.ts';
import type { StackRun } from '../stack-run.ts';
import { labPorts } from '../topology.ts';

const waitMs = 90_000;

/**
 * Waits until VictoriaMetrics has scraped every target with success, each at a time of its own: on a busy machine a scrape
 * is late now and then. Errors: timeout, with the targets it never could.
 */
export const firstScrapeTask: StartTask = {
  title: 'first scrape of every target',
  timeoutMs: waitMs + 30_000,
  run: async (run) => {
    let missing: readonly string[] | undefined;
    const scraped = await waitFor(
      async () => {
        const down = await findTargetsDown(run);
        if (down === undefined) return undefined;
        missing = (missing ?? down.map(({ url }) => url)).filter((url) => down.some((target) => target.url === url));
        return missing.length === 0 ? true : undefined;
      },
      { timeoutMs: waitMs, everyMs: 200 },
    );
    if (scraped !== undefined) return undefined;
    const down = (await findTargetsDown(run)) ?? [];
    const words = (missing ?? ['VictoriaMetrics lists no targets']).map((url) => {
      const why = down.find((target) => target.url === url)?.error ?? '';
      return why === '' ? url : `${url} (${why})`;
    });
    throw new LabError('timeout', `never scraped: ${words.join('; ')}`);
  },
};

async function findTargetsDown(run: StackRun): Promise<readonly TargetDown[] | undefined> {
  const { monitor } = run.topology;
  const url = `http://${monitor.address}:${labPorts.victoriaMetrics}/api/v1/targets?state=active`;
  const answer = await run.http(url);
  return answer?.status === 200 ? targetsDown(answer.body) : undefined;
}

/** A target whose last scrape failed, or that has had none. */
export interface TargetDown {
  readonly url: string;
  /** Empty when there was no scrape yet. */
  readonly error: string;
}

/** Targets that are not up; undefined when the document is none, or lists no target. */
export function targetsDown(body: string): readonly TargetDown[] | undefined {
  const targets = parseTargets(body);
  if (targets === undefined || targets.length === 0) return undefined;
  return targets.flatMap(({ scrapeUrl, health, lastError }) =>
    health === 'up' ? [] : [{ url: scrapeUrl, error: lastError }],
  );
}

interface Target {
  readonly scrapeUrl: string;
  readonly health: string;
  readonly lastError: string;
}

function parseTargets(body: string): readonly Target[] | undefined {
  try {
    const document: unknown = JSON.parse(body);
    const data = fieldOf(document, 'data');
    const targets = fieldOf(data, 'activeTargets');
    if (!Array.isArray(targets)) return undefined;
    return targets.map((target: unknown) => ({
      scrapeUrl: textOf(fieldOf(target, 'scrapeUrl')),
      health: textOf(fieldOf(target, 'health')),
      lastError: textOf(fieldOf(target, 'lastError')),
    }));
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
