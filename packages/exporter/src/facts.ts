/** Whether the server replays WAL of another one. */
export type ServerRole = 'primary' | 'replica';

/** What of a server decides which collectors can run on it; read at the start of every scrape. */
export interface ServerFacts {
  /** server_version_num, for example 180004. */
  readonly versionNum: number;
  readonly role: ServerRole;
  readonly database: string;
  readonly currentUser: string;
  /** False for the database of the given URL, true for one found on the same server. */
  readonly isDiscovered: boolean;
  /** What the catalogues say; undefined when they could not be read (locked, for example): unknown, not empty. */
  readonly inventory: Inventory | undefined;
}

/** The names of a server and of the connected database, each list sorted. */
export interface Inventory {
  /** Databases that accept connections and are no templates. */
  readonly databases: readonly string[];
  readonly schemas: readonly string[];
  readonly extensions: readonly string[];
}

/** Equal text means equal plan: caches survive exactly as long as this does. */
export function factsKey(facts: ServerFacts): string {
  return JSON.stringify([facts.versionNum, facts.role, facts.database, facts.currentUser, facts.isDiscovered]);
}
