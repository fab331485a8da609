import type { Demand } from '../framework.ts';

/** Six months of records: Cybersecurity Law article 21, high-risk case 6.5.1.2. */
export const keptHalfAYear: Demand = { check: 'pg-log-rotation-keeps', param: 'minimumDays', atLeast: 180 };

/** Metrics of six months where they count as records of the management centre. */
export const metricsKeptHalfAYear: Demand = { check: 'monitoring-retention', param: 'warnDays', atLeast: 180 };

/** A drill at least once a year: high-risk case 6.10.1.2. */
export const drilledEachYear: Demand = { check: 'cluster-failover-drilled', param: 'warnDays', atMost: 365 };
/** A restore belongs to what is drilled: high-risk cases 6.10.1.1 and 6.10.1.2. */
export const restoredEachYear: Demand = { check: 'records-restore-proven', param: 'warnDays', atMost: 365 };
/** So does the handling of an alert. */
export const alertedEachYear: Demand = { check: 'records-alert-drilled', param: 'warnDays', atMost: 365 };

/** Redundancy begins with two: high-risk case 6.4.6.2. */
export const twoServers: Demand = { check: 'cluster-hot-redundancy', param: 'minimum', atLeast: 2 };
/** As `twoServers`, of the load balancers. */
export const twoBalancers: Demand = { check: 'cluster-haproxy-redundant', param: 'fewest', atLeast: 2 };
/** A majority that survives a loss begins with three. */
export const threeVoters: Demand = { check: 'cluster-etcd-quorum', param: 'minMembers', atLeast: 3 };

/** Six characters or fewer count as a weak secret: high-risk case 6.4.1.1. */
export const longPasswords: Demand = { check: 'pg-password-complexity', param: 'minimumLength', atLeast: 7 };
/** As `longPasswords`, of accounts of the operating system. */
export const longSystemPasswords: Demand = { check: 'node-account-policy', param: 'minLength', atLeast: 7 };

/** Signatures older than a month count as none: high-risk case 6.4.4.1. */
export const freshSignatures: Demand = { check: 'node-malware-protection', param: 'maxSignatureDays', atMost: 31 };
