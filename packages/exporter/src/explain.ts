import type { AnyCollector, TopK, Variant } from '@pgattest/catalog';
import type { ServerFacts } from './facts.ts';
import type { Plan } from './plan.ts';
import type { InstanceReport } from './scrape-report.ts';

/** The plan as YAML-like text for people: what runs with its SQL, then what does not run and why. */
export function explainPlan(facts: ServerFacts, plan: Plan): string {
  const lines = [
    `# server ${facts.versionNum}, ${facts.role}, database ${facts.database}, user ${facts.currentUser}`,
    ...(facts.inventory === undefined ? ['# extensions and schemas could not be read'] : []),
    `# ${plan.planned.length} planned, ${plan.skipped.length} skipped`,
    '',
    'planned:',
    ...plan.planned.flatMap(({ collector, variant }) => describeVariant(collector, variant)),
    '',
    'skipped:',
    ...plan.skipped.flatMap(({ collector, branch, reason, detail }) => [
      `  ${branch}:`,
      `    name: ${collector.id}`,
      `    reason: ${reason}`,
      `    detail: ${JSON.stringify(detail)}`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The plans of the given database and of those found on its server; empty when no plan is known. */
export function explainInstance({ main, databases }: InstanceReport): string {
  return [main, ...databases]
    .flatMap(({ facts, plan }) => (facts === undefined || plan === undefined ? [] : [explainPlan(facts, plan)]))
    .join('\n');
}

/** Every variant of every collector in the same form, without a server. */
export function describeCollectors(collectors: readonly AnyCollector[]): string {
  const lines = collectors.flatMap((collector) =>
    collector.variants.flatMap((variant) => describeVariant(collector, variant)),
  );
  return `collectors:\n${lines.join('\n')}\n`;
}

function describeTop({ rankedBy, enters, stays, otherBy }: TopK<string, string>): string {
  const others = otherBy === undefined ? '' : `, other_by: [${otherBy.join(', ')}]`;
  return `{rank_by: ${rankedBy}, enters: ${enters}, stays: ${stays}${others}}`;
}

function describeVariant(collector: AnyCollector, variant: Variant<string>): readonly string[] {
  const omits: readonly string[] = variant.omits ?? [];
  const metrics = Object.keys(collector.metrics).filter((key) => !omits.includes(key));
  return [
    `  ${variant.branch}:`,
    `    name: ${collector.id}`,
    `    desc: ${JSON.stringify(collector.help)}`,
    `    scope: ${collector.scope}`,
    ...(variant.role === undefined ? [] : [`    role: ${variant.role}`]),
    ...(variant.since === undefined ? [] : [`    min_version: ${variant.since}`]),
    ...(variant.until === undefined ? [] : [`    max_version: ${variant.until}`]),
    `    ttl: ${collector.cacheSeconds}`,
    `    timeout: ${collector.timeoutSeconds}`,
    `    fatal: ${collector.fatal ?? false}`,
    `    priority: ${collector.priority}`,
    ...(collector.topK === undefined ? [] : [`    top: ${describeTop(collector.topK)}`]),
    `    labels: [${Object.keys(collector.labels).join(', ')}]`,
    `    metrics: [${metrics.join(', ')}]`,
    '    query: |',
    ...variant.sql
      .trim()
      .split('\n')
      .map((line) => `      ${line.trimEnd()}`),
  ];
}
