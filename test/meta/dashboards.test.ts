import { parser } from '@prometheus-io/lezer-promql';
import type { MetricRef } from '@pgattest/catalog';
import {
  dashboards,
  defaultView,
  describePanel,
  labelsShown,
  queriesOf,
  renderDashboard,
  stylesOf,
  type Panel,
  type Text,
} from '@pgattest/monitoring';
import { describe, expect, test } from 'vitest';

/** Labels that the scrape configuration or Prometheus itself puts on every series. */
const topology = ['job', 'instance', 'cls', 'ins', 'ip'];
const corePanels = ['row', 'stat', 'timeseries', 'table', 'state-timeline', 'bargauge', 'heatmap'];
const han = /\p{Script=Han}/u;

const panels = dashboards.flatMap((spec) =>
  spec.rows.flatMap((row) => row.panels.map((panel) => ({ spec, row, panel }))),
);
const named = (spec: { readonly uid: string }, panel: Panel): string => `${spec.uid}: ${panel.title.en}`;
const panelTable = panels.map(({ spec, panel }) => [named(spec, panel), panel, spec] as const);

interface Parsed {
  readonly errors: readonly string[];
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
  /** Function and window of each range: `['rate', '5m']`. */
  readonly windows: readonly (readonly [string, string])[];
}

/** A window that no panel names, in the place of what only Grafana can read. */
const rateInterval = '86399s';

/** What Prometheus' own grammar finds in an expression. `$__rate_interval` is Grafana's, so it is filled in first. */
function parsePromql(text: string): Parsed {
  const source = text.replaceAll('$__rate_interval', rateInterval);
  const found = {
    errors: new Array<string>(),
    metrics: new Array<string>(),
    labels: new Array<string>(),
    windows: new Array<readonly [string, string]>(),
  };
  parser.parse(source).iterate({
    enter({ name, type, from, to, node }) {
      const part = source.slice(from, to);
      if (type.isError) found.errors.push(`${source} at ${from}`);
      if (name === 'VectorSelector') found.metrics.push(/^[\w:]+/u.exec(part)?.[0] ?? part);
      if (name === 'LabelName') found.labels.push(part);
      if (name !== 'MatrixSelector') return;
      const called = node.parent?.parent?.getChild('FunctionIdentifier');
      found.windows.push([called ? source.slice(called.from, called.to) : '', /\[([^\]]+)\]$/u.exec(part)?.[1] ?? '']);
    },
  });
  return found;
}

const expressions = panels.flatMap(({ spec, panel }) =>
  queriesOf(panel).map(({ expr }, index) => [`${named(spec, panel)} #${index}`, expr] as const),
);

describe.each(expressions)('expression of %s', (_name, expr) => {
  const { errors, metrics, labels } = parsePromql(expr.text);
  test('is PromQL over exactly the metrics it declares', () => {
    expect(errors).toEqual([]);
    expect([...new Set(metrics)].toSorted()).toEqual([...new Set(expr.reads.map(({ name }) => name))].toSorted());
  });
  test('uses only labels that the metrics have', () => {
    const known = new Set<string>([...topology, ...expr.reads.flatMap((ref: MetricRef) => ref.labels)]);
    expect(labels.filter((label) => !known.has(label))).toEqual([]);
  });
});

const hasBoth = ({ en, zh }: Text): boolean => en.length > 0 && zh.length > 0 && !han.test(en);

