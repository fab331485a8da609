/** Environment variables as data; an unset one is undefined. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The environment of this process. The one place that reads it: everything else takes it as an argument. */
export function readEnvironment(): Env {
  // oxlint-disable-next-line node/no-process-env -- the one reader; everything else is given its result
  return { ...process.env };
}
