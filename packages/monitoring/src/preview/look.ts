import { limitOf } from '../grafana/limit.ts';
import type { Colour, ValueStyle } from '../grafana/panel.ts';
import type { PanelUnit } from '../grafana/unit.ts';
import type { Expr } from '@pgattest/catalog';
import { wordsIn, type DashboardView } from '../render/view.ts';
import { valueText } from './value-text.ts';

/** A value as it is shown: its words, and its colour where a limit or a word gives it one. */
export interface Look {
  readonly text: string;
  readonly colour: Colour | undefined;
}

export function unitOfValue({ unit }: ValueStyle, expr: Expr | undefined): PanelUnit {
  return unit ?? expr?.reads[0]?.unit ?? 'unknown';
}

/** How a value looks by the words and limits of its panel or column. */
export function lookOf(value: number, style: ValueStyle, expr: Expr | undefined, view: DashboardView): Look {
  const word = style.words?.[String(value)];
  if (word !== undefined) return { text: wordsIn(view, word.text), colour: word.colour };
  const reached = (style.thresholds ?? []).filter((one) => value >= limitOf(one, view.site)).at(-1);
  const colour = style.thresholds === undefined ? undefined : (reached?.colour ?? 'green');
  return { text: valueText(value, unitOfValue(style, expr)), colour };
}
