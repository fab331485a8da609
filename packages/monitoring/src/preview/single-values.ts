import type { Chart } from '../grafana/panel.ts';
import type { DashboardView } from '../render/view.ts';
import { html, type Html } from './html.ts';
import { lookOf } from './look.ts';
import type { Line } from './panel-answers.ts';
import type { Size } from './size.ts';

const last = ({ points }: Line): number => points.at(-1)?.[1] ?? Number.NaN;

/** Large numbers side by side; the background has their colour. */
export function statHtml(panel: Chart, lines: readonly Line[], { width, height }: Size, view: DashboardView): Html {
  return html`<div class="stats">
    ${lines.map((line) => {
      const look = lookOf(last(line), panel, panel.queries[0]?.expr, view);
      const fits = (width / lines.length / Math.max(3, look.text.length)) * 1.5;
      const size = Math.max(14, Math.min(height * 0.55, fits, 52));
      const name = lines.length > 1 ? [html`<small>${line.name}</small>`] : [];
      return html`<div
        class="stat ${look.colour === undefined ? 'plain' : `fill ${look.colour}`}"
        style="font-size:${size}px"
      >
        ${look.text}${name}
      </div>`;
    })}
  </div>`;
}

/** A bar a line, from zero to the full bar or to the longest. */
export function barGaugeHtml(panel: Chart, lines: readonly Line[], view: DashboardView): Html {
  const full = panel.max ?? Math.max(...lines.map(last), 1e-12);
  return html`<div class="bars">
    ${lines.map((line) => {
      const look = lookOf(last(line), panel, panel.queries[0]?.expr, view);
      const share = Math.max(0, Math.min(100, (last(line) / full) * 100));
      return html`<span>${line.name}</span>
        <div><b class="fill ${look.colour ?? 'green'}" style="width:${share}%"></b></div>
        <em>${look.text}</em>`;
    })}
  </div>`;
}
