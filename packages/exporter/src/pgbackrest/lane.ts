/** Runs one piece of work at a time, in the order it was given. */
export interface Lane {
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** Makes a lane: pgBackRest processes share one, so that a slow repository is not asked twice at once. */
export function createLane(): Lane {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(work) {
      const result = last.then(work);
      // A failure is for whoever gave the work, not for those who wait.
      last = result.catch(() => undefined);
      return result;
    },
  };
}
