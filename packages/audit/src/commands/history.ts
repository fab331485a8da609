import { createColour, exitCode, renderTable, type CommandContext, type CommandSpec } from '@pgattest/runtime';
import type { EvidenceStore } from '../evidence/store.ts';
import { readHistory, type History } from '../history/read-history.ts';
import { byText } from '../report/outcomes.ts';
import { printableLine } from '../report/printable.ts';
import { evidenceOptions, withStore } from './evidence-source.ts';
import { findText, textList } from './source.ts';

/** `pgattest audit history`: what the runs of a cluster say together. */
export const historyCommand: CommandSpec = {
  name: 'history',
  summary: 'show which findings appeared, went and came back, over every run',
  example: 'pgattest audit history evidence --cluster pg-demo',
  arguments: [{ syntax: '[dir]', summary: 'folder that keeps evidence; by default that of the configuration' }],
  options: [
    ...evidenceOptions,
    { flags: '--cluster <name...>', summary: 'these clusters only' },
    { flags: '--finding <id>', summary: 'what is known of one finding' },
    { flags: '--last <count>', summary: 'how many runs to list', default: '20' },
    { flags: '--json', summary: 'print every run and finding as JSON' },
  ],
  notes: 'It reads the chain and believes it; whether it is intact, "pgattest audit verify" says.',
  async run(context) {
    return withStore(context, context.args[0], async (store) => {
      const histories = await readAll(store, textList(context.options, 'cluster'));
      const shown =
        context.options['json'] === true ? asJson(histories) : histories.map((one) => asText(one, context)).join('\n');
      context.stdout.write(shown === '' ? `there is no evidence in ${store.name}\n` : shown);
      return exitCode.ok;
    });
  },
};

async function readAll(store: EvidenceStore, named: readonly string[]): Promise<readonly History[]> {
  const histories: History[] = [];
  for (const cluster of named.length === 0 ? await store.clusters() : named) {
    histories.push(await readHistory(store, cluster));
  }
  return histories;
}

function asJson(histories: readonly History[]): string {
  const clusters = histories.map((history) => ({ ...history, findings: Object.fromEntries(history.findings) }));
  return `${JSON.stringify({ schemaVersion: 1, clusters }, null, 2)}\n`;
}

function asText({ cluster, runs, reevaluations, findings }: History, { options, stdout, env }: CommandContext): string {
  const colour = createColour(stdout, env);
  const wanted = findText(options, 'finding');
  const last = Math.max(1, Math.trunc(Number(findText(options, 'last') ?? '20')) || 20);
  const runTable = renderTable({
    head: ['run', 'fail', 'warn', 'error', 'new', 'reopened', 'closed', 'unchanged', 'rules'],
    align: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
    rows: runs
      .slice(-last)
      .map(({ runId, counts, drift, unchanged, rules }) => [
        runId,
        String(counts.fail ?? 0),
        String(counts.warn ?? 0),
        String(counts.error ?? 0),
        String(drift.new.length),
        String(drift.reopened.length),
        String(drift.closed.length),
        String(unchanged),
        `${rules.version} ${rules.sha256.slice(0, 8)}`,
      ]),
    colour,
  });
  const open = [...findings]
    .filter(([id, { openSince }]) => (wanted === undefined ? openSince !== undefined : id === wanted))
    .toSorted(([a], [b]) => byText(a, b));
  const openTable = renderTable({
    head: ['finding', 'outcome', 'first seen', 'open since', 'last change', 'reopened'],
    rows: open.map(([id, { outcome, firstSeen, openSince, changedAt, reopened }]) => [
      printableLine(id),
      outcome,
      firstSeen ?? 'never',
      openSince ?? 'closed',
      changedAt,
      String(reopened ?? 0),
    ]),
    colour,
  });
  const again = reevaluations.map(
    ({ sequence, runId, rules, rulesThen, changes }) =>
      `record ${sequence}: run ${runId} judged again by rules ${rules.version} ${rules.sha256.slice(0, 8)} (then ${rulesThen === undefined ? 'unknown' : `${rulesThen.version} ${rulesThen.sha256.slice(0, 8)}`}), ${Object.keys(changes).length} results differ`,
  );
  const title = colour('bold', `${cluster}: ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`);
  return `${[title, '', runTable, ...(open.length === 0 ? [] : ['', openTable]), ...(again.length === 0 ? [] : ['', ...again])].join('\n')}\n`;
}
