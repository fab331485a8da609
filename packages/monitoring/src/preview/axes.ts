import { html, type Html } from './html.ts';
import { margin, type Size } from './size.ts';
import type { Range } from '../panel-data/prometheus-api.ts';
import { clock, timeTicks } from './ticks.ts';

/** Horizontal position of a moment. */
export const timeScale =
  ({ start, end }: Range, { width }: Size, left: number = margin.left) =>
  (at: number): number =>
    left + ((at - start) / (end - start)) * (width - left - margin.right);

/** Moments below the plot. */
export function timeAxis(range: Range, size: Size, left: number = margin.left): readonly Html[] {
  const x = timeScale(range, size, left);
  return timeTicks(range.start, range.end, Math.max(2, Math.floor(size.width / 110))).map(
    (at) =>
      html`<text class="tick" x="${x(at)}" y="${size.height - 5}" text-anchor="middle">${clock(at)}</text
        ><line class="grid" x1="${x(at)}" x2="${x(at)}" y1="${margin.top}" y2="${size.height - margin.bottom}" />`,
  );
}
