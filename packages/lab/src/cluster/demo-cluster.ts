import type { ServerBinaries } from '../server/binaries.ts';
import type { LoginRole } from '../server/roles.ts';
import { createAdmin, type Admin } from './admin.ts';
import type { Credentials } from './credentials.ts';
import type { DemoNode } from './demo-node.ts';
import { startWriter, type Writer } from './writer.ts';

/** Whose connection string is wanted. */
export type DemoRole = 'monitor' | 'auditor' | 'app' | 'superuser';

const systemRole: Readonly<Record<DemoRole, LoginRole>> = {
  monitor: 'pgattest_monitor',
  auditor: 'pgattest_auditor',
  app: 'app_rw',
  superuser: 'postgres',
};

/** What startDemoCluster hands over. */
export interface DemoClusterParts {
  readonly name: string;
  readonly dir: string;
  readonly socketDir: string;
  readonly caFile: string;
  readonly archiveDir: string;
  readonly credentials: Credentials;
  readonly binaries: ServerBinaries;
  readonly nodes: readonly DemoNode[];
  /** Stops the servers and cleans up. */
  readonly end: () => Promise<void>;
}

/** A running primary with its replicas, and everything needed to use, disturb and end them. */
export class DemoCluster {
  readonly name: string;
  /** The run directory: everything of the cluster is below it. */
  readonly dir: string;
  /** PEM of the authority that signed the servers' certificates. */
  readonly caFile: string;
  /** Where the primary archives its WAL. */
  readonly archiveDir: string;
  /** Directory of the Unix sockets, 0700 for the servers' user. */
  readonly socketDir: string;
  /** The primary at start, then the replicas. */
  readonly nodes: readonly DemoNode[];
  /** Every string that must never appear in an output. */
  readonly secrets: readonly string[];
  /** Version of the servers: `18.4`. */
  readonly serverVersion: string;
  readonly versionNum: number;
  readonly #parts: DemoClusterParts;
  readonly #writers = new Set<Writer>();
  #stopped: Promise<void> | undefined;

  constructor(parts: DemoClusterParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.dir = parts.dir;
    this.caFile = parts.caFile;
    this.archiveDir = parts.archiveDir;
    this.socketDir = parts.socketDir;
    this.nodes = parts.nodes;
    this.secrets = parts.credentials.secrets;
    this.serverVersion = parts.binaries.version;
    this.versionNum = parts.binaries.versionNum;
  }

  /** The primary at start. */
  get primary(): DemoNode {
    return this.#node(0);
  }

  /** The first replica at start. */
  get replica(): DemoNode {
    return this.#node(1);
  }

  /** SQL on a node as the superuser. */
  admin(node: DemoNode, database = 'postgres'): Admin {
    return createAdmin({
      socketDir: this.#parts.socketDir,
      port: node.port,
      password: this.#parts.credentials.passwords.postgres,
      database,
    });
  }

  /** libpq keyword string for a role; the password is in the password file it names. */
  dsn(node: DemoNode, role: DemoRole): string {
    const user = systemRole[role];
    const passfile = this.passfile(role);
    if (role === 'superuser') {
      return `host=${this.#parts.socketDir} port=${node.port} user=${user} dbname=postgres passfile=${passfile}`;
    }
    const database = role === 'app' ? 'app' : 'postgres';
    return `host=${node.host} port=${node.port} user=${user} dbname=${database} sslmode=verify-full sslrootcert=${this.caFile} passfile=${passfile}`;
  }

  /** Password file of a role: pgpass format, 0600. */
  passfile(role: DemoRole): string {
    return this.#parts.credentials.passfile(systemRole[role]);
  }

  /** Starts a steady write load through whichever node takes writes; it ends with the cluster. */
  startWriter(options: { readonly everyMs?: number } = {}): Writer {
    const writer = startWriter({
      nodes: this.nodes,
      password: this.#parts.credentials.passwords.app_rw,
      caFile: this.caFile,
      everyMs: options.everyMs ?? 100,
    });
    this.#writers.add(writer);
    return writer;
  }

  /** Stops everything and removes the directory (unless kept). A second call waits for the first. */
  async stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    await this.#stopped;
  }

  async #stop(): Promise<void> {
    await Promise.all([...this.#writers].map(async (writer) => writer.stop()));
    await this.#parts.end();
  }

  #node(index: number): DemoNode {
    const node = this.nodes[index];
    if (node === undefined) throw new RangeError(`${this.name} has no instance ${this.name}-${index + 1}`);
    return node;
  }
}
