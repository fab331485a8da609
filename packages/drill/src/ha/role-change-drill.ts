import { setTimeout as sleep } from 'node:timers/promises';
import { createPatroniClient, createPatroniControl, type PatroniTarget, type PgTarget } from '@pgattest/connect';
import { secondsOf } from '../conduct/clock.ts';
import type { Drill, DrillRun } from '../conduct/conduct.ts';
import type { Precondition } from '../conduct/precondition.ts';
import { DrillError, messageOf } from '../errors.ts';
import { findAbort, noMilestones, observe, type Milestones } from './milestones.ts';
import { probeTable, startProbeWriter, type ProbeWriter } from './probe-writer.ts';
import type { LabFault } from './lab-fault.ts';
import { describeSight, isPrimary, lookAt, type ClusterMembers, type ClusterSight } from './view.ts';

export interface RoleChangeOptions {
  readonly kind: 'switchover' | 'failover';
  readonly cluster: string;
  readonly patroni: PatroniTarget;
  readonly members: ClusterMembers;
  readonly leader: string;
  readonly candidate: string | undefined;
  readonly service: PgTarget;
  /** Who breaks the cluster; undefined = Patroni is asked to change the leader. */
  readonly fault: LabFault | undefined;
  readonly maxRtoSeconds: number | undefined;
  /** Acknowledged rows that may be gone: 0 where replication is synchronous. */
  readonly maxLostRows: number;
  readonly preconditions: readonly Precondition[];
  readonly versions: Readonly<Record<string, string>>;
}

/** How often members are asked and rows are written. */
const everyMs = 100;

/** Changes the primary, and measures from outside what that costs those who write. */
export function roleChangeDrill(options: RoleChangeOptions): Drill {
  const { kind, cluster, leader, candidate, fault } = options;
  const to = candidate ?? 'a member that Patroni chooses';
  const how =
    fault !== undefined
      ? `break it: ${fault.name}`
      : kind === 'switchover'
        ? `POST /switchover {"leader": "${leader}"${candidate === undefined ? '' : `, "candidate": "${candidate}"`}} to ${options.patroni.url}`
        : `POST /failover {"candidate": "${candidate ?? '?'}"} to ${options.patroni.url}`;
  return {
    kind,
    cluster,
    subject: undefined,
    plan: {
      title: `${kind} drill of ${cluster}: from ${leader} to ${to}`,
      changes: [
        `the primary of ${cluster} changes from ${leader} to ${to}; clients are disconnected and cannot write for a while`,
        `a table ${probeTable} is made through the service, written to every ${everyMs} ms, and dropped afterwards`,
      ],
      steps: [
        `write through ${options.service.host}:${options.service.port}/${options.service.database} and watch every member's Patroni`,
        how,
        'measure detection, election, promotion, and the time until writes are acknowledged again',
        `wait until ${leader} follows; count the acknowledged rows that are gone`,
        'stop with the state of the cluster when two primaries or a second lost member are seen, or the deadline passes',
      ],
      preconditions: options.preconditions,
    },
    execute: (run) => execute(options, run),
  };
}

async function execute(options: RoleChangeOptions, run: DrillRun): Promise<void> {
  for (const [name, version] of Object.entries(options.versions)) run.tool(name, version);
  const before = await lookAt(options.members, run.signal, run.clock.elapsedMs);
  const timeline = before.members.find(isPrimary)?.status?.timeline;
  if (timeline === undefined)
    throw new DrillError('unfinished', `no primary is seen any more: ${describeSight(before)}`);
  run.record({ fromMember: options.leader, timelineBefore: timeline });
  const writer = await run.timeline.run('write', 'make the canary table and begin to write', async () => {
    const started = await startProbeWriter({
      target: options.service,
      everyMs,
      elapsedMs: run.clock.elapsedMs,
      signal: run.signal,
    });
    const beganMs = run.clock.elapsedMs();
    while (!started.isWritingSince(beganMs)) {
      if (run.clock.elapsedMs() - beganMs > 30_000 || run.signal.aborted) {
        await started.stop();
        throw new DrillError('unfinished', `the service takes no writes: ${started.lastFailure() ?? 'no answer'}`);
      }
      await sleep(everyMs);
    }
    return started;
  });
  try {
    await change(options, timeline, writer, run);
  } finally {
    await writer.stop();
    const acknowledged = writer.rows().filter(({ outcome }) => outcome === 'acknowledged').length;
    const unknown = writer.rows().filter(({ outcome }) => outcome === 'unknown').length;
    run.record({ rowsAcknowledged: acknowledged, rowsUnknown: unknown });
    run.evidence('writes.csv', writesCsv(writer));
    await dropTable(writer, run);
  }
}

