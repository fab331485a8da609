// How long an answer of a simulated server takes: as over a network, not all alike, and the same in every run.
const leastMs = 1;
const mostMs = 3;

/** A source of delays in milliseconds from a seed (mulberry32). */
export function createLatency(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return leastMs + (mostMs - leastMs) * (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32);
  };
}

/** In words, for a report. */
export const latencyText = `${leastMs} to ${mostMs} ms`;
