/** Owner, group, mode and size of one file, as `stat` says. */
export interface FileFacts {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'socket' | 'device' | 'other';
  /** Permission bits as octal text: `0600`. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  readonly sizeBytes: number;
  /** ISO 8601 UTC. */
  readonly modifiedAt: string;
}

/** What a program printed. */
export interface NodeCommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where things are on a node; defaults are Pigsty's, `collect-node --paths` replaces them. */
export interface NodePaths {
  readonly pgData: string;
  readonly pgBin: string;
  readonly pgLog: string;
  readonly patroniConfig: string;
  readonly pgbouncerIni: string;
  readonly pgbouncerUserlist: string;
  readonly pgbackrestConfig: string;
  readonly haproxyConfig: string;
  readonly etcdConfig: string;
  readonly etcdData: string;
  readonly vipManagerConfig: string;
  readonly pgUser: string;
  readonly stanza: string;
}

/**
 * Read-only view of one host. Paths are absolute. Absence is undefined; what may not be read throws ConnectError
 * permission_denied, so that it never looks like absence.
 */
export interface NodeAccess {
  readonly paths: NodePaths;
  /** Errors: permission_denied, invalid_data beyond 1 MiB. */
  readonly readText: (path: string) => Promise<string | undefined>;
  readonly facts: (path: string) => Promise<FileFacts | undefined>;
  /** Names in a folder, sorted; undefined when there is none. */
  readonly list: (path: string) => Promise<readonly string[] | undefined>;
  /**
   * Runs a program from a fixed list that only reads, without a shell, bounded in time and output; undefined when it is
   * not installed. Errors: timeout, permission_denied, config_invalid for a program not on the list.
   */
  readonly run: (program: string, args: readonly string[]) => Promise<NodeCommandResult | undefined>;
}
