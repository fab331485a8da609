import type { Panel } from './panel.ts';

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A template variable filled from label values: `label_values(pg_up, cls)`. */
export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly query: string;
  readonly multi: boolean;
}

export interface Dashboard {
  /** Stable: links point at it. Also the file: `dashboards/<uid>.json`. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly variables: readonly Variable[];
  readonly rows: readonly Row[];
}

export const row = (title: string, panels: readonly Panel[]): Row => Object.freeze({ title, panels });
export const dashboard = (spec: Dashboard): Dashboard => Object.freeze(spec);
