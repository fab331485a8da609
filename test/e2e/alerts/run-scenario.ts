import { setTimeout as sleep } from 'node:timers/promises';
import { labPorts, type Lab } from '@pgattest/lab';
import type { Scenario } from '@pgattest/monitoring';
import { expect } from 'vitest';
import type { HaLab } from '../ha/ha-lab.ts';
import { describeSight, look } from '../ha/sight.ts';
import { saveScenario, type AlertRow } from './alert-results.ts';
import { auditNow } from './audit-now.ts';
import { describeArrival, listOpen, readArrivals, type Arrival } from './notifications.ts';
import { describePanelResult, readPanels, wrongIn } from './panels.ts';
import type { AlertScenario, Cast, ExpectedAlert } from './scenario.ts';
import { arrivalBound, readTimings, resolutionBound, slackMs, type RuleTiming } from './timing.ts';

/** What fires in a healthy lab because it is true of every lab; see `standing.ts`. */
export type IsStanding = (arrival: Arrival) => boolean;

/** Looks at the healthy lab for a while: every alert that was open at any moment, but for what stands, in words. */
export async function listLoud({ lab }: HaLab, isStanding: IsStanding, forMs: number): Promise<readonly string[]> {
  await sleep(forMs);
  return readArrivals(lab)
    .filter((arrival) => arrival.status === 'firing' && !isStanding(arrival))
    .map(describeArrival);
}

/**
 * Breaks, waits for every expected alert within its bound, looks long enough for another critical one to arrive, heals,
 * and waits until all is resolved within its bound. Returns what else there is to say, in words: others of the same or
 * a higher severity, and panels that do not show what they are for.
 */
export async function runAlertScenario(
  ha: HaLab,
  scenario: AlertScenario,
  isStanding: IsStanding,
): Promise<readonly string[]> {
  const { lab } = ha;
  await ha.untilHealthy();
  const timings = await readTimings(lab);
  const cast = await readCast(lab);
  const expected = scenario.expected(cast);
  const isOurs = (arrival: Arrival): boolean => expected.some((alert) => matches(alert, arrival));
  // What comes with time may have come already.
  const isOurTime = (arrival: Arrival): boolean => scenario.begin !== undefined && isOurs(arrival);
  await untilNothingOpen(lab, (arrival) => isStanding(arrival) || isOurTime(arrival), 180_000);
  const startedMs = Date.now();
  const brokenMs = (await scenario.begin?.(ha, cast)) ?? startedMs;
  const told: string[] = [];
  let committed: Promise<unknown> = Promise.resolve();
  try {
    for (const { id, target } of scenario.faults(cast)) await lab.break(id, target);
    if (scenario.isWritten === true) {
      committed = commit(lab, cast.primary);
      // Looked at when all is healed; until then it must not end the test run.
      committed.catch(() => {});
    }
    if (scenario.isAudited === true) await auditNow(lab);
    await watch(lab, scenario, { timings, expected, brokenMs });
    told.push(...(await wrongPanels(ha, scenario, expected)));
  } catch (error) {
    process.stderr.write(`\n## ${scenario.name} failed\n${await describeState(lab, brokenMs)}\n`);
    throw error;
  } finally {
    await lab.heal();
    await scenario.end?.(ha, cast);
  }
  await committed;
  await ha.untilHealthy();
  const healedMs = Date.now();
  // Always: a scheduled run of the auditor may have seen the fault, and would see it healed ten minutes later.
  await auditNow(lab);
  const resolvesMs = Math.max(0, ...expected.map(({ name }) => resolutionBound(timingOf(timings, name))));
  await untilNothingOpen(lab, (arrival) => !isOurs(arrival), resolvesMs + (scenario.clearMs ?? 0) + slackMs);
  // Those of the healing as well: a healer that pages somebody is a surprise too.
  const all = since(lab, Math.min(startedMs, brokenMs)).filter(
    (arrival) => isOurs(arrival) || (arrival.receivedMs >= startedMs && !isStanding(arrival)),
  );
  saveScenario(ha.variant, toRow(scenario, all, brokenMs, healedMs));
  const least = expected.length === 0 ? 1 : Math.max(...expected.map(({ level }) => level));
  // What a scheduled run of the auditor finds in a broken cluster is true, and comes or not with the hour.
  const isByTheHour = ({ name }: Arrival): boolean => scenario.isAudited !== true && name.startsWith('Audit');
  const others = all.filter((arrival) => arrival.level <= least && !isOurs(arrival) && !isByTheHour(arrival));
  return [...others.map(describeArrival), ...told];
}

interface Watched {
  readonly timings: ReadonlyMap<string, RuleTiming>;
  readonly expected: readonly ExpectedAlert[];
  readonly brokenMs: number;
}

