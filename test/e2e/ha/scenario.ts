import { setTimeout as sleep } from 'node:timers/promises';
import { findOutage, isWritingSince, lossOf, startLabWriter, type Attempt, type BrokenFault } from '@pgattest/lab';
import { expect } from 'vitest';
import { poll, type HaLab } from './ha-lab.ts';
import { describeSight, look, type Sight } from './sight.ts';

/** What a scenario is and what the documents say of it. */
export interface ScenarioSpec {
  readonly name: string;
  /** What the documents say, with their figures. */
  readonly said: string;
  /**
   * The longest the plan allows; asserted with room for slow machines. Undefined = writes are meant to stay out until
   * the fault is healed.
   */
  readonly boundMs?: number;
  /** The most WAL that may be lost of what was acknowledged: 0, or maximum_lag_on_failover. */
  readonly maxLossBytes: number;
  readonly payloadBytes?: number;
}

/** A scenario under way: a client writes all the time. */
export interface Scenario {
  /** The primary before anything broke. */
  readonly primary: string;
  readonly replicas: readonly string[];
  /** The healthy cluster. */
  readonly before: Sight;
  attempts(): readonly Attempt[];
  /** Applies a fault; the first one is the moment that detection and outage count from. */
  break(fault: string, target?: string): Promise<BrokenFault>;
  /** Waits for the first sign of the fault in /metrics and takes the time. */
  detect(sign: (sight: Sight) => string | undefined): Promise<Sight>;
  /** Waits until /metrics show something. */
  until(what: string, question: (sight: Sight) => string | undefined): Promise<Sight>;
  /** Looks for a while: what `never` says at any moment is a failure, and in the end `atLast` must hold. */
  always(
    forMs: number,
    never: (sight: Sight) => string | undefined,
    atLast: (sight: Sight) => string | undefined,
  ): Promise<void>;
  /** Waits until a row is acknowledged that was tried after now. */
  untilWriting(): Promise<void>;
  /** Waits until several tries in a row failed, none of them on its way before now. */
  untilNotWriting(): Promise<void>;
  heal(): Promise<void>;
  /** What happened, for the table. */
  note(text: string): void;
}

/** Room for machines that are slower and busier than the plan's author had in mind. */
const slackFactor = 2;
const slackMs = 15_000;

