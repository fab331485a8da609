import { parseConfig } from '@pgattest/runtime';
import { describe, expect, test } from 'vitest';
import { buildReport } from '../../packages/audit/src/report/build.ts';
import { drawFormat } from '../../packages/audit/src/report/formats/render.ts';
import type { RenderedFormat } from '../../packages/audit/src/report/formats/names.ts';
import type { ReportFile } from '../../packages/audit/src/report-files.ts';
import type { Report } from '../../packages/audit/src/report/model.ts';
import { outcomesWorstFirst } from '../../packages/audit/src/report/outcomes.ts';
import type { Outcome } from '../../packages/audit/src/finding.ts';
import { ocsfSchema, oscalSchema, sarifSchema } from './format-schemas.ts';
import { reportInput } from './report.fixture.ts';
import { parseCsv, readStoredZip, readXml, textOfXml, type XmlElement } from './format-readers.ts';

// After an intended change: npx vitest run --config test/vitest.config.ts test/golden/formats -u, then review the diff.

const report = buildReport(reportInput);
const languages = ['en', 'zh'] as const;
const rendered: readonly RenderedFormat[] = ['junit', 'sarif', 'csv', 'xlsx', 'oscal', 'ocsf'];

/** A file as it would be read; workbooks are stored uncompressed. */
const textOf = (content: ReportFile[1]): string => {
  if (typeof content === 'string') return content;
  return content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : [...content].join('');
};
const filesOf = (of: Report, format: RenderedFormat) => new Map(drawFormat(of, format, languages));

function fileOf(format: RenderedFormat, name: string, of: Report = report): string {
  const content = filesOf(of, format).get(name);
  if (typeof content !== 'string') throw new Error(`${format} has no text file ${name}`);
  return content;
}

function sheetsOf(name: string, of: Report = report): ReadonlyMap<string, XmlElement> {
  const content = filesOf(of, 'xlsx').get(name);
  if (!(content instanceof Uint8Array)) throw new Error(`there is no workbook ${name}`);
  return new Map([...readStoredZip(content)].map(([path, text]) => [path, readXml(text)]));
}

/** What a JSON document says, once it is what the schema says. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the schema is what makes it a T
function validated<T>(text: string, schema: object): T {
  const parsed = parseConfig<T>({ text, file: 'document.json', schema });
  if (!parsed.ok) throw new Error(parsed.issues.map(({ path, message }) => `${path} ${message}`).join('\n'));
  return parsed.value;
}

interface Named {
  readonly name: string;
  readonly value: string;
}
interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly kind: string;
      readonly level: string;
      readonly baselineState?: string;
      readonly suppressions?: readonly { readonly justification: string }[];
      readonly properties: { readonly outcome: string };
    }[];
    readonly taxonomies: readonly { readonly taxa: readonly object[] }[];
  }[];
}
interface Oscal {
  readonly 'assessment-results': {
    readonly results: readonly {
      readonly observations: readonly { readonly uuid: string; readonly props: readonly Named[] }[];
      readonly findings: readonly {
        readonly props: readonly Named[];
        readonly target: { readonly 'target-id': string; readonly status: { readonly state: string } };
        readonly 'related-observations'?: readonly { readonly 'observation-uuid': string }[];
      }[];
    }[];
  };
}
interface Ocsf {
  readonly unmapped: { readonly outcome: string };
  readonly compliance: { readonly status_id: number };
  readonly status_id: number;
}

const sarif = (of?: Report) => validated<Sarif>(fileOf('sarif', 'report.sarif', of), sarifSchema).runs[0];
const oscal = (of?: Report) =>
  validated<Oscal>(fileOf('oscal', 'report.oscal.json', of), oscalSchema)['assessment-results'].results[0];
const ocsf = (of?: Report) =>
  fileOf('ocsf', 'report.ocsf.jsonl', of)
    .trimEnd()
    .split('\n')
    .map((line) => validated<Ocsf>(line, ocsfSchema));
const junitCases = (of?: Report) => readXml(fileOf('junit', 'report.junit.xml', of)).all('testcase');
const propOf = (props: readonly Named[], name: string): string => props.find((prop) => prop.name === name)?.value ?? '';

/** Outcomes of all results as each format says them. */
const outcomesIn: readonly (readonly [string, (of?: Report) => readonly string[]])[] = [
  [
    'JUnit',
    (of) =>
      junitCases(of).map(
        (found) => found.all('property').find(({ attributes }) => attributes['name'] === 'outcome')?.attributes['value'] ?? '',
      ),
  ],
  ['SARIF', (of) => sarif(of)?.results.map(({ properties }) => properties.outcome) ?? []],
  ['OSCAL', (of) => oscal(of)?.observations.map(({ props }) => propOf(props, 'outcome')) ?? []],
  ['OCSF', (of) => ocsf(of).map(({ unmapped }) => unmapped.outcome)],
  ...(['results.csv', 'results.zh.csv'] as const).map(
    (name) =>
      [
        name,
        (of?: Report) =>
          parseCsv(fileOf('csv', name, of))
            .slice(1)
            .map((row) => row[1] ?? ''),
      ] as const,
  ),
  ...(['worksheet.xlsx', 'worksheet.zh.xlsx'] as const).map(
    (name) =>
      [
        name,
        (of?: Report) =>
          (sheetsOf(name, of).get('xl/worksheets/sheet4.xml')?.all('row') ?? [])
            .slice(1)
            .map((row) => textOfXml(row.all('c')[1])),
      ] as const,
  ),
];

