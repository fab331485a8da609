import type { ServerFacts } from './facts.ts';
import type { Plan } from './plan.ts';

/** The plan as YAML-like text for people: what runs with its SQL, then what does not run and why. */
export function explainPlan(facts: ServerFacts, plan: Plan): string {
  const lines = [
    `# server ${facts.versionNum}, ${facts.role}, database ${facts.database}, user ${facts.currentUser}`,
    ...(facts.inventory === undefined ? ['# extensions and schemas could not be read'] : []),
    `# ${plan.planned.length} planned, ${plan.skipped.length} skipped`,
    '',
    'planned:',
  ];
  for (const { collector, variant } of plan.planned) {
    lines.push(
      `  ${variant.branch}:`,
      `    name: ${collector.id}`,
      `    desc: ${JSON.stringify(collector.help)}`,
      `    scope: ${collector.scope}`,
      `    ttl: ${collector.cacheSeconds}`,
      `    timeout: ${collector.timeoutSeconds}`,
      `    fatal: ${collector.fatal ?? false}`,
      `    priority: ${collector.priority}`,
      `    labels: [${Object.keys(collector.labels).join(', ')}]`,
      `    metrics: [${metricKeys(collector.metrics, variant.omits ?? []).join(', ')}]`,
      '    query: |',
      ...variant.sql
        .trim()
        .split('\n')
        .map((line) => `      ${line.trimEnd()}`),
    );
  }
  lines.push('', 'skipped:');
  for (const { collector, branch, reason, detail } of plan.skipped) {
    lines.push(
      `  ${branch}:`,
      `    name: ${collector.id}`,
      `    reason: ${reason}`,
      `    detail: ${JSON.stringify(detail)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function metricKeys(metrics: Readonly<Record<string, unknown>>, omits: readonly string[]): readonly string[] {
  return Object.keys(metrics).filter((key) => !omits.includes(key));
}
