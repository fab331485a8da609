import type { Expr } from '@pgattest/catalog';
import type { ThresholdName } from '../site/threshold.ts';
import type { Scenario } from './scenario.ts';
import type { Text } from './text.ts';
import type { PanelUnit } from './unit.ts';

/** Named colours of Grafana's palette: they follow the light and the dark theme. */
export type Colour = 'green' | 'orange' | 'red' | 'blue' | 'grey';

export interface PanelQuery {
  readonly expr: Expr;
  /** Grafana legend template: `{{ins}}`. */
  readonly legend: Text;
  /** Absent: it has data whenever the cluster is scraped. */
  readonly when?: Scenario;
}

/** A limit with the sentence that says why it is one; the sentence is appended to the panel description. */
export interface Threshold {
  /** A number, or the limit that the site sets for the alert of the same thing. */
  readonly value: number | ThresholdName;
  readonly colour: Colour;
  /** `{value}` stands for the limit of the site. */
  readonly why: Text;
}

/** Value to word, for states. */
export type ValueWords = Readonly<Record<string, { readonly text: Text; readonly colour: Colour }>>;

/** How a value looks: what its number means, from where it is bad, what its states are called. */
export interface ValueStyle {
  readonly unit?: PanelUnit;
  readonly thresholds?: readonly Threshold[];
  readonly words?: ValueWords;
}

interface PanelBase {
  readonly title: Text;
  /** What it shows and how to read it. */
  readonly description: Text;
  /** Shown when the query gives nothing: absence is said, not left blank. */
  readonly empty: Text;
  /** Grid columns of 24. */
  readonly width: 3 | 4 | 6 | 8 | 12 | 16 | 18 | 24;
  readonly height?: number;
  /** Dashboard that a click leads to, where the labels of the panel do not say it. */
  readonly link?: string;
}

/** A panel whose queries share one unit. Left out, the unit follows from the first metric read. */
export interface Chart extends PanelBase, ValueStyle {
  readonly type: 'timeseries' | 'stat' | 'state-timeline' | 'bargauge' | 'heatmap';
  readonly queries: readonly PanelQuery[];
  /** Bar gauges and shares: the full bar. */
  readonly max?: number;
}

/** A value column of a table: one query of its own unit and limits. */
export interface ValueColumn extends ValueStyle {
  readonly title: Text;
  readonly expr: Expr;
  readonly when?: Scenario;
  /** The row is what matters, the value is always the same. */
  readonly isHidden?: true;
}

/** Instant queries joined over the labels of `keys`, one row for each combination. */
export interface Table extends PanelBase {
  readonly type: 'table';
  /** Label columns in order and their headings. */
  readonly keys: Readonly<Record<string, Text>>;
  readonly values: readonly ValueColumn[];
}

/** One instant query as a grid: a row for each value of one label, a column for each of another. */
export interface Matrix extends PanelBase, ValueStyle {
  readonly type: 'matrix';
  readonly expr: Expr;
  readonly rowLabel: string;
  readonly columnLabel: string;
  readonly when?: Scenario;
}

export type Panel = Chart | Table | Matrix;

type ChartSpec = Omit<Chart, 'type'>;

export const timeseries = (panel: ChartSpec): Chart => Object.freeze({ type: 'timeseries', ...panel });
export const stat = (panel: ChartSpec): Chart => Object.freeze({ type: 'stat', ...panel });
export const stateTimeline = (panel: ChartSpec): Chart => Object.freeze({ type: 'state-timeline', ...panel });
export const barGauge = (panel: ChartSpec): Chart => Object.freeze({ type: 'bargauge', ...panel });
export const heatmap = (panel: ChartSpec): Chart => Object.freeze({ type: 'heatmap', ...panel });
export const table = (panel: Omit<Table, 'type'>): Table => Object.freeze({ type: 'table', ...panel });
export const matrix = (panel: Omit<Matrix, 'type'>): Matrix => Object.freeze({ type: 'matrix', ...panel });

/** Every query of a panel, with the legend a table has none of. */
export function queriesOf(panel: Panel): readonly PanelQuery[] {
  if (panel.type === 'matrix') return [asQuery(panel)];
  return panel.type === 'table' ? panel.values.map(asQuery) : panel.queries;
}

function asQuery({ expr, when }: { readonly expr: Expr; readonly when?: Scenario }): PanelQuery {
  return { expr, legend: { en: '', zh: '' }, ...(when === undefined ? {} : { when }) };
}

/** Every value style of a panel: its own, or those of its columns. */
export const stylesOf = (panel: Panel): readonly ValueStyle[] => (panel.type === 'table' ? panel.values : [panel]);
