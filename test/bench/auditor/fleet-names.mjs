// Names and addresses of the simulated clusters. All names have one length, so that an answer recorded from cluster 0 is
// an answer of any other cluster once its digits are replaced.

/** Most clusters there can be; 0 is the one that is recorded. */
export const mostClusters = 999;

/** Members of a cluster. */
export const memberNumbers = [1, 2, 3];

/** `sim-007` */
export const clusterName = (number) => `sim-${String(number).padStart(3, '0')}`;

/** `sim-007-1` */
export const memberName = (number, member) => `${clusterName(number)}-${member}`;

/** An address of loopback for each member: `127.40.7.1` */
export const memberAddress = (number, member) => `127.${40 + (number >> 8)}.${number & 0xff}.${member}`;
