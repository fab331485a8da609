import type { MetricRef, Selector } from '@pgattest/catalog';
import type { Panel } from './panel.ts';
import type { Text } from './text.ts';

export interface Row {
  readonly title: Text;
  readonly panels: readonly Panel[];
  /** A collapsed row costs no query before somebody opens it. */
  readonly isCollapsed: boolean;
}

/** A template variable filled from the values of a label. */
export interface Variable {
  readonly name: string;
  readonly label: Text;
  /** Where the values come from: `{ metric: pgUp, label: 'cls' }`. */
  readonly source: { readonly metric: MetricRef | Selector; readonly label: string };
  readonly multi: boolean;
}

export interface Dashboard {
  /** Stable: links point at it. Also the file: `dashboards/<uid>.json`. */
  readonly uid: string;
  readonly title: Text;
  readonly description: Text;
  readonly tags: readonly string[];
  readonly variables: readonly Variable[];
  readonly rows: readonly Row[];
  /** Where a click leads when neither the panel nor its labels name something. */
  readonly down: string;
}

export const row = (title: Text, panels: readonly Panel[]): Row => Object.freeze({ title, panels, isCollapsed: false });

/** A row that is closed until somebody opens it. */
export const collapsedRow = (title: Text, panels: readonly Panel[]): Row =>
  Object.freeze({ title, panels, isCollapsed: true });

export const dashboard = (spec: Dashboard): Dashboard => Object.freeze(spec);
