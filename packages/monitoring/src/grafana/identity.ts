import { uids } from './uids.ts';

/** What a label names: the dashboard about it and the variables that choose it there, by the label they are read from. */
export interface Identity {
  readonly uid: string;
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The identity model: the labels that name something with a page of its own, the most specific first. A table cell or a
 * legend with such a label leads there. `appname` of a walsender is the member's name, as Patroni sets it.
 */
export const identities: readonly (readonly [string, Identity])[] = [
  ['framework', { uid: uids.framework, variables: { cls: 'cls', framework: 'framework' } }],
  ['appname', { uid: uids.instance, variables: { cls: 'cls', ins: 'appname' } }],
  ['ins', { uid: uids.instance, variables: { cls: 'cls', ins: 'ins' } }],
  ['cls', { uid: uids.cluster, variables: { cls: 'cls' } }],
];