/** From healthy to broken to healthy, with a client that writes and remembers, and a row in the table. */
export async function runScenario(
  ha: HaLab,
  spec: ScenarioSpec,
  body: (scenario: Scenario) => Promise<void>,
): Promise<void> {
  const { lab } = ha;
  await ha.untilHealthy();
  const before = await look(lab);
  const [primary = ''] = before.writable;
  expect(before.writable, `one writable member: ${describeSight(before)}`).toHaveLength(1);
  expect(before.leaders, 'Patroni and SQL agree on the primary').toEqual(before.writable);
  const timeline = before.get(primary).patroni?.timeline ?? 0;
  const timers = await ha.timers();
  const writer = startLabWriter(`${ha.variant} ${spec.name} ${Date.now()}`, {
    ...ha.target,
    payloadBytes: spec.payloadBytes ?? ha.target.payloadBytes,
  });
  let brokenMs: number | undefined;
  let detectionMs: number | undefined;
  const notes: string[] = [];
  const broken: string[] = [];

  const until: Scenario['until'] = async (what, question) => {
    let last = before;
    await poll(
      what,
      async () => {
        last = await look(lab);
        const missing = question(last);
        return missing === undefined ? undefined : `${missing} (${describeSight(last)})`;
      },
      180_000,
    );
    return last;
  };
  const untilWriting = async (): Promise<void> => {
    const since = Date.now();
    await poll(
      'a client writes through the primary service',
      async () =>
        isWritingSince(writer.attempts(), since) ? undefined : (writer.attempts().at(-1)?.error ?? 'no attempt yet'),
      180_000,
    );
  };
  const scenario: Scenario = {
    primary,
    replicas: before.members.map(({ name }) => name).filter((name) => name !== primary),
    before,
    attempts: () => writer.attempts(),
    async break(fault, target) {
      const now = Date.now();
      const applied = await lab.break(fault, target);
      broken.push(fault);
      brokenMs ??= Number(applied.state['brokenMs'] ?? now);
      return applied;
    },
    async detect(sign) {
      const sight = await until('the fault shows in /metrics', sign);
      detectionMs ??= Date.now() - (brokenMs ?? Date.now());
      return sight;
    },
    until,
    async always(forMs, never, atLast) {
      const end = Date.now() + forMs;
      while (Date.now() < end) {
        const sight = await look(lab);
        expect(never(sight), describeSight(sight)).toBeUndefined();
        await sleep(1_000);
      }
      await until('all is as it was', atLast);
    },
    untilWriting,
    async untilNotWriting() {
      const since = Date.now();
      await poll(
        'no client can write',
        async () => {
          const tries = writer.attempts().filter(({ startedMs }) => startedMs >= since);
          const failed = tries.slice(-3);
          const isOut = failed.length === 3 && failed.every(({ outcome }) => outcome !== 'acknowledged');
          return isOut ? undefined : `${tries.length} tries since, the last three are not all refused`;
        },
        120_000,
      );
    },
    async heal() {
      await lab.heal();
      for (const fault of broken) ha.healed.add(fault);
      await ha.untilHealthy();
      await untilWriting();
    },
    note: (text) => void notes.push(text),
  };

  try {
    await untilWriting();
    await body(scenario);
  } catch (error) {
    const tail = writer.attempts().slice(-3);
    process.stderr.write(`\n## ${spec.name} failed\n${await ha.diagnose()}\nlast tries: ${JSON.stringify(tail)}\n`);
    throw error;
  } finally {
    await writer.stop();
    await lab.heal();
  }

  const attempts = writer.attempts();
  const outage = findOutage(attempts, brokenMs ?? 0);
  const loss = lossOf(attempts, await readPresent(ha, writer.name), await readForks(ha, timeline));
  const seen = notes.join('; ');
  ha.addRow({
    scenario: spec.name,
    timers,
    detectionMs,
    seen,
    said: spec.said,
    outageMs: outage?.durationMs,
    boundMs: spec.boundMs,
    acknowledgedRows: attempts.filter(({ outcome }) => outcome === 'acknowledged').length,
    lostRows: loss.rows,
    lostBytes: loss.bytes,
  });
  expect(outage, 'writing went on after the fault').toBeDefined();
  if (spec.maxLossBytes === 0) expect(loss.rows, 'acknowledged rows that are not there').toBe(0);
  expect(loss.bytes, 'bytes of acknowledged WAL that are not there').toBeLessThanOrEqual(spec.maxLossBytes);
  if (spec.boundMs !== undefined) {
    expect(outage?.durationMs, 'the pause in writing').toBeLessThan(spec.boundMs * slackFactor + slackMs);
  }
}

async function readPresent({ lab }: HaLab, writer: string): Promise<ReadonlySet<number>> {
  const primary = await lab.findPrimary();
  if (primary === undefined) throw new Error('no primary to count the rows on');
  const rows = await lab.sql(primary, `SELECT sequence FROM app.canary WHERE writer = '${writer}'`, {
    database: 'app',
    timeoutMs: 30_000,
  });
  return new Set(rows.map(([sequence]) => Number(sequence)));
}

/** Where that timeline and those after it ended, by the history that Patroni keeps; empty when it is still the current one. */
async function readForks({ lab }: HaLab, timeline: number): Promise<readonly bigint[]> {
  const primary = await lab.findPrimary();
  const answer = primary === undefined ? undefined : await lab.patroni(primary, 'GET', '/history');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Patroni's own format: [[timeline, lsn, reason, ...]]
  const history = JSON.parse(answer?.body ?? '[]') as readonly (readonly [number, number, ...unknown[]])[];
  return history.filter(([number]) => number >= timeline).map(([, end]) => BigInt(end));
}