describe.each(panelTable)('panel %s', (_name, panel, spec) => {
  test('explains itself in both languages', () => {
    expect(panel.description.en.length).toBeGreaterThan(30);
    expect(panel.description.zh).toMatch(han);
    expect(panel.empty.en.length).toBeGreaterThan(5);
    expect(panel.empty.zh).toMatch(han);
    expect(hasBoth(panel.title) && hasBoth(panel.description) && hasBoth(panel.empty)).toBe(true);
    for (const { legend } of queriesOf(panel)) expect(legend.en).not.toMatch(han);
  });
  test('says why each of its limits is one, with the number of the site', () => {
    for (const { thresholds = [] } of stylesOf(panel)) {
      for (const { why, value } of thresholds) {
        expect(why.en).toMatch(/from/u);
        expect(why.zh).toMatch(han);
        expect(why.en.includes('{value}')).toBe(typeof value === 'string');
        expect(why.zh.includes('{value}')).toBe(typeof value === 'string');
      }
    }
    expect(describePanel(panel, defaultView)).not.toContain('{value}');
  });
  test('asks over the interval that suits its resolution', () => {
    const ranged = ['timeseries', 'heatmap', 'state-timeline'].includes(panel.type);
    const wrong = queriesOf(panel).flatMap(({ expr }) =>
      parsePromql(expr.text).windows.filter(([called, window]) =>
        // A rate over a fixed window is wrong at most resolutions; the present of a table has no resolution.
        ranged ? called === 'rate' && window !== rateInterval : window === rateInterval,
      ),
    );
    expect(wrong).toEqual([]);
  });
  test('tells its rows or series apart by labels that its queries keep', () => {
    for (const { expr } of queriesOf(panel)) {
      for (const label of labelsShown(panel))
        expect(expr.text).toMatch(new RegExp(`\\bby \\([^)]*\\b${label}\\b`, 'u'));
    }
  });
  test('reads only variables that its dashboard has', () => {
    const known = new Set(['__rate_interval', '1', ...spec.variables.map(({ name }) => name)]);
    for (const { expr } of queriesOf(panel)) {
      const used = [...expr.text.matchAll(/\$(\w+)/gu)].map(([, name]) => name ?? '');
      expect(used.filter((name) => !known.has(name))).toEqual([]);
    }
  });
});

test('no two panels of a dashboard have the same title', () => {
  for (const { uid, rows } of dashboards) {
    for (const language of ['en', 'zh'] as const) {
      const titles = rows.flatMap((row) => row.panels.map(({ title }) => title[language]));
      expect(
        titles.filter((title, index) => titles.indexOf(title) !== index).map((title) => `${uid}: ${title}`),
      ).toEqual([]);
    }
  }
});

test('uids and titles of dashboards are unique', () => {
  for (const names of [dashboards.map(({ uid }) => uid), dashboards.map(({ title }) => title.en)]) {
    expect(new Set(names).size).toBe(names.length);
  }
});

interface Json {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly collapsed?: boolean;
  readonly panels?: readonly Json[];
  readonly targets?: readonly { readonly expr: string }[];
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: {
    readonly defaults: {
      readonly unit?: string;
      readonly noValue?: string;
      readonly links?: readonly { readonly url: string }[];
      readonly thresholds?: { readonly steps: readonly { readonly color: string }[] };
    };
    readonly overrides: readonly { readonly properties: readonly { readonly id: string; readonly value: unknown }[] }[];
  };
}

interface DashboardJson {
  readonly panels: readonly Json[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: unknown }[] };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- rendered by the function under test
const parsed = (text: string): DashboardJson => JSON.parse(text) as DashboardJson;
const variablesOf = new Map(
  dashboards.map(({ uid, variables }) => [uid, ['ds', ...variables.map(({ name }) => name)]]),
);

