import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditAlerts, postgresAlerts, renderRules, ruleGroups } from '@pgattest/monitoring';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';

/** One situation: what was scraped, and what must or must not be firing at `at`. */
interface Situation {
  readonly when: string;
  /** Series text to promtool values, sampled every 10 s. */
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
}
interface Firing extends Situation {
  /** Labels of each expected alert, without those that the rule adds. */
  readonly labels: readonly Readonly<Record<string, string>>[];
  readonly words: readonly {
    readonly summary: string;
    readonly summary_zh: string;
    readonly description: string;
    readonly description_zh: string;
  }[];
}
interface Scenario {
  readonly alert: string;
  readonly fires: readonly Firing[];
  readonly silent: readonly Situation[];
}
interface RenderedAlert {
  readonly alert?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const alerts = [...postgresAlerts, ...auditAlerts];
const here = new URL('.', import.meta.url).pathname;
const scenarioFiles = readdirSync(here).filter((name) => name.endsWith('.yml'));
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own test data; a wrong shape fails the test
const readScenario = (name: string): Scenario => parse(readFileSync(join(here, name), 'utf8')) as Scenario;
const kebab = (name: string): string => name.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

let dir = '';
let rendered: ReadonlyMap<string, RenderedAlert> = new Map();
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pgattest-promtool-'));
  const all: RenderedAlert[] = [];
  for (const group of ruleGroups) {
    const text = renderRules(group);
    writeFileSync(join(dir, `${group.name}.yml`), text);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the file was rendered one line above
    all.push(...(parse(text) as { groups: { rules: RenderedAlert[] }[] }).groups.flatMap(({ rules }) => rules));
  }
  rendered = new Map(all.flatMap((rule) => (rule.alert === undefined ? [] : [[rule.alert, rule] as const])));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

function promtool(...args: readonly string[]): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { cwd: dir, encoding: 'utf8' });
  if (error !== undefined) throw new Error(`promtool did not start: ${error.message}; install the Debian package prometheus`);
  return { code: status, output: `${stdout}${stderr}` };
}

/** The annotations that are the same sentence for every instance of the alert, with its labels filled in. */
const fillIn = (template: string, labels: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_all, label: string) => labels[label] ?? '');

function expectedAlert(alert: string, firing: Firing, index: number): unknown {
  const rule = rendered.get(alert);
  const labels = firing.labels[index] ?? {};
  if (rule === undefined) throw new Error(`no rule is called ${alert}`);
  return {
    exp_labels: { ...labels, ...rule.labels },
    exp_annotations: {
      ...firing.words[index],
      runbook: fillIn(rule.annotations['runbook'] ?? '', labels),
      dashboard: fillIn(rule.annotations['dashboard'] ?? '', labels),
    },
  };
}

function run(alert: string, situation: Situation, expected: readonly unknown[]): { code: number | null; output: string } {
  const file = join(dir, `${kebab(alert)}.test.yml`);
  const document = {
    rule_files: ruleGroups.map(({ name }) => `${name}.yml`),
    evaluation_interval: '10s',
    tests: [
      {
        interval: '10s',
        input_series: Object.entries(situation.series).map(([series, values]) => ({ series, values })),
        alert_rule_test: [{ eval_time: situation.at, alertname: alert, exp_alerts: expected }],
      },
    ],
  };
  writeFileSync(file, stringify(document));
  return promtool('test', 'rules', file);
}

test('promtool accepts every rendered rule file', () => {
  const { code, output } = promtool('check', 'rules', ...ruleGroups.map(({ name }) => `${name}.yml`));
  expect(output).toContain('SUCCESS');
  expect(code).toBe(0);
});

test('every alert has a scenario file, and every scenario file an alert', () => {
  expect(scenarioFiles.toSorted()).toEqual(alerts.map(({ name }) => `${kebab(name)}.yml`).toSorted());
});

describe.each(scenarioFiles)('%s', (name) => {
  const { alert, fires, silent } = readScenario(name);
  test('has a situation that fires and one that stays silent', () => {
    expect(fires.length).toBeGreaterThan(0);
    expect(silent.length).toBeGreaterThan(0);
    for (const firing of fires) expect(firing.labels.length).toBe(firing.words.length);
    for (const firing of fires) expect(firing.labels.length).toBeGreaterThan(0);
  });
  test.each(fires.map((firing) => [firing.when, firing] as const))('fires when %s', (_when, firing) => {
    const { code, output } = run(alert, firing, firing.labels.map((_labels, index) => expectedAlert(alert, firing, index)));
    expect(output).toContain('SUCCESS');
    expect(code).toBe(0);
  });
  test.each(silent.map((situation) => [situation.when, situation] as const))('is silent when %s', (_when, situation) => {
    const { code, output } = run(alert, situation, []);
    expect(output).toContain('SUCCESS');
    expect(code).toBe(0);
  });
});
