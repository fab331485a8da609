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

/**
 * What `collect-node` shipped, by probe, each with the time it was seen. Of a file that is absent, of another form, of
 * another host or too old every fact is unavailable, with the reason and what to do.
 */
export async function readShippedFacts(
  source: Extract<NodeSource, { readonly from: 'file' }>,
  probes: readonly AnyProbe[],
  bounds: Pick<ObserveBounds, 'now'>,
): Promise<ReadonlyMap<string, Observation<unknown>>> {
  const read = await readDocument(source);
  const refuse = (problem: Problem): ReadonlyMap<string, Observation<unknown>> =>
    new Map(
      probes.map(({ id }) => [
        id,
        unavailable(problem.code, `cannot collect ${id} on ${source.host}: ${problem.message}`, bounds),
      ]),
    );
  if ('code' in read) return refuse(read);
  const problem = findProblem(read, source, bounds.now());
  if (problem !== undefined) return refuse(problem);
  const { observations, collector } = read;
  const missing = `${source.file} was collected by version ${collector.version}, which knows no such probe; collect the node again with this one`;
  return new Map(
    probes.map(({ id }) => [
      id,
      observations.find(({ probe }) => probe === id)?.observation ??
        unavailable('unsupported', `cannot collect ${id} on ${source.host}: ${missing}`, bounds),
    ]),
  );
}

interface Problem {
  readonly code: UnavailableCode;
  readonly message: string;
}

async function readDocument({ file }: { readonly file: string }): Promise<NodeDocument | Problem> {
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
): Problem | undefined {
  if (host !== source.host) {
    return {
      code: 'invalid_data',
      message: `${source.file} is of host ${host}, key host; bring the file of ${source.host}, or name it with node.host`,
    };
  }
  const ageMs = now.getTime() - Date.parse(collectedAt);
  const minutes = (ms: number): string => `${Math.round(ms / 60_000)} min`;
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
