import { exitCode, loadSigningKey, RuntimeError, version, type CommandSpec } from '@pgattest/runtime';
import { loadAuditConfig } from '../config/load.ts';
import { reevaluate, type Reevaluation } from '../reevaluate.ts';
import { byText } from '../report/outcomes.ts';
import { rulePackOf } from '../rule-pack.ts';
import { auditRules } from '../rules.ts';
import { evidenceOptions, withStore } from './evidence-source.ts';
import { findText } from './source.ts';

/** `pgattest audit reevaluate`: judge a filed run by today's rules and put that into the chain. */
export const reevaluateCommand: CommandSpec = {
  name: 'reevaluate',
  summary: 'judge a filed run by the rules of this version, and record that beside it',
  example: 'pgattest audit reevaluate pg-demo/20261121T203319Z-1a2b3c4d --config audit.yml',
  arguments: [{ syntax: '<run>', summary: '<cluster>/<run id>' }],
  options: [
    ...evidenceOptions,
    { flags: '--signing-key <file>', summary: 'key that signs the record; that of the configuration by default' },
    { flags: '--json', summary: 'print the record as JSON' },
  ],
  notes: 'The run and its record stay as they are. "audit evaluate" judges without recording anything.',
  async run(context) {
    const [cluster = '', runId = '', more] = (context.args[0] ?? '').split('/');
    if (cluster === '' || runId === '' || more !== undefined) {
      throw new RuntimeError('usage', `name the run as <cluster>/<run id>, not ${context.args[0] ?? 'nothing'}`);
    }
    const file = findText(context.options, 'config');
    const configured = file === undefined ? undefined : (await loadAuditConfig(file, auditRules)).signing_key;
    const keyFile = findText(context.options, 'signingKey') ?? configured;
    const privateKey = keyFile === undefined ? undefined : await loadSigningKey(keyFile, 'pgattest audit keygen');
    return withStore(context, undefined, async (store) => {
      const { runs } = await store.list(cluster);
      if (!runs.includes(runId)) {
        throw new RuntimeError('usage', `there is no run ${runId} of ${cluster} in ${store.name}`);
      }
      const filing = { rules: rulePackOf(auditRules, version), privateKey, now: () => new Date().toISOString() };
      const result = await reevaluate(store, cluster, runId, auditRules, filing);
      context.stdout.write(
        context.options['json'] === true ? `${JSON.stringify(result.sealed, null, 2)}\n` : describe(result),
      );
      return exitCode.ok;
    });
  },
};

function describe({ sealed, record, before, after }: Reevaluation): string {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted(byText);
  const then =
    record.of === undefined
      ? 'rules nobody recorded'
      : `rules ${record.of.rules.version} ${record.of.rules.sha256.slice(0, 12)}`;
  const changed = ids.filter((id) => before[id] !== after[id]);
  const lines = changed.map((id) => `  ${id}: ${before[id] ?? 'no such finding'} -> ${after[id] ?? 'no such finding'}`);
  return [
    `run ${record.run.id}: ${then}, now rules ${record.rules.version} ${record.rules.sha256.slice(0, 12)}`,
    ...(record.of === undefined ? [] : changed.length === 0 ? ['  every result is the same'] : lines),
    `record ${record.sequence} ${sealed.sha256}`,
    '',
  ].join('\n');
}
