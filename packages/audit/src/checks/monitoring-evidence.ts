import type { ShellEvidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import { shellQuote } from '../psql-command.ts';
import type { Text } from '../text.ts';

type Rules = FactMap['monitoring.rules'];

/** Printed commands ask the address that evaluates the rules. */
const evaluator = (from: Rules['from']): string =>
  from === 'rules' ? '{curlrules} {rules}' : '{curlprometheus} {prometheus}';

/** Name and health of these rules, as they are loaded. */
export const loadedEvidence = ({ from, rules }: Rules, names: readonly string[], expected: Text): ShellEvidence => ({
  fact: 'monitoring.rules',
  at: 'rules that are loaded',
  actual: [...new Set(rules.filter(({ name }) => names.includes(name)).map(({ name, health }) => `${name} ${health}`))]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('\n'),
  expected,
  shell: `${evaluator(from)}/api/v1/rules | jq -r --argjson n ${shellQuote(JSON.stringify(names))} '.data.groups[].rules[] | select(.name as $x | $n | index($x)) | "\\(.name) \\(.health)"' | LC_ALL=C sort -u`,
});

/** How many rules are loaded, by health. */
export const healthEvidence = ({ from, rules }: Rules, expected: Text): ShellEvidence => {
  const healths = [...new Set(rules.map(({ health }) => health))].toSorted((a, b) => (a < b ? -1 : 1));
  return {
    fact: 'monitoring.rules',
    at: 'rules by health',
    actual: healths.map((health) => `${rules.filter((rule) => rule.health === health).length} ${health}`).join('\n'),
    expected,
    shell: `${evaluator(from)}/api/v1/rules | jq -r '.data.groups[].rules[].health' | LC_ALL=C sort | uniq -c | sed 's/^ *//'`,
  };
};

/** Names of the alerts that fire now. */
export const firingEvidence = ({ from, active }: FactMap['monitoring.alerts'], expected: Text): ShellEvidence => ({
  fact: 'monitoring.alerts',
  at: 'alerts that fire',
  actual: [...new Set(active.filter(({ state }) => state === 'firing').map(({ name }) => name))]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('\n'),
  expected,
  shell: `${evaluator(from)}/api/v1/alerts | jq -r '.data.alerts[]? | select(.state == "firing") | .labels.alertname // .name' | LC_ALL=C sort -u`,
});

/** Address and health of scrape targets that match. */
export const targetsEvidence = (
  targets: FactMap['monitoring.targets'],
  label: string,
  value: string,
  expected: Text,
): ShellEvidence => ({
  fact: 'monitoring.targets',
  at: `targets of ${value}`,
  actual: targets
    .filter(({ labels }) => labels[label] === value)
    .map(({ labels, health }) => `${labels['instance'] ?? ''} ${health}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('\n'),
  expected,
  shell: `{curlprometheus} {prometheus}'/api/v1/targets?state=active' | jq -r --arg v ${shellQuote(value)} '.data.activeTargets[] | select(.labels[${JSON.stringify(label)}] == $v) | "\\(.labels.instance) \\(.health)"' | LC_ALL=C sort`,
});

/** A requirement of one alert: the names it goes by, most usual first. */
export interface RequiredAlert {
  readonly purpose: string;
  readonly names: readonly string[];
}

/** Which required alerts are not loaded, and which are but fail or were never evaluated. */
export function compareAlerts(
  { rules }: Rules,
  required: readonly RequiredAlert[],
): { readonly missing: readonly RequiredAlert[]; readonly broken: readonly string[] } {
  const alerts = rules.filter(({ kind }) => kind === 'alert');
  return {
    missing: required.filter(({ names }) => !alerts.some(({ name }) => names.includes(name))),
    broken: [
      ...new Set(
        alerts
          .filter(
            ({ name, health, lastError }) =>
              required.some(({ names }) => names.includes(name)) && (health === 'err' || lastError !== null),
          )
          .map(({ name }) => name),
      ),
    ],
  };
}

/** `down=PostgresDown|PgDown` of a parameter. */
export function parseRequired(text: string): RequiredAlert {
  const [purpose = '', names = ''] = text.split('=', 2);
  return { purpose, names: names.split('|') };
}