async function change(options: RoleChangeOptions, timeline: number, writer: ProbeWriter, run: DrillRun): Promise<void> {
  const { leader, fault, maxRtoSeconds } = options;
  const requestMs = run.clock.elapsedMs();
  let asked: string | undefined;
  let refusal: unknown;
  const giveUp = new AbortController();
  const request = (async (): Promise<void> => {
    try {
      asked = await ask(options, AbortSignal.any([run.signal, giveUp.signal]));
    } catch (error) {
      refusal = error;
    }
  })();
  const known = await watch(options, timeline, requestMs, writer, run, () => refusal).catch(async (error: unknown) => {
    // Patroni may hold its answer back for minutes; whoever stopped the drill waits for no more words.
    giveUp.abort();
    if (fault !== undefined) await healAnyway(fault, run);
    throw error;
  });
  await request;
  const at = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : secondsOf(ms - requestMs));
  run.record({
    toMember: known.newPrimary ?? 'unknown',
    ...(known.newTimeline === undefined ? {} : { timelineAfter: known.newTimeline }),
    ...optionalSeconds('detectionSeconds', at(known.detectedMs)),
    ...optionalSeconds('electionSeconds', at(known.electedMs)),
    ...optionalSeconds('promotionSeconds', at(known.promotedMs)),
  });
  const outage = writer.outage(requestMs);
  if (outage !== undefined) {
    const seconds = secondsOf(outage.toMs - outage.fromMs);
    run.record({ rtoSeconds: seconds });
    const isWithin = maxRtoSeconds === undefined || seconds <= maxRtoSeconds;
    const limit = maxRtoSeconds === undefined ? '' : `, the limit is ${maxRtoSeconds} s`;
    run.check({
      id: 'service-recovery',
      subject: 'service',
      outcome: isWithin ? 'pass' : 'fail',
      detail: `no write was acknowledged for ${seconds} s (${outage.failedAttempts} failed attempts)${limit}`,
    });
  }
  const words = fault === undefined ? asked : `${fault.name} applied`;
  run.check({
    id: 'new-primary',
    subject: options.cluster,
    outcome: 'pass',
    detail: `${known.newPrimary ?? '?'} on timeline ${known.newTimeline ?? '?'}${words === undefined ? '' : `; Patroni: ${words}`}`,
  });
  await countLoss(known, writer, options, run);
  if (fault !== undefined) await run.timeline.run('heal', `heal ${fault.name}`, () => fault.heal(run.signal));
  await run.timeline.run('rejoin', `wait until ${leader} follows`, async (note) => {
    note(await waitForRejoin(options, known, run));
  });
}

/** Heals what the drill broke although it was stopped. */
async function healAnyway(fault: LabFault, run: DrillRun): Promise<void> {
  try {
    await run.timeline.run('heal', `heal ${fault.name}`, () => fault.heal(AbortSignal.timeout(180_000)));
  } catch (error) {
    const detail = `${messageOf(error)}; heal it by hand: pgattest lab heal`;
    run.check({ id: 'fault-healed', subject: fault.name, outcome: 'unavailable', detail });
  }
}

const optionalSeconds = <K extends string>(key: K, value: number | undefined): { readonly [P in K]?: number } =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a computed key widens to string
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: number };

async function ask(options: RoleChangeOptions, signal: AbortSignal): Promise<string> {
  const { kind, leader, candidate, fault, patroni, members } = options;
  if (fault !== undefined) {
    await fault.apply(signal);
    return fault.name;
  }
  // The leader's own API answers longest; Patroni holds the answer back until it is done.
  const control = createPatroniControl({ ...patroni, url: members.targetOf(leader).url }, { timeoutMs: 120_000 });
  if (kind === 'switchover') return control.switchover({ leader, candidate }, signal);
  if (candidate === undefined) throw new DrillError('unfinished', 'a failover through Patroni needs a candidate');
  return control.failover({ candidate }, signal);
}

