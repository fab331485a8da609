import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const sdk = join(root, 'node_modules/@grafana/grafana-foundation-sdk/dist');
const folder = mkdtempSync(join(tmpdir(), 'pgattest-grafana-schema-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Type of Grafana's documents and the module of the SDK that declares its options, and its field options if it has any. */
const panelModules: Readonly<Record<string, { readonly module: string; readonly hasFields: boolean }>> = {
  stat: { module: 'stat', hasFields: false },
  timeseries: { module: 'timeseries', hasFields: true },
  table: { module: 'table', hasFields: false },
  'state-timeline': { module: 'statetimeline', hasFields: true },
  bargauge: { module: 'bargauge', hasFields: false },
  heatmap: { module: 'heatmap', hasFields: true },
};

/** What the types below leave open (`any`) is checked against the types of the panel that it is in. */
const declarations = [
  `import type * as dashboard from '${sdk}/dashboard/index.js';`,
  `import type * as prometheus from '${sdk}/prometheus/index.js';`,
  ...Object.values(panelModules).map(({ module }) => `import type * as ${module} from '${sdk}/${module}/index.js';`),
  // In JSON a member of an enumeration is its value.
  'type Json<T> = 0 extends 1 & T ? T : T extends string ? `${T}` : T extends number ? Value<T>',
  '  : T extends readonly (infer E)[] ? readonly Json<E>[] : T extends object ? { [K in keyof T]: Json<T[K]> } : T;',
  'type Value<T extends number> = number extends T ? number : `${T}` extends `${infer N extends number}` ? N : never;',
  // A method by which the SDK tells queries apart is in no document.
  "type Query = Json<Omit<prometheus.Dataquery, '_implementsDataqueryVariant'>>;",
  "type PanelOf<Type extends string, Options, Fields> = Json<Omit<dashboard.Panel, 'type' | 'options' | 'targets' | 'fieldConfig'>> & {",
  '  type: Type; options: Json<Options>; targets: readonly Query[];',
  "  fieldConfig: { defaults: Json<Omit<dashboard.FieldConfig, 'custom'>> & { custom?: Json<Fields> };",
  "    overrides: Json<dashboard.FieldConfigSource['overrides']> } };",
  `type Panel = ${Object.entries(panelModules)
    .map(
      ([type, { module, hasFields }]) =>
        `PanelOf<'${type}', ${module}.Options, ${hasFields ? `${module}.FieldConfig` : 'any'}>`,
    )
    .join(' | ')};`,
  "type Row = Json<Omit<dashboard.RowPanel, 'panels'>> & { panels: readonly Panel[] };",
  "export type Document = Json<Omit<dashboard.Dashboard, 'panels'>> & { panels: readonly (Panel | Row)[] };",
];

/** What TypeScript says of documents that are written out as literals, by their names. */
async function complaintsOf(documents: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const files = Object.entries(documents).map(([name, document]) => {
    const file = join(folder, `${name}.ts`);
    writeFileSync(
      file,
      `import type { Document } from './schema.ts';\nexport const document: Document = ${JSON.stringify(document, undefined, 1)};\n`,
    );
    return file;
  });
  writeFileSync(join(folder, 'schema.ts'), `${declarations.join('\n')}\n`);
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--allowImportingTsExtensions', '--types', ''];
  const modules = ['--module', 'nodenext', '--moduleResolution', 'nodenext', '--target', 'es2022'];
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const argv = [tsc, '--ignoreConfig', ...options, ...modules, ...files];
  const output = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, argv, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error !== null && stdout === '') reject(new Error(`tsc did not run: ${error.message} ${stderr}`));
      else resolve(stdout);
    });
  });
  return output.split('\n').filter((line) => line.includes('error TS'));
}

const committed = readdirSync(join(root, 'dashboards')).filter((name) => name.endsWith('.json'));
const read = (name: string): string => readFileSync(join(root, 'dashboards', name), 'utf8');

test('every committed dashboard is what the types of the SDK of Grafana say', async () => {
  expect(committed.length).toBeGreaterThanOrEqual(10);
  const documents = Object.fromEntries(
    committed.map((name): readonly [string, unknown] => [name.replace('.json', ''), JSON.parse(read(name))]),
  );
  expect(await complaintsOf(documents)).toEqual([]);
});

test('what Grafana would not understand is named', async () => {
  const text = read('pgattest-ha.json');
  const broken = Object.fromEntries(
    Object.entries({
      'unknown-key': text.replace('"uid":', '"uidd":'),
      'unknown-panel': text.replace('"type": "state-timeline"', '"type": "flow-chart"'),
      'unknown-option': text.replace('"showValue":', '"showValues":'),
      'wrong-kind': text.replace(/"schemaVersion": \d+/u, '"schemaVersion": "41"'),
      'wrong-word': text.replace('"displayMode": "list"', '"displayMode": "heap"'),
      'wrong-query': text.replace('"refId":', '"ref":'),
    }).map(([name, wrong]): readonly [string, unknown] => {
      expect(wrong, name).not.toBe(text);
      return [name, JSON.parse(wrong)];
    }),
  );
  const complaints = await complaintsOf(broken);
  for (const name of Object.keys(broken)) {
    expect(
      complaints.filter((line) => line.startsWith(`${name}.ts`)),
      name,
    ).not.toEqual([]);
  }
});
