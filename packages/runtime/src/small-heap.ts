import { setFlagsFromString } from 'node:v8';

/** Percent by which the old generation may outgrow what was alive in it, before it is collected again. */
const growingPercent = 20;

/**
 * Keeps this process small for as long as it runs: V8 would let the young generation grow to 32 MiB and the old one to
 * several times what is alive, which suits a program that computes and not one that wakes up every ten seconds. Called
 * once, by a program that serves; costs CPU where much is alive, in return for shorter pauses.
 *
 * V8 reads both when it next decides about growing (Heap::Scavenge, MemoryController), so they may be set while it runs.
 */
export function keepHeapSmall(): void {
  // A factor of one: the young generation stays as it is at the start, one MiB for each half.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`);
}
