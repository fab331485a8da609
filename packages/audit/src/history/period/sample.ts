import { sha256 } from '../../evidence/hash.ts';

/** A sample that anybody draws again from the same list with the same seed. */
export interface Sample {
  readonly population: number;
  readonly ids: readonly string[];
}

/**
 * Draws `size` ids: those whose SHA-256 over the seed, a line break and the id is lowest, in that order. By hand:
 * `printf '%s\n%s' SEED ID | sha256sum`. Pure: the same seed and list give the same sample, in whatever order it comes.
 */
export function drawSample(ids: readonly string[], size: number, seed: string): Sample {
  const ranked = [...new Set(ids)].map((id) => ({ id, rank: sha256(`${seed}\n${id}`) }));
  return {
    population: ranked.length,
    ids: ranked
      .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
      .slice(0, size)
      .map(({ id }) => id),
  };
}
