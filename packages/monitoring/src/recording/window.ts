import type { RecordingRule } from '../model.ts';

/** Times a rate is taken over. The shortest holds enough samples up to a scrape interval of 15 s. */
export const windows = ['1m', '5m', '15m'] as const;

export type Window = (typeof windows)[number];

/** `rate(x[${windowMinutes[window]}m])`. */
export const windowMinutes: Readonly<Record<Window, number>> = Object.freeze({ '1m': 1, '5m': 5, '15m': 15 });

/** The same family over each window. */
export const overWindows = <F>(make: (window: Window) => F): Readonly<Record<Window, F>> =>
  Object.freeze({ '1m': make('1m'), '5m': make('5m'), '15m': make('15m') });

/** The recordings of families over windows, in the order they are to be evaluated in. */
export const windowsInOrder = (
  ...families: readonly Readonly<Record<Window, Readonly<Record<string, RecordingRule>>>>[]
): readonly RecordingRule[] => families.flatMap((family) => windows.flatMap((window) => Object.values(family[window])));
