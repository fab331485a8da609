import { defineProbe } from '../../probe.ts';
import { askJson, declaredPart, fieldsOf, labelsOf, listOf, textOf } from './ask.ts';

/** An alert or a recorded series that is evaluated. */
export interface LoadedRule {
  readonly group: string;
  readonly kind: 'alert' | 'recording';
  readonly name: string;
  readonly query: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `ok`, `err`, `unknown`. */
  readonly health: string;
  readonly lastError: string | null;
  /** ISO 8601; null when it never was. */
  readonly lastEvaluation: string | null;
}

export interface MonitoringRules {
  /** Which declared address evaluates them. */
  readonly from: 'rules' | 'prometheus';
  readonly rules: readonly LoadedRule[];
}

/** Rules that Prometheus or vmalert has loaded, and how their last evaluation went. */
export const monitoringRules = defineProbe({
  id: 'monitoring.rules',
  subject: 'monitoring',
  title: 'Alerts and recorded series as they are loaded and evaluated (/api/v1/rules)',
  privilege: 'read access to the HTTP API of what evaluates the rules (Prometheus, vmalert)',
  grants: [],
  async collect({ prometheus, rules, signal }): Promise<MonitoringRules> {
    const answer = await askJson(
      declaredPart(rules ?? prometheus, 'what evaluates the rules'),
      '/api/v1/rules',
      signal,
    );
    const groups = listOf(fieldsOf(fieldsOf(answer)['data'])['groups'], 'rule groups');
    const loaded = groups.flatMap((item) => {
      const group = fieldsOf(item);
      const name = textOf(group['name']) ?? '';
      return listOf(group['rules'] ?? [], 'rules').map((rule) => ruleOf(name, fieldsOf(rule)));
    });
    return { from: rules === undefined ? 'prometheus' : 'rules', rules: loaded };
  },
});

function ruleOf(group: string, rule: Readonly<Record<string, unknown>>): LoadedRule {
  const error = textOf(rule['lastError']);
  const evaluated = textOf(rule['lastEvaluation']);
  return {
    group,
    kind: rule['type'] === 'alerting' ? 'alert' : 'recording',
    name: textOf(rule['name']) ?? '',
    query: textOf(rule['query']) ?? '',
    labels: labelsOf(rule['labels']),
    health: textOf(rule['health']) ?? 'unknown',
    lastError: error === '' ? null : error,
    lastEvaluation: evaluated === null || evaluated.startsWith('0001-') ? null : evaluated,
  };
}
