import type { Expr, Unit } from '@pgattest/catalog';

export interface PanelQuery {
  readonly expr: Expr;
  /** Grafana legend template: `{{ins}}`. */
  readonly legend: string;
}

/** A limit with the sentence that says why it is one; the sentence is appended to the panel description. */
export interface Threshold {
  readonly value: number;
  readonly colour: 'green' | 'orange' | 'red';
  readonly why: string;
}

/** Value to word, for state panels. */
export type ValueWords = Readonly<
  Record<string, { readonly text: string; readonly colour: 'green' | 'orange' | 'red' | 'blue' | 'grey' }>
>;

export interface Panel {
  readonly type: 'timeseries' | 'stat' | 'table' | 'state-timeline';
  readonly title: string;
  /** What it shows and how to read it. */
  readonly description: string;
  readonly queries: readonly PanelQuery[];
  /** Left out, it follows from the catalogue unit of the first metric read. */
  readonly unit?: Unit | 'percent';
  readonly thresholds?: readonly Threshold[];
  readonly words?: ValueWords;
  /** Shown when the query gives nothing: absence is said, not left blank. */
  readonly empty: string;
  /** Grid columns of 24. */
  readonly width: 3 | 4 | 6 | 8 | 12 | 24;
  readonly height?: number;
  /** Tables: label columns in order and their headings; `Value` names the value column. */
  readonly columns?: Readonly<Record<string, string>>;
}

export const timeseries = (panel: Omit<Panel, 'type'>): Panel => Object.freeze({ type: 'timeseries', ...panel });
export const stat = (panel: Omit<Panel, 'type'>): Panel => Object.freeze({ type: 'stat', ...panel });
export const table = (panel: Omit<Panel, 'type'>): Panel => Object.freeze({ type: 'table', ...panel });
export const stateTimeline = (panel: Omit<Panel, 'type'>): Panel => Object.freeze({ type: 'state-timeline', ...panel });
