import * as sdk from '@grafana/grafana-foundation-sdk/dashboard';
import type { Expr } from '@pgattest/catalog';
import type { ValueStyle } from '../grafana/panel.ts';
import { limitOf } from '../grafana/limit.ts';
import { grafanaUnit } from '../grafana/unit.ts';
import { wordsIn, type DashboardView } from './view.ts';

/** Grafana's unit of a value: the one named, or that of the first metric read. */
export function unitOf({ unit }: ValueStyle, expr: Expr | undefined): string {
  const named = unit ?? expr?.reads[0]?.unit;
  if (named === undefined) throw new Error('a value reads no metric and names no unit; give it a unit');
  return grafanaUnit[named];
}

/** Below the first limit everything is well: green where the panel is one value, no colour in a table of many. */
export function thresholdsOf(
  { thresholds = [] }: ValueStyle,
  { site }: DashboardView,
  below: 'green' | 'transparent' = 'green',
): sdk.ThresholdsConfig {
  return {
    mode: sdk.ThresholdsMode.Absolute,
    steps: [
      { value: null, color: below },
      ...thresholds.map((one) => ({ value: limitOf(one, site), color: one.colour })),
    ],
  };
}

export function mappingsOf({ words }: ValueStyle, view: DashboardView): sdk.ValueMapping[] {
  if (words === undefined) return [];
  const options = Object.fromEntries(
    Object.entries(words).map(([value, { text, colour }], index) => [
      value,
      { text: wordsIn(view, text), color: colour, index },
    ]),
  );
  return [{ type: sdk.MappingType.ValueToText, options }];
}

/** Whether the colour of a value says something. */
export const isJudged = ({ thresholds, words }: ValueStyle): boolean => thresholds !== undefined || words !== undefined;
