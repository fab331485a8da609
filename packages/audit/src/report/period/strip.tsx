import type { DayState } from '../../history/period/day-state.ts';
import type { Presence } from '../../history/period/population.ts';

/** Colour and sign of a cell; `none` is a day without a run. */
export type CellTone = 'good' | 'part' | 'bad' | 'open' | 'off' | 'held' | 'none';

export const toneOfState: Readonly<Record<DayState, CellTone>> = {
  fail: 'bad',
  unknown: 'open',
  excepted: 'held',
  part: 'part',
  pass: 'good',
  not_applicable: 'off',
  no_run: 'none',
};

export const toneOfPresence: Readonly<Record<Presence, CellTone>> = {
  in_scope: 'good',
  silent: 'part',
  absent: 'off',
  unknown: 'open',
  no_run: 'none',
};

const cellTones: readonly CellTone[] = ['good', 'part', 'bad', 'open', 'off', 'held', 'none'];

/** Side of a cell and room for the name of a month before a line, in units of the drawing. */
const cell = 16;
const labelWidth = 62;

/** Where each day of a period is drawn: up to 62 days in one line, a longer period in lines of two months. */
export interface StripLayout {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly { readonly x: number; readonly y: number }[];
  readonly lines: readonly { readonly label: string; readonly y: number }[];
}

export function layoutOf(days: readonly string[]): StripLayout {
  if (days.length <= 62) {
    return {
      width: days.length * cell,
      height: cell,
      cells: days.map((_, index) => ({ x: index * cell, y: 0 })),
      lines: [],
    };
  }
  const months = [...new Set(days.map((day) => day.slice(0, 7)))];
  const lineOf = (day: string): number => Math.floor(months.indexOf(day.slice(0, 7)) / 2);
  const count = Math.ceil(months.length / 2);
  return {
    width: labelWidth + 63 * cell,
    height: count * (cell + 2),
    cells: days.map((day) => {
      const column = (months.indexOf(day.slice(0, 7)) % 2) * 32 + Number(day.slice(8)) - 1;
      return { x: labelWidth + column * cell, y: lineOf(day) * (cell + 2) };
    }),
    lines: Array.from({ length: count }, (_, line) => ({ label: months[line * 2] ?? '', y: line * (cell + 2) })),
  };
}

/** The sign of a tone in a cell at x, y: shapes, so that it needs no font and survives greyscale. */
const signs: Readonly<Record<CellTone, (x: number, y: number) => string>> = {
  good: (x, y) => `M${x + 4} ${y + 8}l2.5 2.5 5-5.5`,
  part: (x, y) => `M${x + 7.5} ${y + 3.5}v5m0 3v.5`,
  bad: (x, y) => `M${x + 4} ${y + 4}l7 7m0-7l-7 7`,
  open: (x, y) => `M${x + 5.3} ${y + 5.6}a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6m0 2.6v.4`,
  off: (x, y) => `M${x + 4} ${y + 7.5}h7`,
  held: (x, y) => `M${x + 5} ${y + 3}v9m0-8.5h5.5l-1.6 2 1.6 2h-5.5`,
  none: (x, y) => `M${x + 7} ${y + 7.5}h1`,
};

const square = (x: number, y: number): string => `M${x + 0.5} ${y + 0.5}h14v14h-14z`;

/** All cells of a strip, grouped by tone. */
export function StripCells({ tones, layout }: { readonly tones: readonly CellTone[]; readonly layout: StripLayout }) {
  return (
    <>
      {layout.lines.map(({ label, y }) => (
        <text class="strip-month" x="0" y={y + 12}>
          {label}
        </text>
      ))}
      {cellTones.map((tone) => {
        const own = layout.cells.filter((_, index) => tones[index] === tone);
        if (own.length === 0) return null;
        return (
          <g class={`cells ${tone}`}>
            <path class="square" d={own.map(({ x, y }) => square(x, y)).join('')} />
            <path class="sign" d={own.map(({ x, y }) => signs[tone](x, y)).join('')} />
          </g>
        );
      })}
    </>
  );
}

/** Days of the month above a strip of one line; a longer strip names its months itself. */
export function StripScale({ days, layout }: { readonly days: readonly string[]; readonly layout: StripLayout }) {
  if (layout.lines.length > 0) return null;
  return (
    <svg class="strip scale" viewBox={`0 0 ${layout.width} 26`} width={layout.width} height="26" aria-hidden="true">
      {days.map((day, index) => {
        const number = Number(day.slice(8));
        const isMonth = number === 1 || index === 0;
        return (
          <>
            {isMonth && (
              <text class="strip-month" x={index * cell} y="10">
                {day.slice(0, 7)}
              </text>
            )}
            {(isMonth || (number % 5 === 0 && index > 1 && !days[index + 1]?.endsWith('-01'))) && (
              <text class="strip-day" x={index * cell + 7.5} y="23">
                {number}
              </text>
            )}
          </>
        );
      })}
    </svg>
  );
}
