import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '@pgattest/lab';

/** One alert as the webhook was told of it. */
export interface Arrival {
  readonly name: string;
  readonly status: 'firing' | 'resolved';
  /** 0 = critical, 1 = warning, 2 = information. */
  readonly level: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  /** When Prometheus or vmalert saw it begin, milliseconds since the epoch. */
  readonly startedMs: number;
  /** When the webhook was told, milliseconds since the epoch. */
  readonly receivedMs: number;
}

interface Line {
  readonly receivedAt: string;
  readonly body: {
    readonly alerts: readonly {
      readonly status: 'firing' | 'resolved';
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
      readonly startsAt: string;
    }[];
  };
}

/**
 * What arrived at the webhook of the lab, each alert once for each time it fired or was resolved: Alertmanager repeats
 * alerts of a group when another joins it.
 */
export function readArrivals(lab: Lab): readonly Arrival[] {
  const file = join(lab.directory, lab.topology.monitor.name, 'webhook/notifications.jsonl');
  if (!existsSync(file)) return [];
  const arrivals = new Map<string, Arrival>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Alertmanager's document, kept by our webhook
    const { receivedAt, body } = JSON.parse(line) as Line;
    for (const { status, labels, annotations, startsAt } of body.alerts) {
      const key = `${status} ${startsAt} ${identityOf(labels)}`;
      if (arrivals.has(key)) continue;
      arrivals.set(key, {
        name: labels['alertname'] ?? '',
        status,
        level: Number(labels['level'] ?? Number.NaN),
        labels,
        summary: annotations['summary'] ?? '',
        startedMs: Date.parse(startsAt),
        receivedMs: Date.parse(receivedAt),
      });
    }
  }
  return [...arrivals.values()];
}

/** Alerts that have arrived and have not been resolved, at this moment. */
export function listOpen(arrivals: readonly Arrival[]): readonly Arrival[] {
  const open = new Map<string, Arrival>();
  for (const arrival of arrivals) {
    const key = identityOf(arrival.labels);
    if (arrival.status === 'firing') open.set(key, arrival);
    else open.delete(key);
  }
  return [...open.values()];
}

function identityOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => a.localeCompare(b)));
}

/** In words, for messages. */
export function describeArrival({ name, status, labels, summary }: Arrival): string {
  const where = ['cls', 'ins', 'subject', 'check', 'stanza', 'repo_key', 'proxy', 'server']
    .flatMap((label) => (labels[label] === undefined ? [] : [`${label}=${labels[label]}`]))
    .join(' ');
  return `${status} ${labels['severity'] ?? '?'} ${name}{${where}} ${summary}`;
}
