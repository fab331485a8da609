import type { Panel } from './panel.ts';

export interface Placed {
  readonly panel: Panel;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const columns = 24;
const defaultHeight: Readonly<Record<Panel['type'], number>> = {
  stat: 4,
  timeseries: 8,
  table: 8,
  matrix: 12,
  'state-timeline': 8,
  bargauge: 8,
  heatmap: 8,
};

/** Fills a row left to right and wraps; returns the first free line below it. */
export function placePanels(
  panels: readonly Panel[],
  top: number,
): { readonly placed: readonly Placed[]; readonly bottom: number } {
  const placed: Placed[] = [];
  let x = 0;
  let y = top;
  let lineHeight = 0;
  for (const panel of panels) {
    const h = panel.height ?? defaultHeight[panel.type];
    if (x + panel.width > columns) {
      x = 0;
      y += lineHeight;
      lineHeight = 0;
    }
    placed.push({ panel, x, y, w: panel.width, h });
    x += panel.width;
    lineHeight = Math.max(lineHeight, h);
  }
  return { placed, bottom: y + lineHeight };
}
