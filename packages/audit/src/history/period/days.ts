/** Day of an ISO 8601 UTC instant: `2026-11-21`. Every day of a period is a day of UTC. */
export const dayOf = (instant: string): string => instant.slice(0, 10);

/** Begin of a day and of the day after it, in milliseconds since the epoch. */
export const beginOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
export const endOf = (day: string): number => beginOf(day) + dayMs;

export const dayMs = 86_400_000;

/** Whether a text is a day of the calendar: `2026-02-30` is none, though JavaScript would take it for 2 March. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/u.test(text) &&
  !Number.isNaN(beginOf(text)) &&
  new Date(beginOf(text)).toISOString().startsWith(text);

/** Every day of a period, its last one included. */
export const daysOf = ({ from, to }: Period): readonly string[] =>
  Array.from({ length: Math.round((endOf(to) - beginOf(from)) / dayMs) }, (_, index) =>
    dayOf(new Date(beginOf(from) + index * dayMs).toISOString()),
  );

/** First and last day, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Whether an instant lies in the period. */
export const isWithin = ({ from, to }: Period, instant: string): boolean =>
  dayOf(instant) >= from && dayOf(instant) <= to;
