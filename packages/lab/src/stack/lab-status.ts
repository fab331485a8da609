import type { LabOptions } from './options.ts';

/** What a lab is doing, as `lab status --json` prints it. */
export interface LabStatus {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly directory: string;
  readonly state: 'starting' | 'up' | 'failed' | 'stopping';
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly options: LabOptions;
  readonly daemons: readonly DaemonStatus[];
  readonly members: readonly MemberStatus[];
  readonly primary: {
    /** Members of the main cluster that are out of recovery; more than one is a split brain. */
    readonly bySql: readonly string[];
    /** Members whose Patroni says that it holds the leader lock. */
    readonly byPatroni: readonly string[];
  };
  /** One entry a repository of pgBackRest; empty without backup. */
  readonly backups: readonly BackupStatus[];
  readonly faults: readonly {
    readonly id: string;
    readonly title: string;
    readonly target: string | undefined;
    readonly since: string;
  }[];
}

/** A process of the lab. */
export interface DaemonStatus {
  readonly id: string;
  readonly host: string;
  readonly component: string;
  readonly state: 'not started' | 'running' | 'frozen' | 'ended';
  /** Within the lab's own pid namespace where it has one. */
  readonly pid: number | undefined;
  readonly ready: boolean;
  /** Why it is not ready, or how it ended. */
  readonly reason: string | undefined;
}

/** A member of a cluster as its own PostgreSQL and its own Patroni see it. */
export interface MemberStatus {
  readonly name: string;
  readonly cluster: string;
  readonly address: string;
  /** `unknown` = its PostgreSQL did not answer; `reason` says why. */
  readonly role: 'primary' | 'standby' | 'unknown';
  readonly reason: string | undefined;
  readonly timeline: number | undefined;
  /** A primary's write position, a standby's replay position. */
  readonly lsn: string | undefined;
  /** Bytes a standby has not replayed of what the primary of its cluster has written; negative = ahead of it. */
  readonly lagBytes: number | undefined;
  /** Role and state as GET /patroni says; undefined = no answer. */
  readonly patroniRole: string | undefined;
  readonly patroniState: string | undefined;
}

/** What pgBackRest says about one repository. */
export interface BackupStatus {
  readonly repository: number;
  readonly state: 'ok' | 'problem' | 'unknown';
  readonly text: string;
  /** Label of the newest backup. */
  readonly newest: string | undefined;
  readonly count: number;
}
