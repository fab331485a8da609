import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Percent by which the old generation may outgrow what was alive in it, before it is collected again. */
const growingPercent = 20;
/**
 * Both halves of the young generation of a program that serves: half as much costs a quarter more CPU, because what
 * lives as long as a scrape gets old, and twice as much saves little.
 */
const youngBytes = 4 * 1024 * 1024;
const lookEveryMs = 100;

/**
 * Loads a program and keeps this process small for as long as it runs: V8 would let the young generation grow to 32 MiB
 * and the old one to several times what is alive, which suits a program that computes and not one that waits for
 * servers. Small generations are collected more often, and in shorter pauses. For bin files only.
 *
 * V8 looks at both flags whenever it decides about growing, so they may be set while it runs.
 */
export function loadInSmallHeap<T>(load: () => Promise<T>): Promise<T> {
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`);
  setFlagsFromString('--semi-space-growth-factor=1');
  return load();
}

/**
 * The same for a program that serves, such as one that wakes up every ten seconds: its young generation stays as it is
 * while the program is loaded, and then may grow to what serving needs.
 */
export async function loadService<T>(load: () => Promise<T>): Promise<T> {
  const loaded = await loadInSmallHeap(load);
  letYoungGrow(youngBytes);
  return loaded;
}

/** The same of a program that computes on much at a time: what lives for one of its tasks must not get old. */
const busyYoungBytes = 16 * 1024 * 1024;
const busyGrowingPercent = 100;

/** Gives a small heap room where the work turns out to be much, such as the audit of many clusters. */
export function widenSmallHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${busyGrowingPercent}`);
  letYoungGrow(busyYoungBytes);
}

function letYoungGrow(bytes: number): void {
  setFlagsFromString('--semi-space-growth-factor=2');
  const timer = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if (young === undefined || young.space_size < bytes) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(timer);
  }, lookEveryMs);
  timer.unref();
}
