import { compareInventory } from '../checks/inventory-differences.ts';
import type { FactMap } from '../facts.ts';
import type { Observation } from '../probe.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Text } from '../text.ts';

/**
 * Declared members against those the cluster shows. A standby is recognised by the application_name it announces, so
 * one that streams under another name counts as `undeclared`, and its instance as `unseen`.
 */
export interface Reconciliation {
  /** Declared instances that answered. */
  readonly answering: readonly string[];
  /** Declared instances that did not. */
  readonly silent: readonly string[];
  /** Declared instances in recovery that no declared member sends WAL to. */
  readonly unseen: readonly string[];
  /** Standbys that stream from a declared instance and are not declared: `audit is blind there`. */
  readonly undeclared: readonly { readonly name: string; readonly address: string; readonly from: string }[];
  /** Declared instances whose list of standbys could not be read: undeclared ones may follow them. */
  readonly unlisted: readonly string[];
  /** What Patroni, etcd or an inventory says otherwise; absent in evidence that did not ask them. */
  readonly differences?: readonly Text[];
}

/** Compares the declaration with what the evidence shows. Pure. */
export function reconcile(snapshot: Snapshot): Reconciliation {
  const declared = snapshot.subjects.filter(({ kind }) => kind === 'instance').map(({ id }) => id);
  const find = (probe: string, subject: string): Observation<unknown> | undefined =>
    snapshot.observations.find((record) => record.probe === probe && record.subject === subject)?.observation;
  const isOk = (subject: string): boolean =>
    snapshot.observations.some((record) => record.subject === subject && record.observation.status === 'ok');

  const seen = new Set<string>();
  const undeclared: { readonly name: string; readonly address: string; readonly from: string }[] = [];
  const unlisted: string[] = [];
  for (const from of declared) {
    const observation = find('pg.replication', from);
    if (observation?.status !== 'ok') {
      unlisted.push(from);
      continue;
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the file of pg.replication holds that probe's value
    for (const sender of observation.value as FactMap['pg.replication']) {
      if (sender.logical || sender.state === 'backup') continue;
      seen.add(sender.applicationName);
      if (declared.includes(sender.applicationName)) continue;
      undeclared.push({ name: sender.applicationName, address: sender.clientAddress ?? 'local', from });
    }
  }
  const inRecovery = (subject: string): boolean => {
    const observation = find('pg.server', subject);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the file of pg.server holds that probe's value
    return observation?.status === 'ok' && (observation.value as FactMap['pg.server']).inRecovery;
  };
  const inventory = snapshot.observations.find(({ probe }) => probe === 'cluster.inventory')?.observation;
  return {
    answering: declared.filter(isOk),
    silent: declared.filter((id) => !isOk(id)),
    unseen: declared.filter((id) => inRecovery(id) && !seen.has(id)),
    undeclared,
    unlisted,
    ...(inventory?.status === 'ok' ? { differences: differencesOf(inventory.value) } : {}),
  };
}

function differencesOf(value: unknown): readonly Text[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the file of cluster.inventory holds that probe's value
  const inventory = value as FactMap['cluster.inventory'];
  return compareInventory(inventory.declared, inventory.sources).map(({ en, zh }) => ({ en, zh }));
}
