/** Which databases of a server are visited besides the given one; exclude wins over include. */
export interface DiscoveryRules {
  /** When not empty, only these. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** What is left out unless configured. */
export const defaultExcludedDatabases: readonly string[] = Object.freeze(['template0', 'template1', 'postgres']);

/** Names of the databases to visit besides `given`, of those that accept connections and are no templates. */
export function discover(
  databases: readonly string[],
  given: string,
  { include, exclude }: DiscoveryRules,
): readonly string[] {
  return databases.filter(
    (name) => name !== given && !exclude.includes(name) && (include.length === 0 || include.includes(name)),
  );
}