/** A report of these outcomes, a result each. */
function reportWith(outcomes: readonly Outcome[]): Report {
  const [first] = reportInput.findings;
  if (first === undefined) throw new Error('the fixture has no finding');
  const findings = outcomes.map((outcome, index) => ({
    ...first,
    id: `${first.check}/${index}`,
    outcome,
    evidence: [],
    ...(outcome === 'excepted' ? { waived: { outcome: 'fail' as const, waiver: 'RISK-7' } } : {}),
  }));
  return buildReport({ ...reportInput, findings, clauseResults: [], frameworks: [] });
}

test.each([
  ['junit', 'report.junit.xml'],
  ['sarif', 'report.sarif'],
  ['oscal', 'report.oscal.json'],
  ['ocsf', 'report.ocsf.jsonl'],
  ['csv', 'worksheet.csv'],
  ['csv', 'worksheet.zh.csv'],
  ['csv', 'results.zh.csv'],
] as const)('%s: %s is as filed', async (format, name) => {
  await expect(fileOf(format, name)).toMatchFileSnapshot(`report/${name}`);
});

test.each(rendered)('%s has the same bytes for equal reports, whatever the order of the findings was', (format) => {
  const again = buildReport({ ...reportInput, findings: reportInput.findings.toReversed() });
  expect(filesOf(again, format)).toEqual(filesOf(report, format));
});

const count = (of: readonly string[]) =>
    Object.fromEntries(outcomesWorstFirst.map((outcome) => [outcome, of.filter((word) => word === outcome).length]));

test.each(outcomesIn)('%s adds up to the numbers of the cover', (_, outcomes) => {
  expect(count(outcomes())).toEqual(report.totals.outcomes);
  expect(outcomes()).toHaveLength(report.totals.results);
});

describe('clauses add up', () => {
  const clauses = report.frameworks.flatMap(({ sections }) => sections.flatMap((section) => section.clauses));

  test('OSCAL has a finding per clause with its judgement, and each rests on observations of the document', () => {
    const result = oscal();
    expect(result?.findings.map(({ props }) => [propOf(props, 'clause'), propOf(props, 'judgement')])).toEqual(
      clauses.map(({ id, outcome }) => [id, outcome]),
    );
    const known = new Set(result?.observations.map(({ uuid }) => uuid));
    const cited = result?.findings.flatMap((found) => found['related-observations'] ?? []) ?? [];
    expect(cited.length).toBeGreaterThan(0);
    expect(cited.filter((related) => !known.has(related['observation-uuid']))).toEqual([]);
    const satisfied = result?.findings.filter(({ target }) => target.status.state === 'satisfied') ?? [];
    expect(satisfied.map(({ props }) => propOf(props, 'judgement')).toSorted()).toEqual(
      clauses
        .map(({ outcome }) => outcome)
        .filter((outcome) => outcome === 'met' || outcome === 'not_applicable')
        .toSorted(),
    );
  });

  test('SARIF lists every clause in the taxonomy of its framework', () => {
    expect(sarif()?.taxonomies.map(({ taxa }) => taxa.length)).toEqual(
      report.frameworks.map(({ sections }) => sections.flatMap((section) => section.clauses).length),
    );
  });

  test.each(languages)('the %s work sheet has a row per clause and judged object, and every clause', (language) => {
    const rows = parseCsv(fileOf('csv', language === 'en' ? 'worksheet.csv' : 'worksheet.zh.csv'));
    const judged = clauses.flatMap(({ id, cells }) => {
      const objects = cells.filter(({ outcome }) => outcome !== undefined).map(({ subject }) => `${id} ${subject}`);
      return objects.length === 0 ? [`${id} ${report.cluster}`] : objects;
    });
    expect(rows.slice(1).map((row) => `${row[8]} ${row[0]}`)).toEqual(judged);
    const book = sheetsOf(language === 'en' ? 'worksheet.xlsx' : 'worksheet.zh.xlsx');
    const inBook = ['sheet2', 'sheet3'].flatMap((name) =>
      (book.get(`xl/worksheets/${name}.xml`)?.all('row') ?? []).slice(1).map((row) => row.all('c').map(textOfXml)),
    );
    expect(inBook).toEqual(rows.slice(1));
  });
});

test('the work sheet begins with the columns of an assessor', () => {
  expect(parseCsv(fileOf('csv', 'worksheet.zh.csv'))[0]?.slice(0, 7)).toEqual([
    '测评对象',
    '控制点',
    '测评项',
    '测评方法',
    '结果记录',
    '符合情况',
    '证据编号',
  ]);
});

