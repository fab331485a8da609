import { readFile } from 'node:fs/promises';
import { ConnectError } from '@pgattest/connect';
import { RuntimeError } from '@pgattest/runtime';
import type { NodeSource } from '../inventory/component-target.ts';
import type { NodeAccess } from '../node/access.ts';
import { parseNodeDocument, type NodeDocument } from '../node/document.ts';
import { openNodeAccess } from '../node/open-access.ts';
import { spawnProgram } from '../node/spawn-program.ts';
import type { AnyProbe, Observation, UnavailableCode } from '../probe.ts';
import { unavailable, type ObserveBounds } from './observe.ts';

/** Files and commands of this host, for one probe that runs here. */
export function openLocalNode(
  { paths }: Extract<NodeSource, { readonly from: 'local' }>,
  signal: AbortSignal,
): NodeAccess {
  const isRoot = process.getuid?.() === 0;
  return openNodeAccess({ paths, isRoot, run: spawnProgram(paths, isRoot, signal), signal });
}

/** Why the facts of a host that were shipped cannot be used. */
export interface ShippedProblem {
  readonly code: UnavailableCode;
  readonly message: string;
}

/** The facts in a file, or why they cannot be used. */
export async function readShipped(
  source: Extract<NodeSource, { readonly from: 'file' }>,
  now: Date,
): Promise<NodeDocument | ShippedProblem> {
  const read = await readDocument(source);
  return 'code' in read ? read : (findProblem(read, source, now) ?? read);
}

/**
 * What `collect-node` shipped, by probe, each with the time it was seen. Of a file that is absent, of another form, of
 * another host or too old every fact is unavailable, with the reason and what to do.
 */
export function shippedFacts(
  shipped: NodeDocument | ShippedProblem,
  subject: string,
  probes: readonly AnyProbe[],
  bounds: Pick<ObserveBounds, 'now'>,
): ReadonlyMap<string, Observation<unknown>> {
  const refused = (id: string, { code, message }: ShippedProblem): readonly [string, Observation<unknown>] => [
    id,
    unavailable(code, `cannot collect ${id} on ${subject}: ${message}`, bounds),
  ];
  if ('code' in shipped) return new Map(probes.map(({ id }) => refused(id, shipped)));
  const seen = new Map(shipped.observations.map(({ probe, observation }) => [probe, observation]));
  const unknown: ShippedProblem = {
    code: 'unsupported',
    message: `its facts were collected by version ${shipped.collector.version}, which has no such probe; collect the node again with this one`,
  };
  return new Map(
    probes.map(({ id }) => {
      const observation = seen.get(id);
      return observation === undefined ? refused(id, unknown) : [id, observation];
    }),
  );
}

async function readDocument({ file }: { readonly file: string }): Promise<NodeDocument | ShippedProblem> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const why = cause instanceof Error ? cause.message : String(cause);
    return {
      code: code === 'EACCES' ? 'permission_denied' : 'unreachable',
      message: `cannot read its facts: ${why}; run "pgattest audit collect-node" on the host and bring the file here`,
    };
  }
  try {
    return parseNodeDocument(text, file);
  } catch (cause) {
    if (cause instanceof RuntimeError || cause instanceof ConnectError) {
      return { code: 'invalid_data', message: cause.message };
    }
    throw cause;
  }
}

function findProblem(
  { host, collectedAt }: NodeDocument,
  source: Extract<NodeSource, { readonly from: 'file' }>,
  now: Date,
): ShippedProblem | undefined {
  if (host !== source.host) {
    return {
      code: 'invalid_data',
      message: `${source.file} is of host ${host}, key host; bring the file of ${source.host}, or name it with node.host`,
    };
  }
  const ageMs = now.getTime() - Date.parse(collectedAt);
  if (ageMs > source.maxAgeMs) {
    return {
      code: 'stale',
      message: `${source.file} was collected at ${collectedAt}, ${minutes(ageMs)} ago; ${minutes(source.maxAgeMs)} count, collect it again`,
    };
  }
  // Clocks differ a little; what claims to be seen in the future cannot be told from a forgery.
  return ageMs < -5 * 60_000
    ? {
        code: 'invalid_data',
        message: `${source.file} says it was collected at ${collectedAt}, ${minutes(-ageMs)} from now; set the clocks`,
      }
    : undefined;
}

const minutes = (ms: number): string => `${Math.round(ms / 60_000)} min`;
