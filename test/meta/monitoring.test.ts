import { parser } from '@prometheus-io/lezer-promql';
import type { Expr, MetricRef } from '@pgattest/catalog';
import { alertGroups, alertsOf, recordings, ruleGroups } from '@pgattest/monitoring';
import { describe, expect, test } from 'vitest';
import { siteOfScenarios } from '../rules/site.fixture.ts';

/** Labels that the scrape configuration or Prometheus itself puts on every series. */
const topology = ['job', 'instance', 'cls', 'ins', 'ip'];
const alerts = alertGroups.flatMap((group) => alertsOf(group, siteOfScenarios));

interface Parsed {
  readonly errors: readonly string[];
  readonly metrics: readonly string[];
  readonly groupLabels: readonly string[];
}

/** What Prometheus' own grammar finds in an expression. `$__rate_interval` is Grafana's, so it is filled in first. */
function parsePromql(text: string): Parsed {
  const source = text.replaceAll('$__rate_interval', '1m');
  const errors: string[] = [];
  const metrics: string[] = [];
  const groupLabels: string[] = [];
  parser.parse(source).iterate({
    enter(node) {
      const found = source.slice(node.from, node.to);
      if (node.type.isError) errors.push(`${source} at ${node.from}`);
      if (node.name === 'VectorSelector') metrics.push(/^[\w:]+/.exec(found)?.[0] ?? found);
      if (node.name === 'GroupingLabels')
        groupLabels.push(
          ...found
            .replaceAll(/[()\s]/g, '')
            .split(',')
            .filter(Boolean),
        );
    },
  });
  return { errors, metrics, groupLabels };
}

const expressions: readonly (readonly [string, Expr])[] = [
  ...recordings.map(({ name, expr }) => [name, expr] as const),
  ...alerts.map(({ name, expr }) => [name, expr] as const),
];

describe.each(expressions)('expression of %s', (_name, expr) => {
  const { errors, metrics, groupLabels } = parsePromql(expr.text);
  test('is PromQL', () => {
    expect(errors).toEqual([]);
  });
  test('reads exactly the metrics it declares', () => {
    expect([...new Set(metrics)].toSorted()).toEqual([...new Set(expr.reads.map(({ name }) => name))].toSorted());
  });
  test('groups only by labels that the metrics have', () => {
    const known = new Set<string>([...topology, ...expr.reads.flatMap((ref: MetricRef) => ref.labels)]);
    expect(groupLabels.filter((label) => !known.has(label))).toEqual([]);
  });
});

describe.each(alerts.map((alert) => [alert.name, alert] as const))('alert %s', (_name, alert) => {
  const { summary, description, runbook } = alert;
  const texts = [summary.en, summary.zh, description.en, description.zh, ...runbook];
  test('mentions only labels that survive its aggregation', () => {
    const mentioned = texts.flatMap((text) => [...text.matchAll(/\$labels\.(\w+)/g)].map((match) => match[1]));
    expect(mentioned.filter((label) => !alert.labels.includes(label ?? ''))).toEqual([]);
  });
  test('names the cluster and says what to do', () => {
    expect(alert.labels).toContain('cls');
    expect(alert.runbook.length).toBeGreaterThan(0);
    expect(alert.summary.zh).toMatch(/\p{Script=Han}/u);
    expect(alert.description.zh).toMatch(/\p{Script=Han}/u);
    expect(alert.description.en).not.toMatch(/\p{Script=Han}/u);
  });
});

test('names of alerts and recordings are unique', () => {
  const names = [...alerts.map(({ name }) => name), ...recordings.map(({ name }) => name)];
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('a recording reads only recordings above it', () => {
  const seen = new Set<string>();
  for (const { name, expr } of ruleGroups.flatMap((group) => group.recordings)) {
    const ahead = expr.reads.filter((ref) => ref.name.includes(':') && !seen.has(ref.name));
    expect(ahead.map((ref) => ref.name)).toEqual([]);
    seen.add(name);
  }
});
