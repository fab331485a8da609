import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderRules, ruleGroupsOf } from '@pgattest/monitoring';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { siteOfScenarios } from './site.fixture.ts';

/** One situation: what was scraped, and what must or must not be firing at `at`. */
interface Situation {
  readonly when: string;
  /** Series text to promtool values; beside those of the file, or without one of them where it is null. */
  readonly series?: Readonly<Record<string, string | null>>;
  /** Distance of the samples and of the evaluations, 10 s unless given. */
  readonly every?: string;
  readonly at: string;
}
interface FiringAlert {
  /** Labels of the alert, without those that the rule adds. */
  readonly labels: Readonly<Record<string, string>>;
  /** How the value reads in the texts, where they show it; or one text for each form that they show it in. */
  readonly value?: string | readonly string[];
  readonly summary: string;
  readonly summary_zh?: string;
  readonly description?: string;
  readonly description_zh?: string;
}
interface Firing extends Situation {
  readonly alerts: readonly FiringAlert[];
}
interface Scenario {
  readonly alert: string;
  readonly series?: Readonly<Record<string, string>>;
  readonly fires: readonly Firing[];
  readonly silent: readonly Situation[];
}
interface RenderedAlert {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const here = new URL('.', import.meta.url).pathname;
const kebab = (name: string): string => name.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
const scenarios = readdirSync(here)
  .filter((name) => name.endsWith('.yml'))
  .map((name) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own test data; a wrong shape fails the test
    return { file: name, scenario: parse(readFileSync(join(here, name), 'utf8')) as Scenario };
  });
const groups = ruleGroupsOf(siteOfScenarios);
const alerts = groups.flatMap((group) => group.alerts.map((alert) => ({ alert, group })));

/** One file for each alert: a situation is about one, and the others need not be evaluated in it. */
const ruleFiles = alerts.map(({ alert, group }) => ({
  name: `${kebab(alert.name)}.yml`,
  content: renderRules({ ...group, recordings: [], alerts: [alert] }, siteOfScenarios),
}));
const rendered = new Map(
  ruleFiles.map(({ name, content }) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- rendered a few lines above
    const { groups: written } = parse(content) as { readonly groups: readonly { rules: RenderedAlert[] }[] };
    return [name.slice(0, -'.yml'.length), written[0]?.rules[0]] as const;
  }),
);

/** The text of an annotation with labels and values filled in, as a person would write it down. */
function fillIn(template: string, { labels, value = [] }: FiringAlert): string {
  const values = typeof value === 'string' ? [value] : value;
  const forms = [...new Set(template.match(/\{\{ \$value[^}]*\}\}/g) ?? [])];
  const missing = forms.length > 0 && values.length === 0;
  if (missing) throw new Error(`"${template}" shows the value: say it as "value"`);
  return template
    .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_all, label: string) => labels[label] ?? '')
    .replaceAll(/\{\{ \$value[^}]*\}\}/g, (form) => values[forms.indexOf(form)] ?? values[0] ?? '');
}

function expectedAlert(rule: RenderedAlert, firing: FiringAlert): unknown {
  const { summary, summary_zh, description, description_zh } = firing;
  const written: Readonly<Record<string, string | undefined>> = { summary, summary_zh, description, description_zh };
  return {
    exp_labels: { ...firing.labels, ...rule.labels },
    exp_annotations: Object.fromEntries(
      Object.entries(rule.annotations).map(([name, template]) => [name, written[name] ?? fillIn(template, firing)]),
    ),
  };
}

function promtoolTest(name: string, { alert, series = {} }: Scenario, situation: Situation | Firing): object {
  const rule = rendered.get(kebab(alert));
  if (rule === undefined) throw new Error(`no rule is called ${alert}`);
  const input = Object.entries({ ...series, ...situation.series }).filter(([, values]) => values !== null);
  return {
    name,
    interval: situation.every ?? '10s',
    input_series: input.map(([metric, values]) => ({ series: metric, values })),
    alert_rule_test: [
      {
        eval_time: situation.at,
        alertname: alert,
        exp_alerts: 'alerts' in situation ? situation.alerts.map((firing) => expectedAlert(rule, firing)) : [],
      },
    ],
  };
}

