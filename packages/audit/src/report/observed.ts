import type { Snapshot } from '../snapshot.ts';

/** What the report says of a server, read from evidence of any age: a field that is not there stays unknown. */
export interface ObservedServer {
  readonly version: string | undefined;
  readonly inRecovery: boolean | undefined;
  readonly systemIdentifier: string | undefined;
}

export interface ObservedSender {
  readonly applicationName: string;
  readonly clientAddress: string | undefined;
  readonly state: string;
  readonly syncState: string;
}

/** `pg.server` of an instance; undefined when it was not observed. */
export function observedServer(snapshot: Snapshot, subject: string): ObservedServer | undefined {
  const value = observedValue(snapshot, 'pg.server', subject);
  if (!isRecord(value)) return undefined;
  return {
    version: textOf(value['version']),
    inRecovery: typeof value['inRecovery'] === 'boolean' ? value['inRecovery'] : undefined,
    systemIdentifier: textOf(value['systemIdentifier']),
  };
}

/** Physical WAL senders of an instance: logical subscribers are no members of the cluster. */
export function observedSenders(snapshot: Snapshot, subject: string): readonly ObservedSender[] {
  const value = observedValue(snapshot, 'pg.replication', subject);
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).flatMap((sender): readonly ObservedSender[] => {
    if (sender['logical'] === true) return [];
    return [
      {
        applicationName: textOf(sender['applicationName']) ?? '',
        clientAddress: textOf(sender['clientAddress']),
        state: textOf(sender['state']) ?? '',
        syncState: textOf(sender['syncState']) ?? '',
      },
    ];
  });
}

function observedValue(snapshot: Snapshot, probe: string, subject: string): unknown {
  const record = snapshot.observations.find((entry) => entry.probe === probe && entry.subject === subject);
  return record?.observation.status === 'ok' ? record.observation.value : undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
