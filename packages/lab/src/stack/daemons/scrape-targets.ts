import { LabError } from '../../errors.ts';
import { waitFor } from '../../process/wait.ts';
import type { StartTask } from '../plan.ts';
import type { StackRun } from '../stack-run.ts';
import { labPorts } from '../topology.ts';

const waitMs = 30_000;

/** Waits until VictoriaMetrics has scraped every target with success. Errors: timeout, with those it has not. */
export const firstScrapeTask: StartTask = {
  title: 'first scrape of every target',
  timeoutMs: waitMs + 10_000,
  run: async (run) => {
    let problem: string | undefined;
    const scraped = await waitFor(
      async () => {
        problem = await findTargetProblem(run);
        return problem === undefined ? true : undefined;
      },
      { timeoutMs: waitMs, everyMs: 200 },
    );
    if (scraped === undefined) throw new LabError('timeout', problem ?? 'not scraped');
    return undefined;
  },
};

/** Undefined when every target was scraped with success; otherwise the ones that were not. */
async function findTargetProblem(run: StackRun): Promise<string | undefined> {
  const { monitor } = run.topology;
  const url = `http://${monitor.address}:${labPorts.victoriaMetrics}/api/v1/targets?state=active`;
  const answer = await run.http(url);
  if (answer?.status !== 200) return `VictoriaMetrics does not list its targets at ${url}`;
  const down = unhealthyTargets(answer.body);
  if (down === undefined) return `cannot read the targets of VictoriaMetrics at ${url}`;
  return down.length === 0 ? undefined : `not scraped yet: ${down.join('; ')}`;
}

/** Targets that are not up, with the error of the scrape; undefined when the document is none. */
export function unhealthyTargets(body: string): readonly string[] | undefined {
  const document = parseTargets(body);
  if (document === undefined || document.length === 0) return undefined;
  return document.flatMap(({ scrapeUrl, health, lastError }) =>
    health === 'up' ? [] : [`${scrapeUrl}${lastError === '' ? '' : ` (${lastError})`}`],
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
