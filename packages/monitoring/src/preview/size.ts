/** Pixels of the drawing area of a panel. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels around the plot of a chart, for its axes. */
export const margin = { left: 58, right: 10, top: 6, bottom: 20 } as const;