function linksOf({ fieldConfig }: Json): readonly string[] {
  const ofColumns = (fieldConfig?.overrides ?? []).flatMap(({ properties }) =>
    properties.filter(({ id }) => id === 'links').map(({ value }) => JSON.stringify(value)),
  );
  const urls = ofColumns.flatMap((text) => [...text.matchAll(/"url":"([^"]+)"/gu)].map(([, url]) => url ?? ''));
  return [...(fieldConfig?.defaults.links ?? []).map(({ url }) => url), ...urls];
}

describe.each(dashboards.map((spec) => [spec.uid, spec] as const))('dashboard %s', (uid, spec) => {
  const { panels: top, templating } = parsed(renderDashboard(spec));
  const all = top.flatMap((one) => [one, ...(one.panels ?? [])]);
  const charts = all.filter(({ type }) => type !== 'row');

  test('places no panel on another or outside the grid', () => {
    for (const shown of [top, ...top.flatMap(({ panels: inner = [] }) => [inner])]) {
      const cells = new Map<string, number>();
      for (const { id, gridPos } of shown) {
        expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
        for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
          for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
            expect(cells.get(`${x},${y}`)).toBeUndefined();
            cells.set(`${x},${y}`, id);
          }
        }
      }
    }
  });
  test('uses only panels of Grafana itself, with unique ids', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { type } of all) expect(corePanels).toContain(type);
  });
  test('gives every panel a description, a unit or units, and words for nothing', () => {
    for (const { fieldConfig, description, type, title } of charts) {
      expect(description, title).toBeTruthy();
      expect(fieldConfig?.defaults.noValue, title).toBeTruthy();
      const units = (fieldConfig?.overrides ?? []).flatMap(({ properties }) =>
        properties.filter(({ id }) => id === 'unit'),
      );
      const hasUnit = fieldConfig?.defaults.unit !== undefined || units.length > 0;
      // A table whose rows are what matters shows no number.
      expect(hasUnit || type === 'table', title).toBe(true);
    }
  });
  test('leads with every panel one page further, to a dashboard and variables that exist', () => {
    for (const chart of charts) {
      const links = linksOf(chart);
      expect(links.length, chart.title).toBeGreaterThan(0);
      for (const link of links) {
        const [, target = '', query = ''] = /^\/d\/([\w-]+)\?(.+)$/u.exec(link) ?? [];
        expect(target, link).not.toBe(uid);
        expect(variablesOf.has(target), link).toBe(true);
        const given = [...query.matchAll(/var-(\w+)=/gu)].map(([, name]) => name ?? '');
        expect(
          given.filter((name) => !(variablesOf.get(target) ?? []).includes(name)),
          `${chart.title} ${link}`,
        ).toEqual([]);
        expect(query).toContain('${__url_time_range}');
      }
    }
  });
  test('names colours of the palette only, so that it can be read in light and dark', () => {
    for (const { fieldConfig } of charts) {
      for (const { color } of fieldConfig?.defaults.thresholds?.steps ?? []) expect(color).toMatch(/^[a-z]+$/u);
    }
  });
  test('fills its variables from metrics and labels that exist', () => {
    expect(templating.list.map(({ name }) => name)).toEqual(variablesOf.get(uid));
    for (const { source } of spec.variables) {
      const metric = 'ref' in source.metric ? source.metric.ref : source.metric;
      expect([...topology, ...metric.labels]).toContain(source.label);
    }
  });
  test('needs fewer than 25 queries for its first paint, those of its variables included', () => {
    const open = top.filter(({ type }) => type !== 'row');
    const queries = open.flatMap(({ targets = [] }) => targets);
    expect(queries.length + spec.variables.length).toBeLessThan(25);
  });
});

test('a site with other labels has them in expressions, legends, columns and links', () => {
  const site = { ...defaultView.site, labels: { ...defaultView.site.labels, cls: 'cluster', ins: 'node' } };
  for (const spec of dashboards) {
    const text = renderDashboard(spec, { ...defaultView, site });
    expect(text).not.toMatch(/\{\{(?:cls|ins)\}\}|fields\.(?:cls|ins)\b|labels\.(?:cls|ins)\b/u);
    for (const { targets = [] } of parsed(text).panels) {
      for (const { expr } of targets)
        expect(parsePromql(expr).labels.filter((l) => l === 'cls' || l === 'ins')).toEqual([]);
    }
  }
});

test('a Chinese site has Chinese titles and descriptions, and the English one has none', () => {
  for (const spec of dashboards) {
    const english = renderDashboard(spec);
    expect(english).not.toMatch(han);
    const chinese = parsed(renderDashboard(spec, { ...defaultView, language: 'zh' })).panels;
    const untranslated = chinese.filter(({ description = '', type }) => type !== 'row' && !han.test(description));
    expect(untranslated.map(({ title }) => title)).toEqual([]);
  }
});
