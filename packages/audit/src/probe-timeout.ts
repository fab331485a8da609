/** Bound of one request of a probe, in milliseconds; the engine's deadline ends the probe as a whole. */
export const requestTimeoutMs = 10_000;
