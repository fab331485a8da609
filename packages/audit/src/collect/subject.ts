import type { AnyProbe, Observation } from '../probe.ts';
import type { ComponentTarget } from '../inventory/component-target.ts';
import type { ObservationRecord } from '../snapshot.ts';
import type { LivePace } from './live-pace.ts';
import { readShipped, shippedFacts } from './node-source.ts';
import { failed, observe, runIsOver, unavailable, type ObserveBounds } from './observe.ts';
import { openTarget, type LiveTarget, type OpenBounds, type OpenTarget } from './open.ts';

/** Bounds of the look at one subject, and who is told. */
export interface SubjectOptions extends ObserveBounds, OpenBounds {
  readonly pace: LivePace;
  /** Told as each probe ends. */
  readonly onRecord: (record: ObservationRecord) => void;
  /** Told before a live probe starts. */
  readonly onLive: (probe: AnyProbe, subject: string) => void;
}

/** Probes without an answer in time after which a subject is not asked any more. */
const patience = 3;

/**
 * Asks one subject with the probes of its kind, and rejects only when interrupted. Whatever hangs costs a few deadlines
 * and not one for each probe.
 */
export async function collectSubject(
  target: ComponentTarget,
  probes: readonly AnyProbe[],
  options: SubjectOptions,
): Promise<readonly ObservationRecord[]> {
  const records: ObservationRecord[] = [];
  const subject = target.subject.id;
  const keep = (probe: AnyProbe, observation: Observation<unknown>): void => {
    const record = { probe: probe.id, subject, observation };
    records.push(record);
    options.onRecord(record);
  };
  if (target.kind === 'undeclared') {
    for (const probe of probes) keep(probe, unavailable('not_configured', target.message, options));
    return records;
  }
  if (target.kind === 'node' && target.source.from === 'file') {
    const facts = shippedFacts(await readShipped(target.source, options.now()), subject, probes, options);
    for (const probe of probes) keep(probe, facts.get(probe.id) ?? failed(undefined, probe, subject, options));
    return records;
  }

  const turns = createTurns(target, options);
  const queue = [...probes];
  const work = async (): Promise<void> => {
    for (let probe = queue.shift(); probe !== undefined; probe = queue.shift()) keep(probe, await turns.ask(probe));
  };
  try {
    await Promise.all(Array.from({ length: hasSession(target) ? 1 : 3 }, work));
  } finally {
    await turns.close();
  }
  return records;
}

/** A session answers one question after the other; so does a host whose commands are run. */
const hasSession = ({ kind }: LiveTarget): boolean => kind === 'instance' || kind === 'pgbouncer' || kind === 'node';

/** Asks probe after probe, opens again what was lost, and stops asking what does not answer. */
function createTurns(
  target: LiveTarget,
  options: SubjectOptions,
): { ask(probe: AnyProbe): Promise<Observation<unknown>>; close(): Promise<void> } {
  const subject = target.subject.id;
  let open: OpenTarget | undefined;
  let refusal: { readonly cause: unknown } | undefined;
  let timeouts = 0;

  const ready = async (): Promise<OpenTarget | undefined> => {
    if (open?.usable() === false) {
      await closeQuietly(open);
      open = undefined;
    }
    if (open === undefined && refusal === undefined) {
      try {
        open = await openTarget(target, options);
      } catch (cause) {
        options.signal.throwIfAborted();
        // One refusal answers for all remaining probes: a hung server must not cost a timeout each.
        refusal = { cause };
      }
    }
    return open;
  };

  return {
    async ask(probe) {
      options.signal.throwIfAborted();
      if (options.runDeadline?.aborted === true) return runIsOver(probe, subject, options);
      if (timeouts >= patience) {
        const why = `not asked, ${timeouts} probes before it had no answer within ${options.probeTimeoutMs} ms`;
        return unavailable('timeout', `cannot collect ${probe.id} on ${subject}: ${why}`, options);
      }
      const ask = async (): Promise<Observation<unknown>> => {
        const opened = await ready();
        return opened === undefined
          ? failed(refusal?.cause, probe, subject, options)
          : observe(probe, subject, opened.contextFor, options);
      };
      const look = async (): Promise<Observation<unknown>> => {
        if (refusal === undefined) options.onLive(probe, subject);
        return ask();
      };
      const observation = probe.live === undefined ? await ask() : await options.pace.run(look);
      if (observation.status === 'unavailable' && observation.code === 'timeout') timeouts += 1;
      return observation;
    },
    close: async () => (open === undefined ? undefined : closeQuietly(open)),
  };
}

/** Closing is a courtesy to the server; a socket that is already gone has nothing left to close. */
async function closeQuietly(open: OpenTarget): Promise<void> {
  await open.close().catch(() => undefined);
}
