import { createHash } from 'node:crypto';
import { parseConfig } from '@pgattest/runtime';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../packages/audit/src/evidence/canonical-json.ts';
import type { Finding } from '../../packages/audit/src/finding.ts';
import type { SubjectKind } from '../../packages/audit/src/inventory/subjects.ts';
import { buildReport } from '../../packages/audit/src/report/build.ts';
import { contentSecurityPolicy, scriptSha256, styleSha256 } from '../../packages/audit/src/report/html/csp.ts';
import { anchorOf } from '../../packages/audit/src/report/format.ts';
import { renderHtml } from '../../packages/audit/src/report/html/render.tsx';
import { script } from '../../packages/audit/src/report/html/script.ts';
import { style } from '../../packages/audit/src/report/html/style.ts';
import type { Report } from '../../packages/audit/src/report/model.ts';
import { renderJson } from '../../packages/audit/src/report/json.ts';
import { reportSchema } from '../../packages/audit/src/report/schema.ts';
import { renderServicePage, type ServicePage } from '../../packages/audit/src/report/service-page.tsx';
import { renderText } from '../../packages/audit/src/report/text.ts';
import { figuresOf } from './page-reader.ts';
import { hostileRole, longOutput, reportInput } from './report.fixture.ts';

// After an intended change: npx vitest run --config test/vitest.config.ts test/golden/report -u, then review the diff.