const every = reportWith([
  'pass',
  'warn',
  'fail',
  'not_applicable',
  'error',
  'insufficient_data',
  'manual',
  'stale',
  'excepted',
]);

test('what is not known is never passed, in any format', () => {
  const unknown = new Set(['error', 'insufficient_data', 'manual', 'stale']);
  const cases = junitCases(every).filter((found) =>
    unknown.has(found.all('property').find(({ attributes }) => attributes['name'] === 'outcome')?.attributes['value'] ?? ''),
  );
  expect(cases.map((found) => found.all('error').length + found.all('skipped').length)).toEqual([1, 1, 1, 1]);
  const results = sarif(every)?.results.filter(({ properties }) => unknown.has(properties.outcome)) ?? [];
  expect(results.map(({ kind }) => kind).toSorted()).toEqual(['open', 'open', 'open', 'review']);
  const events = ocsf(every).filter(({ unmapped }) => unknown.has(unmapped.outcome));
  expect(events.map(({ compliance }) => compliance.status_id)).toEqual([0, 0, 0, 0]);
});

test('an accepted risk is neither passed nor failed: skipped, suppressed with its reason', () => {
  expect(junitCases(every).flatMap((found) => found.all('failure'))).toHaveLength(1);
  const suppressed = sarif(every)?.results.filter(({ suppressions }) => suppressions !== undefined) ?? [];
  expect(suppressed.map(({ properties, suppressions }) => [properties.outcome, suppressions?.[0]?.justification])).toEqual(
    [['excepted', 'RISK-7: Reporting tool keeps sessions']],
  );
  const events = ocsf(every).filter(({ status_id: status }) => status === 3);
  expect(events.map(({ unmapped, compliance }) => [unmapped.outcome, compliance.status_id])).toEqual([['excepted', 3]]);
});

test('a level other than none is for failures only', () => {
  for (const { kind, level } of sarif(every)?.results ?? []) expect(level === 'none').toBe(kind !== 'fail');
});

const states = (state: string) => sarif()?.results.filter(({ baselineState }) => baselineState === state).length;

test('SARIF compares with the run before exactly as the change log does, and not at all without one', () => {
  expect({ new: states('new'), unchanged: states('unchanged'), updated: states('updated') }).toEqual({
    new: report.changes?.appeared.length,
    unchanged: report.changes?.remaining.length,
    updated: (report.changes?.resolved.length ?? 0) + (report.changes?.lost.length ?? 0),
  });
  expect(states('new')).toBeGreaterThan(0);
  const { previous, ...first } = reportInput;
  expect(previous?.findings.length).toBeGreaterThan(0);
  expect(fileOf('sarif', 'report.sarif', buildReport(first))).not.toContain('baselineState');
});

describe('a name that somebody chose to attack a spreadsheet', () => {
  const [first, ...others] = reportInput.findings;
  if (first === undefined) throw new Error('the fixture has no finding');
  const attack = (en: string): Report =>
    buildReport({ ...reportInput, findings: [{ ...first, reason: { en, zh: en } }, ...others] });

  test.each(['=cmd|"/c calc"!A1', '+1+1', '-1+1', '@SUM(1)', ' =1+1', '\t=1', '＝1+1', '|calc'])(
    '%j is text in CSV',
    (reason) => {
      const cells = parseCsv(fileOf('csv', 'results.csv', attack(reason))).flat();
      expect(cells).toContain(`'${reason}`);
      expect(cells.filter((cell) => /^\s*[=+\-@＝|]/u.test(cell))).toEqual([]);
    },
  );

  test('it is an inline string in a workbook, which has no formula at all', () => {
    const book = sheetsOf('worksheet.xlsx', attack('=cmd|"/c calc"!A1'));
    const cells = [...book.values()].flatMap((part) => part.all('c'));
    expect([...book.values()].flatMap((part) => part.all('f'))).toEqual([]);
    expect(cells.map(textOfXml)).toContain('=cmd|"/c calc"!A1');
    expect(new Set(cells.map(({ attributes }) => attributes['t']))).toEqual(new Set(['inlineStr', undefined]));
  });

  test.each(rendered.filter((format) => format !== 'xlsx'))('control characters do not reach a reader of %s', (format) => {
    const hostile = attack('a\u0000b\u001b[2Jc\u202Ed\uFFFFe');
    for (const content of filesOf(hostile, format).values()) {
      const text = textOf(content);
      for (const hidden of ['\u0000', '\u001b', '\u202E', String.raw`\u0000`, String.raw`\u001b`]) {
        expect(text.includes(hidden)).toBe(false);
      }
    }
  });

  test('a workbook and JUnit stay well-formed, whatever a name holds', () => {
    const hostile = attack(']]>\u0000<&"\uD800\uFFFE' + 'x'.repeat(40_000));
    expect(junitCases(hostile)).toHaveLength(report.totals.results);
    const cells = [...sheetsOf('worksheet.xlsx', hostile).values()].flatMap((part) => part.all('c'));
    expect(Math.max(...cells.map((cell) => textOfXml(cell).length))).toBe(32_767);
  });
});