/** Waits until every expected alert has arrived, each within its bound, and long enough for others to arrive. */
async function watch(lab: Lab, scenario: AlertScenario, { timings, expected, brokenMs }: Watched): Promise<void> {
  const { inhibited, signMs = 0 } = scenario;
  const suppressed = new Set<string>();
  const unseen = (): readonly string[] => inhibited.filter((name) => !suppressed.has(name));
  const arrivesMs = (name: string): number => signMs + arrivalBound(timingOf(timings, name)) + slackMs;
  const deadline = Math.max(minuteRuleMs, ...[...inhibited, ...expected.map(({ name }) => name)].map(arrivesMs));
  for (;;) {
    for (const name of await readSuppressed(lab, brokenMs)) suppressed.add(name);
    const fired = since(lab, brokenMs);
    const missing = expected.filter((alert) => !fired.some((arrival) => matches(alert, arrival)));
    const elapsed = Date.now() - brokenMs;
    if (missing.length === 0 && unseen().length === 0 && elapsed > signMs + minuteRuleMs) break;
    if (elapsed > deadline) break;
    await sleep(2_000);
  }
  const arrived = since(lab, brokenMs);
  for (const alert of expected) {
    const arrival = arrived.find((one) => matches(alert, one));
    expect(arrival, `${alert.name} arrives; arrived: ${arrived.map(describeArrival).join('; ')}`).toBeDefined();
    expect((arrival?.receivedMs ?? 0) - brokenMs, `when ${alert.name} arrives`).toBeLessThan(arrivesMs(alert.name));
  }
  expect(unseen(), 'kept back, for their cause is told').toEqual([]);
}

/** Panels that are for what is broken now and do not show it, in words. */
async function wrongPanels(
  ha: HaLab,
  { situations = [] }: AlertScenario,
  expected: readonly ExpectedAlert[],
): Promise<readonly string[]> {
  const present: readonly Scenario[] = [...situations, ...(expected.length > 0 ? (['alert-firing'] as const) : [])];
  return wrongIn(await readPanels(ha, present), present).map(describePanelResult);
}

/** Writes in a session of its own, which waits as long as a commit has to wait. */
async function commit(lab: Lab, primary: string): Promise<unknown> {
  const statement = `SELECT pg_logical_emit_message(true, 'pgattest-alerts', 'commit')`;
  return lab.sql(primary, statement, { timeoutMs: 600_000 });
}

/** Every critical alert with `for` of a minute or less has arrived after this time. */
const minuteRuleMs = arrivalBound({ forMs: 60_000, intervalMs: 10_000 });

function timingOf(timings: ReadonlyMap<string, RuleTiming>, name: string): RuleTiming {
  const timing = timings.get(name);
  if (timing === undefined) throw new RangeError(`vmalert knows no alert ${name}`);
  return timing;
}

function matches({ name, level, labels }: ExpectedAlert, arrival: Arrival): boolean {
  return (
    arrival.name === name &&
    arrival.level === level &&
    Object.entries(labels).every(([label, value]) => arrival.labels[label] === value)
  );
}

function since(lab: Lab, fromMs: number): readonly Arrival[] {
  return readArrivals(lab).filter(({ status, receivedMs }) => status === 'firing' && receivedMs >= fromMs);
}

async function untilNothingOpen(lab: Lab, isIgnored: IsStanding, timeoutMs: number): Promise<void> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const open = listOpen(readArrivals(lab)).filter((arrival) => !isIgnored(arrival));
    if (open.length === 0) return;
    if (Date.now() > end) {
      throw new Error(`not resolved within ${timeoutMs / 1_000} s: ${open.map(describeArrival).join('; ')}`);
    }
    await sleep(1_000);
  }
}

interface KnownAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly status: { readonly inhibitedBy: readonly string[] };
}

/** Names of the alerts that began since then and that Alertmanager keeps back, for their cause is told. */
async function readSuppressed(lab: Lab, sinceMs: number): Promise<readonly string[]> {
  const url = `http://${lab.topology.monitor.address}:${labPorts.alertmanager}/api/v2/alerts`;
  const answer = await lab.http(url, { timeoutMs: 10_000 });
  if (answer?.status !== 200) return [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Alertmanager's own document
  const alerts = JSON.parse(answer.body) as readonly KnownAlert[];
  return alerts
    .filter(({ status, startsAt }) => status.inhibitedBy.length > 0 && Date.parse(startsAt) >= sinceMs)
    .map(({ labels }) => labels['alertname'] ?? '');
}

async function readCast(lab: Lab): Promise<Cast> {
  const sight = await look(lab);
  const [primary = ''] = sight.writable;
  expect(sight.writable, `one writable member: ${describeSight(sight)}`).toHaveLength(1);
  const replicas = sight.members.map(({ name }) => name).filter((name) => name !== primary);
  return { cluster: lab.topology.options.cluster, primary, replicas };
}

async function describeState(lab: Lab, brokenMs: number): Promise<string> {
  const sight = await look(lab).then(describeSight, (error: unknown) => `cannot look: ${String(error)}`);
  const told = readArrivals(lab).filter(({ receivedMs }) => receivedMs >= brokenMs);
  return [
    sight,
    ...told.map((one) => `+${Math.round((one.receivedMs - brokenMs) / 1_000)} s ${describeArrival(one)}`),
  ].join('\n');
}

function toRow(scenario: AlertScenario, all: readonly Arrival[], brokenMs: number, healedMs: number): AlertRow {
  return {
    scenario: scenario.name,
    arrived: all.map((arrival) => ({
      what: describeArrival(arrival),
      afterMs: arrival.receivedMs - brokenMs,
      isAfterHealing: arrival.receivedMs > healedMs,
    })),
    inhibited: scenario.inhibited,
    resolvedMs: Date.now() - healedMs,
  };
}
