/** Position of one member in the write-ahead log, as texts `0/3000148`: absent where Patroni does not say. */
export interface PatroniXlog {
  /** Bytes, of a primary. */
  readonly location?: number;
  /** Bytes, of a standby. */
  readonly receivedLocation?: number;
  readonly replayedLocation?: number;
  readonly isReplayPaused?: boolean;
}

/** `GET /patroni`: what one member says of itself. Vocabulary is Patroni's own, of its version. */
export interface PatroniMemberStatus {
  /** `running`, `streaming`, `stopped`, `start failed`, ... */
  readonly state: string;
  /** `primary` also where Patroni before 4.0 says `master`. */
  readonly role: string;
  readonly timeline?: number;
  readonly xlog: PatroniXlog;
  readonly isPaused: boolean;
  readonly isClusterUnlocked: boolean;
  readonly isFailsafeActive: boolean;
  readonly isSyncStandby: boolean;
  readonly isRestartPending: boolean;
  /** Settings that wait for the restart; Patroni says them since 3.3. */
  readonly restartSettings: readonly string[];
  /** A watchdog is required or wanted, and Patroni cannot use it. */
  readonly isWatchdogFailed: boolean;
  /** When this member last spoke with the DCS, seconds since 1970; since 2.1.4. */
  readonly dcsLastSeen?: number;
  /** Only those with another value than Patroni's default. */
  readonly tags: Readonly<Record<string, unknown>>;
  /** Name of the member; since 3.2. */
  readonly name: string | undefined;
  /** `3.0.2` */
  readonly version: string | undefined;
  readonly scope: string | undefined;
  /** `150020` */
  readonly serverVersion?: number;
  readonly systemIdentifier: string | undefined;
}

/** One member in `GET /cluster`. */
export interface PatroniClusterMember {
  readonly name: string;
  /** `leader`, `standby_leader`, `sync_standby`, `quorum_standby`, `replica`. */
  readonly role: string;
  readonly state: string;
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly apiUrl: string | undefined;
  readonly timeline?: number;
  /** Of received WAL, by Patroni; undefined for the leader, and where it says `unknown`. */
  readonly lagBytes?: number;
  readonly isRestartPending: boolean;
  readonly tags: Readonly<Record<string, unknown>>;
}

/** `GET /cluster`: everybody the DCS knows. */
export interface PatroniCluster {
  readonly members: readonly PatroniClusterMember[];
  readonly isPaused: boolean;
  readonly scheduledSwitchover:
    { readonly at: string; readonly from: string | undefined; readonly to: string | undefined } | undefined;
}

/** `GET /config`: what Patroni runs by; the defaults are Patroni's where the DCS says nothing. */
export interface PatroniConfig {
  readonly ttlSeconds: number;
  readonly loopWaitSeconds: number;
  readonly retryTimeoutSeconds: number;
  readonly maximumLagBytes: number;
  /** `off`, `on`, `quorum`. */
  readonly synchronousMode: 'off' | 'on' | 'quorum';
  readonly isSynchronousStrict: boolean;
  readonly isFailsafe: boolean;
  readonly isPaused: boolean;
  readonly isStandbyCluster: boolean;
  /** The whole document. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** One line of `GET /history`: a timeline that ended. */
export interface PatroniHistoryLine {
  readonly timeline: number;
  /** Bytes. */
  readonly lsn: number;
  readonly reason: string;
  /** ISO 8601 with an offset, as written by the node. */
  readonly at: string | undefined;
  readonly newLeader: string | undefined;
}
