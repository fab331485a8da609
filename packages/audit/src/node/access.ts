import type { NodePaths } from './paths.ts';

/** Owner, group, mode and size of one file, as `stat` says. */
export interface FileFacts {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'socket' | 'device' | 'other';
  /** Permission bits as octal text: `0600`. */
  readonly mode: string;
  /** `UNKNOWN` for a number that no account has, as `stat` prints it. */
  readonly owner: string;
  readonly group: string;
  readonly sizeBytes: number;
  /** ISO 8601 UTC. */
  readonly modifiedAt: string;
}

/** Room of a file system. */
export interface SpaceFacts {
  readonly sizeBytes: number;
  /** What others than root may still write. */
  readonly availableBytes: number;
  /** 0 where the file system does not count them. */
  readonly inodes: number;
  readonly availableInodes: number;
}

/** What a program printed. */
export interface NodeCommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Read-only view of one host. Paths are absolute. Absence is undefined; what may not be read throws ConnectError
 * permission_denied, so that it never looks like absence.
 */
export interface NodeAccess {
  readonly paths: NodePaths;
  /** Whether the collector runs as root: what it may read else depends on the account. */
  readonly isRoot: boolean;
  /** Errors: permission_denied, invalid_data beyond 1 MiB. */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** The last bytes of a file, however long it is. Errors: permission_denied. */
  readonly readEnd: (path: string, bytes: number) => Promise<string | undefined>;
  /** Of a symbolic link itself, unless `follow`. */
  readonly facts: (path: string, options?: { readonly follow?: boolean }) => Promise<FileFacts | undefined>;
  /** Names in a folder, sorted; undefined when there is none. */
  readonly list: (path: string) => Promise<readonly string[] | undefined>;
  /** What a symbolic link says; undefined when the path is none. */
  readonly readLink: (path: string) => Promise<string | undefined>;
  /** The path with every symbolic link resolved; undefined when there is nothing. */
  readonly resolve: (path: string) => Promise<string | undefined>;
  readonly space: (path: string) => Promise<SpaceFacts | undefined>;
  /** SHA-256 of a file in hexadecimal. Errors: permission_denied. */
  readonly sha256: (path: string) => Promise<string | undefined>;
  /**
   * Runs a program from a fixed list that only reads, without a shell, bounded in time and output; undefined when it is
   * not installed. Errors: timeout, permission_denied, config_invalid for a program not on the list.
   */
  readonly run: (program: string, args: readonly string[]) => Promise<NodeCommandResult | undefined>;
}

export type { NodePaths };
