/** One member of etcd as the cluster lists it. Ids are upper-case hexadecimal, as etcdctl prints them in tables. */
export interface EtcdMember {
  readonly id: string;
  /** Empty until a new member has started once. */
  readonly name: string;
  readonly peerUrls: readonly string[];
  readonly clientUrls: readonly string[];
  readonly isLearner: boolean;
}

/** `/v3/maintenance/status` of one member. */
export interface EtcdStatus {
  /** Of the program: `3.4.23`. */
  readonly version: string;
  readonly memberId: string;
  /** Of the member that leads, undefined while there is none. */
  readonly leaderId: string | undefined;
  readonly clusterId: string;
  readonly raftTerm: number;
  readonly raftIndex: number;
  readonly appliedIndex: number;
  readonly dbSizeBytes: number;
  /** Undefined before 3.4. */
  readonly dbSizeInUseBytes: number | undefined;
  readonly isLearner: boolean;
  /** What the member itself complains of: `memberID:… alarm:NOSPACE`. */
  readonly errors: readonly string[];
}

/** `/health`: whether this member can commit, and what it says otherwise. */
export interface EtcdHealth {
  readonly isHealthy: boolean;
  readonly reason: string | undefined;
}

/** An alarm that is raised: `NOSPACE` refuses writes, `CORRUPT` says that members differ. */
export interface EtcdAlarm {
  readonly memberId: string;
  readonly alarm: string;
}

/** One key with its value. */
export interface EtcdKey {
  readonly key: string;
  readonly value: string;
  readonly createRevision: string;
  readonly modRevision: string;
  /** Undefined when the key belongs to no lease. */
  readonly leaseId: string | undefined;
}

export interface EtcdRange {
  readonly revision: string;
  readonly keys: readonly EtcdKey[];
  /** True when the limit cut some off. */
  readonly isMore: boolean;
}

/** What a role may do with a range of keys. `rangeEnd` empty: that key alone; `\0`: from the key to the end of all. */
export interface EtcdPermission {
  readonly type: 'READ' | 'WRITE' | 'READWRITE';
  readonly key: string;
  readonly rangeEnd: string;
}

/** `/version`. */
export interface EtcdVersion {
  /** Of this member's program. */
  readonly server: string;
  /** What all members speak: `3.4.0`. */
  readonly cluster: string;
}
