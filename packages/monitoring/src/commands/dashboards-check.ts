import { exitCode, type CommandSpec, type ExitCode } from '@pgattest/runtime';
import { scenarios, type Scenario } from '../grafana/scenario.ts';
import { checkPanelData, failures, type PanelDataResult } from '../panel-data/check-panel-data.ts';
import { viewOf, viewOptions } from './dashboard-view.ts';
import { pairsOption, serverOption } from './option-text.ts';

/** `pgattest dashboards check`: runs every query of every panel and prints those without data. */
export const dashboardsCheckCommand: CommandSpec = {
  name: 'check',
  summary: 'run every query of every panel and print those without data',
  example: 'pgattest dashboards check --url http://127.0.0.1:8428 --set cls=pg-test',
  options: [
    { flags: '--url <url>', summary: 'prometheus or VictoriaMetrics' },
    { flags: '--set <name=value...>', summary: 'value of a variable; the others take the first the server knows' },
    {
      flags: '--present <scenario...>',
      summary: 'situations that hold now: panels declared for them must have data',
      choices: scenarios.filter((one) => one !== 'healthy'),
    },
    ...viewOptions,
    { flags: '--json', summary: 'print every result as one document', default: false },
  ],
  notes:
    'Exit codes: 0 every panel has data or says why it has none, 1 some have none, 3 some queries were not answered.',
  async run({ options, stdout, signal }) {
    const present = Array.isArray(options['present']) ? options['present'].map(String) : [];
    const results = await checkPanelData({
      url: serverOption(options),
      signal,
      variables: pairsOption(options, 'set', '--set'),
      present: scenarios.filter((one) => present.includes(one)),
      view: await viewOf(options),
    });
    stdout.write(options['json'] === true ? jsonText(results) : reportText(results));
    return exitOf(results);
  },
};

/** What nobody answered outweighs what is empty: it may have data. */
export function exitOf(results: readonly PanelDataResult[]): ExitCode {
  if (results.some(({ verdict }) => verdict === 'unanswered')) return exitCode.incomplete;
  return failures(results).length > 0 ? exitCode.findings : exitCode.ok;
}

const jsonText = (results: readonly PanelDataResult[]): string =>
  `${JSON.stringify({ schemaVersion: 1, results }, undefined, 2)}\n`;

function reportText(results: readonly PanelDataResult[]): string {
  const lines = failures(results).map(
    ({ dashboard, row, panel, verdict, reason, expr }) =>
      `${verdict}: ${dashboard} / ${row} / ${panel}: ${reason}\n  ${expr}\n`,
  );
  const count = (verdict: PanelDataResult['verdict']): number =>
    results.filter((one) => one.verdict === verdict).length;
  const absent = new Map<Scenario | undefined, number>();
  for (const { verdict, when } of results) {
    if (verdict === 'absent') absent.set(when, (absent.get(when) ?? 0) + 1);
  }
  const situations = [...absent].map(([when, times]) => `${when ?? 'healthy'} ${times}`).join(', ');
  return `${lines.join('')}${results.length} queries: ${count('data')} with data, ${count('absent')} rightly without${situations === '' ? '' : ` (${situations})`}, ${count('empty')} empty, ${count('unanswered')} unanswered\n`;
}