const built = buildReport(reportInput);
const report: Report = {
  ...built,
  evidence: {
    ...built.evidence,
    merkleRoot: 'e'.repeat(64),
    chain: {
      sequence: 2,
      sha256: 'c'.repeat(64),
      previous: 'b'.repeat(64),
      filedAt: '2026-11-21T20:33:24.012Z',
      keyId: 'd'.repeat(64),
    },
  },
};
const languages = ['en', 'zh'] as const;
const shown = ['en', 'zh', 'both'] as const;
const links = { html: { en: 'report.html', zh: 'report.zh.html' }, json: 'report.json' };
const page: ServicePage = {
  now: '2026-11-21T21:10:00.000Z',
  version: '0.1.0',
  metricsHref: '/metrics',
  clusters: [
    {
      cluster: 'pg-test',
      report,
      attempt: { endedAt: '2026-11-21T20:33:23.481Z', durationMs: 4481 },
      isRunning: false,
      nextRunAt: '2026-11-21T21:33:19.000Z',
      isOverdue: true,
      links,
    },
    {
      cluster: 'pg-new',
      attempt: { endedAt: '2026-11-21T20:33:23.481Z', durationMs: 12, error: 'cannot write evidence: <denied>' },
      isRunning: true,
      isOverdue: false,
      links,
    },
  ],
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const pages = [
  ...shown.map((language) => [`report ${language}`, renderHtml(report, language, { otherLanguageHref: 'other.html' })] as const),
  ...languages.map((language) => [`service ${language}`, renderServicePage(page, language)] as const),
];

test.each(shown)('the page in %s is as filed', async (language) => {
  await expect(renderHtml(report, language)).toMatchFileSnapshot(`report/report.${language}.html`);
});

test.each(languages)('the %s text and service page are as filed', async (language) => {
  await expect(renderText(report, language)).toMatchFileSnapshot(`report/report.${language}.txt`);
  await expect(renderServicePage(page, language)).toMatchFileSnapshot(`report/service.${language}.html`);
});

test('the JSON report is as filed, canonical, and what its schema says', async () => {
  const json = renderJson(report);
  await expect(json).toMatchFileSnapshot('report/report.json');
  expect(canonicalJson(JSON.parse(json))).toBe(json);
  expect(parseConfig({ text: json, file: 'report.json', schema: reportSchema })).toMatchObject({ ok: true });
  const published = `${JSON.stringify(reportSchema, null, 2)}\n`;
  await expect(published).toMatchFileSnapshot('../../packages/audit/report.schema.json');
});

test('the schema refuses a report with a field too many or an unknown outcome', () => {
  const withField = renderJson(report).replace('{', '{"score": 99,');
  const withOutcome = renderJson(report).replace('"outcome": "pass"', '"outcome": "compliant"');
  for (const text of [withField, withOutcome]) {
    expect(parseConfig({ text, file: 'report.json', schema: reportSchema })).toMatchObject({ ok: false });
  }
});

test('findings in another order give the same bytes', () => {
  const again = buildReport({ ...reportInput, findings: reportInput.findings.toReversed() });
  expect(renderJson(again)).toBe(renderJson(built));
  expect(renderHtml(again, 'zh')).toBe(renderHtml(built, 'zh'));
});

test.each(pages)('%s asks nobody for anything', (_, html) => {
  expect(html.match(/https?:\/\//u)).toBeNull();
  expect(html.match(/(?:src|srcset|data|poster|action)=/u)).toBeNull();
  expect(html.match(/@import|url\((?!#)/u)).toBeNull();
  expect(html.match(/<(?:link|img|iframe|object|embed|form|base)\b/u)).toBeNull();
});

test.each(pages)('%s runs under its own strict policy', (_, html) => {
  expect(html).toContain(escaped(contentSecurityPolicy));
  expect(html.match(/ style=/u)).toBeNull();
  expect(html.match(/ on[a-z]+=/u)).toBeNull();
  expect(html.match(/<script>/gu)).toHaveLength(1);
  expect({ style: styleSha256, script: scriptSha256 }).toEqual({ style: sha256(style), script: sha256(script) });
});

test.each(pages)('%s never says that something is compliant', (_, html) => {
  expect(html.match(/\bcompliant\b/iu)).toBeNull();
});

test.each(shown)('a hostile role name stays text in the %s report', (language) => {
  const html = renderHtml(report, language);
  expect(html).not.toContain('<script>alert');
  expect(html).toContain(escaped(hostileRole));
});

test.each(shown)('every piece of evidence stands in the %s report with its command, file and hash', (language) => {
  const html = renderHtml(report, language);
  for (const { id, evidence } of reportInput.findings) {
    expect(html).toContain(id);
    for (const { actual, command, file, sha256: hash, at } of evidence) {
      const printed = actual === longOutput ? longOutput.split('\n').slice(0, 40).join('\n') : actual;
      for (const text of [printed, command, file, hash, at]) expect(html).toContain(escaped(text));
    }
  }
  expect(html).not.toContain('row 41');
});

test('both languages of the page of the service print the same figures', () => {
  const figures = figuresOf(renderServicePage(page, 'en'));
  expect(figuresOf(renderServicePage(page, 'zh'))).toEqual(figures);
  expect(figures.length).toBeGreaterThan(10);
});

test('the page in both languages has each text in both', () => {
  const html = renderHtml(report, 'both');
  for (const { rationale, title } of report.checks) {
    for (const text of [rationale.en, rationale.zh, title.en, title.zh]) {
      const [plain = ''] = text.split('`');
      expect(html).toContain(escaped(plain));
    }
  }
  expect(html.match(/undefined|\[object/u)).toBeNull();
});

test('an object has one name and one version wherever it is named', () => {
  const known = new Set(report.scope.subjects.map(({ id }) => id));
  const named = [
    ...report.checks.flatMap(({ findings }) => findings.map(({ subject }) => subject)),
    ...report.frameworks.flatMap(({ sections }) =>
      sections.flatMap(({ clauses }) => clauses.flatMap(({ cells }) => cells.map(({ subject }) => subject))),
    ),
    ...report.method.limits.map(({ subject }) => subject),
    ...report.evidence.files.flatMap(({ subject }) => subject ?? []),
  ];
  expect([...new Set(named)].filter((subject) => !known.has(subject))).toEqual([]);
  const versions = renderHtml(report, 'en').match(/18\.\d+ \(Debian[^)]*\)/gu) ?? [];
  expect(new Set(versions).size).toBe(1);
});

const component = (id: string, kind: SubjectKind, ok: number) => ({
  id,
  kind,
  observations: { ok, unavailable: 1 },
});

test('the drawing has every component: beside its member or on its own, and says which did not answer', () => {
  const { subjects } = report.scope;
  const html = renderHtml(
    {
      ...report,
      scope: {
        ...report.scope,
        subjects: [
          ...subjects,
          component('pg-test-1.patroni', 'patroni', 3),
          component('pg-test-2.patroni', 'patroni', 0),
          component('etcd-1.node', 'node', 0),
          component('etcd-1.etcd', 'etcd', 2),
          component('pg-test.records', 'records', 3),
          component('mon-1.haproxy', 'haproxy', 0),
        ],
      },
    },
    'en',
  );
  const [drawing = ''] = /<figure class="topology">.*?<\/figure>/su.exec(html) ?? [];
  const texts = [...drawing.matchAll(/<text[^>]*>([^<]*)<\/text>/gu)].map((match) => match[1]);
  expect(texts.filter((text) => /patroni/iu.test(text ?? ''))).toEqual(['+ Patroni', '✕ Patroni: no answer']);
  expect(texts.slice(-5)).toEqual(['etcd-1', '+ etcd', '✕ Node: no answer', 'mon-1', '✕ HAProxy: no answer']);
  expect(drawing.match(/class="member silent"/gu)).toHaveLength(2);
});

test('every link inside the report leads somewhere', () => {
  for (const language of shown) {
    const html = renderHtml(report, language);
    const ids = new Set([...html.matchAll(/ id="([^"]*)"/gu)].map((match) => match[1]));
    const targets = [...html.matchAll(/href="#([^"]*)"/gu)].map((match) => match[1]);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
    expect(ids.size).toBe([...html.matchAll(/ id="/gu)].length);
  }
});

const undecidedOn = (finding: Finding, subject: string): Finding => ({
  ...finding,
  id: `pg-tls-enabled/${subject}`,
  subject,
  outcome: 'error',
  reason: { en: `cannot be decided: ${subject} refused`, zh: `无法判定：${subject} refused` },
  evidence: [],
  undecided: { probe: 'pg.settings', subject, code: 'unreachable', message: `${subject} refused` },
});

test('what one cause leaves undecided on several objects is said once, with each of them', () => {
  const [check, ...others] = report.checks;
  const finding = check?.findings[0];
  if (check === undefined || finding === undefined) throw new Error('there is no check');
  const findings = ['pg-test-1', 'pg-test-2'].map((subject) => undecidedOn(finding, subject));
  const html = renderHtml({ ...report, checks: [{ ...check, findings }, ...others] }, 'en');
  expect(html.match(/cannot be decided: pg-test-\d refused/gu)).toEqual(['cannot be decided: pg-test-1 refused']);
  for (const subject of ['pg-test-1', 'pg-test-2']) {
    expect(html).toContain(`id="${anchorOf('finding', `pg-tls-enabled/${subject}`)}"`);
  }
});
