import type { Expr } from '@pgattest/catalog';
import type { Language, Text } from '../grafana/text.ts';
import { renameLabels } from '../site/rename-labels.ts';
import { defaultSite, type Site } from '../site/site.ts';

/** How dashboards are written for a site. */
export interface DashboardView {
  /** Names of labels and limits of alerts. */
  readonly site: Site;
  readonly language: Language;
  /** Uid of the Prometheus data source that the data source variable starts with. */
  readonly dataSource: string;
  /** How often targets are scraped, as Grafana spells it (`10s`): `$__rate_interval` follows from it. */
  readonly scrapeInterval: string;
}

/** What the committed dashboards are written for: Pigsty's data source and labels, in English. */
export const defaultView: DashboardView = Object.freeze({
  site: defaultSite,
  language: 'en',
  dataSource: 'ds-prometheus',
  scrapeInterval: '10s',
});

export const wordsIn = ({ language }: Pick<DashboardView, 'language'>, text: Text): string => text[language];

/** Label name of the site. */
export function labelIn({ site }: DashboardView, label: string): string {
  return new Map<string, string>(Object.entries(site.labels)).get(label) ?? label;
}

/** Legend template with the label names of the site. */
export function legendIn(view: DashboardView, legend: Text): string {
  return wordsIn(view, legend).replaceAll(/\{\{(\w+)\}\}/gu, (_, label: string) => `{{${labelIn(view, label)}}}`);
}

/** URL template of a data link with the label names of the site; names of dashboard variables stay. */
export function urlIn(view: DashboardView, url: string): string {
  return url.replaceAll(
    /\$\{(__data\.fields|__field\.labels)\.(\w+)\}/gu,
    (_, from: string, label: string) => `\${${from}.${labelIn(view, label)}}`,
  );
}

/** A duration no expression has, in the place of what only Grafana can read. */
const stand = '86399s';

/** PromQL with the label names of the site; names of dashboard variables stay. */
export function exprIn({ site }: DashboardView, { text }: Pick<Expr, 'text'>): string {
  return renameLabels(text.replaceAll('$__rate_interval', stand), site.labels).replaceAll(stand, '$__rate_interval');
}
