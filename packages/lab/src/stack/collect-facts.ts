import { exitCode } from '@pgattest/runtime';
import { LabError } from '../errors.ts';
import { nodeFilesOf } from './daemons/auditor-nodes.ts';
import type { Installation } from './installation.ts';
import type { Lab } from './lab.ts';

/** Asking the package manager what it would update takes most of it, and a machine may be busy. */
const collectMs = 300_000;

/**
 * Runs `pgattest audit collect-node` on one host of a lab, as root and in its namespaces, and leaves the facts where the
 * lab's auditor looks for them. What could not be read is written down there. Errors: facts_failed with the words of the
 * collector when there are no facts at all.
 */
export async function collectFacts(
  lab: Pick<Lab, 'exec' | 'directory' | 'topology'>,
  { node, entry }: Pick<Installation, 'node' | 'entry'>,
  host: string,
): Promise<void> {
  const { facts, paths } = nodeFilesOf(lab, host);
  const { code, stderr } = await lab.exec(
    host,
    [node, entry, 'audit', 'collect-node', '--quiet', '--paths', paths, '--output', facts],
    { timeoutMs: collectMs },
  );
  if (code === exitCode.ok || code === exitCode.incomplete) return;
  const why = code === undefined ? `no end within ${collectMs / 1_000} s` : stderr.trim();
  throw new LabError('facts_failed', `cannot collect the facts of ${host}: ${why}`);
}