/** Looks until the new primary is there and takes writes. Errors: DrillError by the abort rules. */
async function watch(
  options: RoleChangeOptions,
  timeline: number,
  requestMs: number,
  writer: ProbeWriter,
  run: DrillRun,
  refusal: () => unknown,
): Promise<Milestones> {
  const { members, leader } = options;
  let known = noMilestones;
  let sight: ClusterSight | undefined;
  const mark = (id: string, title: string, before: number | undefined, after: number | undefined): void => {
    if (before === undefined && after !== undefined) run.timeline.mark(id, title, requestMs);
  };
  for (;;) {
    const said = sight === undefined ? 'nothing was seen yet' : describeSight(sight);
    if (run.signal.aborted) {
      const when = known.detectedMs === undefined ? `while ${leader} was still primary` : 'while the primary changed';
      throw new DrillError('deadline', `the drill was stopped ${when}; the cluster is: ${said}`);
    }
    sight = await lookAt(members, run.signal, run.clock.elapsedMs);
    const holder = await leaderBy(options, run.signal);
    const next = observe(known, sight, { primary: leader, timeline }, holder);
    mark('detection', `${leader} is no primary any more`, known.detectedMs, next.detectedMs);
    mark('election', 'another member holds the leader lock', known.electedMs, next.electedMs);
    mark('promotion', `${next.newPrimary ?? '?'} is primary`, known.promotedMs, next.promotedMs);
    known = next;
    const abort = findAbort(known);
    if (abort !== undefined) {
      throw new DrillError(abort.code, `stopped: ${abort.why}; the cluster is: ${describeSight(sight)}`);
    }
    const refused = refusal();
    if (refused !== undefined && known.detectedMs === undefined) {
      throw new DrillError(
        'refused',
        `Patroni refused: ${messageOf(refused)}; the cluster is: ${describeSight(sight)}`,
      );
    }
    if (known.promotedMs !== undefined && writer.isWritingSince(known.promotedMs)) {
      run.timeline.mark('service', 'the service takes writes again', requestMs);
      return known;
    }
    await sleep(everyMs);
  }
}

/** Who holds the leader lock, by whoever of the members can still say. */
async function leaderBy({ members, leader }: RoleChangeOptions, signal: AbortSignal): Promise<string | undefined> {
  const others = members.names.filter((name) => name !== leader);
  const answers = await Promise.all(
    others.slice(0, 2).map((name) =>
      createPatroniClient(members.targetOf(name), { timeoutMs: 1000 })
        .cluster(signal)
        .catch(() => undefined),
    ),
  );
  return answers.flatMap((answer) => answer?.members ?? []).find(({ role }) => role === 'leader')?.name;
}

async function waitForRejoin(
  { members, leader }: RoleChangeOptions,
  known: Milestones,
  run: DrillRun,
): Promise<string> {
  for (;;) {
    const sight = await lookAt(members, run.signal, run.clock.elapsedMs);
    const old = sight.members.find(({ name }) => name === leader)?.status;
    const isBack = old?.role === 'replica' && old.state !== 'stopped' && old.timeline === known.newTimeline;
    if (isBack) return describeSight(sight);
    if (sight.members.filter(isPrimary).length > 1) {
      throw new DrillError('split_brain', `stopped: two primaries while ${leader} came back: ${describeSight(sight)}`);
    }
    if (run.signal.aborted) throw new DrillError('deadline', `${leader} did not come back: ${describeSight(sight)}`);
    await sleep(everyMs * 2);
  }
}

async function countLoss(
  known: Milestones,
  writer: ProbeWriter,
  options: RoleChangeOptions,
  run: DrillRun,
): Promise<void> {
  await writer.stop();
  const subject = options.cluster;
  try {
    const missing = await writer.missingRows(run.signal);
    run.record({ rpoRows: missing, rpoReference: 'acknowledged rows' });
    const all = writer.rows().filter(({ outcome }) => outcome === 'acknowledged').length;
    run.check({
      id: 'rows-lost',
      subject,
      outcome: missing <= options.maxLostRows ? 'pass' : 'fail',
      detail: `${missing} of ${all} acknowledged rows are gone, the limit is ${options.maxLostRows}`,
    });
  } catch (error) {
    run.signal.throwIfAborted();
    run.check({ id: 'rows-lost', subject, outcome: 'unavailable', detail: messageOf(error) });
  }
  const history = await options.members
    .clientOf(known.newPrimary ?? options.leader)
    .history(run.signal)
    .catch(() => undefined);
  const branch = history?.findLast(({ timeline }) => timeline < (known.newTimeline ?? 0));
  if (branch !== undefined && known.lastOldLocation !== undefined && branch.timeline === (known.newTimeline ?? 0) - 1) {
    run.record({ rpoBytes: Math.max(known.lastOldLocation - branch.lsn, 0) });
  }
}

async function dropTable(writer: ProbeWriter, run: DrillRun): Promise<void> {
  // Also after the deadline: what was made is removed.
  const signal = AbortSignal.timeout(20_000);
  try {
    await writer.dropTable(signal);
    run.check({ id: 'canary-removed', subject: probeTable, outcome: 'pass', detail: 'dropped' });
  } catch (error) {
    const detail = `${messageOf(error)}; drop it by hand: DROP TABLE ${probeTable}`;
    run.check({ id: 'canary-removed', subject: probeTable, outcome: 'unavailable', detail });
  }
}

const writesCsv = (writer: ProbeWriter): string =>
  `seq,began_ms,ended_ms,outcome\n${writer
    .rows()
    .map(({ seq, beganMs, endedMs, outcome }) => `${seq},${Math.round(beganMs)},${Math.round(endedMs)},${outcome}`)
    .join('\n')}\n`;
