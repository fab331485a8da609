/** Minutes, hours and days at which something is due. Days match as cron has it: either of the two when both are given. */
export interface CronTime {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: ReadonlySet<number> | undefined;
  readonly months: ReadonlySet<number>;
  /** 0 = Sunday. */
  readonly weekdays: ReadonlySet<number> | undefined;
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const shorthands: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
};

/** Reads five cron fields or a word such as @daily; a text is what is wrong with them. */
export function parseCron(text: string): CronTime | string {
  const fields = (shorthands[text.trim()] ?? text).trim().split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || minute === undefined || hour === undefined || day === undefined)
    return 'needs five fields: minute hour day month weekday';
  const minutes = valuesOf(minute, 0, 59);
  const hours = valuesOf(hour, 0, 23);
  const days = valuesOf(day, 1, 31);
  const months = valuesOf(month ?? '', 1, 12, monthNames);
  const weekdays = valuesOf(weekday ?? '', 0, 7, weekdayNames);
  for (const part of [minutes, hours, days, months, weekdays]) if (typeof part === 'string') return part;
  if (
    typeof minutes === 'string' ||
    typeof hours === 'string' ||
    typeof days === 'string' ||
    typeof months === 'string' ||
    typeof weekdays === 'string'
  )
    return 'is no schedule';
  return {
    minutes,
    hours,
    days: day.startsWith('*') ? undefined : new Set(days),
    months: new Set(months),
    weekdays: weekday?.startsWith('*') === true ? undefined : new Set(weekdays.map((one) => one % 7)),
  };
}

/** What clocks in a zone show at a moment, as milliseconds since the epoch as if they showed UTC. */
export type ZoneClock = (epochMs: number) => number;

/** The clock of a zone such as `Europe/Berlin`, or of this process; one is costly to make. Throws RangeError for no zone. */
export function createZoneClock(zone: string | undefined): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    ...(zone === undefined ? {} : { timeZone: zone }),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (epochMs) => {
    const parts = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  };
}

/** The last moment at or before, and the first after, a moment; milliseconds since the epoch. */
export function dueAround(
  cron: CronTime,
  nowMs: number,
  clock: ZoneClock,
): { readonly last: number | undefined; readonly next: number | undefined } {
  const today = Math.floor(clock(nowMs) / dayMs) * dayMs;
  const find = (step: 1 | -1, isWanted: (ms: number) => boolean): number | undefined => {
    // Eight years hold two 29ths of February, whatever the century.
    for (let offset = step === 1 ? -1 : 1; Math.abs(offset) < 8 * 366; offset += step) {
      const day = today + offset * dayMs;
      if (!isDueOn(cron, day)) continue;
      const moments = momentsOn(cron, day, clock).filter(isWanted);
      const found = step === 1 ? moments.at(0) : moments.at(-1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { last: find(-1, (ms) => ms <= nowMs), next: find(1, (ms) => ms > nowMs) };
}

const dayMs = 86_400_000;

/** Values of one field such as `1-5/2,30`; a text is what is wrong with it. */
function valuesOf(field: string, min: number, max: number, names: readonly string[] = []): readonly number[] | string {
  const number = (word: string): number => {
    const at = names.indexOf(word.toLowerCase());
    return at === -1 ? (/^\d+$/.test(word) ? Number(word) : Number.NaN) : at + min;
  };
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [first = '', last] = range === '*' ? [String(min), String(max)] : range.split('-');
    const from = number(first);
    const to = last === undefined ? (part.includes('/') ? max : from) : number(last);
    const by = number(step);
    if (!(from >= min && to <= max && from <= to && by >= 1)) return `"${part}" is not within ${min}-${max}`;
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return [...values].toSorted((a, b) => a - b);
}

function isDueOn({ days, months, weekdays }: CronTime, day: number): boolean {
  const date = new Date(day);
  if (!months.has(date.getUTCMonth() + 1)) return false;
  const [isDay, isWeekday] = [days?.has(date.getUTCDate()), weekdays?.has(date.getUTCDay())];
  if (isDay === undefined || isWeekday === undefined) return isDay ?? isWeekday ?? true;
  return isDay || isWeekday;
}

function momentsOn({ hours, minutes }: CronTime, day: number, clock: ZoneClock): readonly number[] {
  return hours
    .flatMap((hour) => minutes.map((minute) => toEpoch(day + (hour * 60 + minute) * 60_000, clock)))
    .toSorted((a, b) => a - b);
}

/** The moment at which clocks show a time; what they leave out in spring is an hour later. */
function toEpoch(shownMs: number, clock: ZoneClock): number {
  const offsetAt = (epochMs: number): number => clock(epochMs) - Math.floor(epochMs / 1000) * 1000;
  const guess = shownMs - offsetAt(shownMs);
  return shownMs - offsetAt(guess);
}
