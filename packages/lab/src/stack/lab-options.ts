import { defaultLabOptions } from './topology.ts';
import type { LabOptions } from './options.ts';

/** The whole options from those that are given: etcd of a two-node lab and the subnet follow from the others. */
export function completeOptions(given: Partial<LabOptions>): LabOptions {
  const merged = { ...defaultLabOptions, ...given };
  return {
    ...merged,
    etcdMembers: given.etcdMembers ?? (merged.nodes === 2 ? (merged.arbiter ? 3 : 2) : defaultLabOptions.etcdMembers),
    subnet: given.subnet ?? (merged.isolation === 'loopback' ? '127.0.0' : defaultLabOptions.subnet),
  };
}
