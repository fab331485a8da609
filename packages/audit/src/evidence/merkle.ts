import type { ManifestFile } from '../manifest.ts';
import { sha256 } from './hash.ts';

/**
 * One step from a file to the root: the hash of the neighbour, and on which side of the pair it stands.
 */
export interface ProofStep {
  readonly side: 'left' | 'right';
  readonly sha256: string;
}

/** That one file belongs to a run: what to hash, and with what, to arrive at the root of its record. */
export interface InclusionProof {
  readonly path: string;
  readonly sha256: string;
  readonly steps: readonly ProofStep[];
  readonly root: string;
}

type Leaf = Pick<ManifestFile, 'path' | 'sha256'>;

/**
 * Hash of one file's line. Everything that is hashed is text a shell can print: `leaf <sha256>  <path>` is the line that
 * sha256sum prints, with a word in front so that no leaf can be taken for a node.
 */
export const leafHash = ({ path, sha256: hash }: Leaf): string => sha256(`leaf ${hash}  ${path}\n`);

/** Hash of a pair: `node <left> <right>`. */
export const nodeHash = (left: string, right: string): string => sha256(`node ${left} ${right}\n`);

/**
 * Root over the files of a run, sorted by path by code unit. Neighbours are paired level by level; one that is left over
 * moves up as it is (the shape of RFC 6962's tree). Shape: 64 hexadecimal digits; a run has at least one file.
 */
export function merkleRoot(files: readonly Leaf[]): string {
  let level = inOrder(files).map(leafHash);
  while (level.length > 1) level = nextLevel(level);
  const [root] = level;
  if (root === undefined) throw new Error('a run without files has no Merkle root');
  return root;
}

/** Proof that the file with this path is one of the run's; undefined when it is not. */
export function proveInclusion(files: readonly Leaf[], path: string): InclusionProof | undefined {
  const sorted = inOrder(files);
  let index = sorted.findIndex((file) => file.path === path);
  const leaf = sorted[index];
  if (leaf === undefined) return undefined;
  let level = sorted.map(leafHash);
  const steps: ProofStep[] = [];
  while (level.length > 1) {
    const isRight = index % 2 === 1;
    const neighbour = level[isRight ? index - 1 : index + 1];
    if (neighbour !== undefined) steps.push({ side: isRight ? 'left' : 'right', sha256: neighbour });
    level = nextLevel(level);
    index = Math.floor(index / 2);
  }
  return { path: leaf.path, sha256: leaf.sha256, steps, root: merkleRoot(files) };
}

/** The root that a proof leads to: it proves something when that is the root of a signed record. */
export const rootOfProof = ({ path, sha256: hash, steps }: Omit<InclusionProof, 'root'>): string =>
  steps.reduce(
    (at, step) => (step.side === 'left' ? nodeHash(step.sha256, at) : nodeHash(at, step.sha256)),
    leafHash({ path, sha256: hash }),
  );

const inOrder = (files: readonly Leaf[]): readonly Leaf[] => files.toSorted((a, b) => (a.path < b.path ? -1 : 1));

function nextLevel(level: readonly string[]): string[] {
  const above: string[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const left = level[index] ?? '';
    const right = level[index + 1];
    above.push(right === undefined ? left : nodeHash(left, right));
  }
  return above;
}