/** Every situation with the name under which promtool reports it. */
const situations = scenarios.flatMap(({ file, scenario }) =>
  [
    ...scenario.fires.map((situation) => ({ situation, verdict: 'fires' })),
    ...scenario.silent.map((situation) => ({ situation, verdict: 'is silent' })),
  ].map(({ situation, verdict }) => ({
    file,
    situation,
    name: `${scenario.alert} ${verdict} when ${situation.when}`.replaceAll(/[,:"]/g, ''),
    every: situation.every ?? '10s',
    scenario,
  })),
);

/** The file of promtool that a situation is in: one for each distance of evaluations. */
const nameOf = ({ file, every }: { readonly file: string; readonly every: string }): string =>
  `${file.slice(0, -'.yml'.length)}.${every}.test.yml`;

let dir = '';
let outcome: { readonly code: number | null; readonly output: string } = { code: null, output: 'promtool did not run' };
let checked = outcome;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pgattest-promtool-'));
  for (const { name, content } of ruleFiles) writeFileSync(join(dir, name), content);
  const files = [...new Set(situations.map(nameOf))];
  for (const name of files) {
    const inFile = situations.filter((one) => nameOf(one) === name);
    const [first] = inFile;
    const document = {
      rule_files: [first?.file],
      evaluation_interval: first?.every,
      tests: inFile.map(({ name: title, scenario, situation }) => promtoolTest(title, scenario, situation)),
    };
    writeFileSync(join(dir, name), stringify(document));
  }
  outcome = promtool('test', 'rules', ...files);
  const committed = groups.map((group) => ({ name: `group-${group.name}.yml`, content: renderRules(group, siteOfScenarios) }));
  for (const { name, content } of committed) writeFileSync(join(dir, name), content);
  checked = promtool('check', 'rules', ...committed.map(({ name }) => name));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

function promtool(...args: readonly string[]): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, {
    cwd: dir,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw new Error(`promtool did not start: ${error.message}; install the Debian package prometheus`);
  return { code: status, output: `${stdout}${stderr}` };
}

test('promtool accepts every rendered rule file', () => {
  expect(checked.output).toContain('SUCCESS');
  expect(checked.code).toBe(0);
});

test('every alert has a scenario file, and every scenario file an alert', () => {
  expect(scenarios.map(({ file }) => file).toSorted()).toEqual(
    alerts.map(({ alert }) => `${kebab(alert.name)}.yml`).toSorted(),
  );
});

test('situations have names of their own', () => {
  const names = situations.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('promtool ran every file and says which failed', () => {
  const failures = situations.filter(({ name }) => outcome.output.includes(`name: ${name},`));
  // A failure that names no situation of ours, such as a file that does not parse, is shown as it is.
  expect(outcome.code !== 0 && failures.length === 0 ? outcome.output : '').toBe('');
  expect(outcome.output.match(/Unit Testing:/g)?.length).toBe(new Set(situations.map(({ file, every }) => file + every)).size);
  expect(outcome.code === 0).toBe(failures.length === 0);
});

describe.each(scenarios.map(({ file, scenario }) => [file, scenario] as const))('%s', (file, { fires, silent }) => {
  test('has a situation that fires and one that stays silent', () => {
    expect(fires.length).toBeGreaterThan(0);
    expect(silent.length).toBeGreaterThan(0);
    for (const { alerts: firing } of fires) expect(firing.length).toBeGreaterThan(0);
  });
  test.each(situations.filter((one) => one.file === file).map(({ name }) => [name] as const))('%s', (name) => {
    expect(failureOf(name)).toBe('');
  });
});

/** What promtool says about one situation; empty when it held. */
function failureOf(name: string): string {
  if (outcome.code === null) return outcome.output;
  const start = outcome.output.indexOf(`name: ${name},`);
  if (start === -1) return '';
  const end = outcome.output.indexOf('\n\n', start);
  return outcome.output.slice(start, end === -1 ? undefined : end);
}
