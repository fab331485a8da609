const pattern =
  /^(\d{4,})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(\.\d+)?)?(?:([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?)?( BC)?$/;

/**
 * Whole unix seconds, rounded down, of a date, timestamp (read as UTC) or timestamptz in DateStyle ISO, for example
 * `2026-11-21 20:33:19.5+00` → 1795293199; ±Infinity for the server's infinities; undefined for any other text.
 */
export function parseTimestampSeconds(text: string, keepsFraction = false): number | undefined {
  if (text === 'infinity') return Infinity;
  if (text === '-infinity') return -Infinity;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour = '0',
    minute = '0',
    second = '0',
    fraction = '',
    sign,
    zoneHour,
    zoneMinute,
    zoneSecond,
    bc,
  ] = match;
  const date = new Date(0);
  // 1 BC is year 0; setUTCFullYear, unlike Date.UTC, does not take the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(bc === undefined ? Number(year) : 1 - Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second), 0);
  const offset = Number(zoneHour ?? 0) * 3600 + Number(zoneMinute ?? 0) * 60 + Number(zoneSecond ?? 0);
  // Fractions are cut from a second that counts upwards, so cutting them rounds down before 1970 as well.
  const seconds = date.getTime() / 1000 - (sign === '-' ? -offset : offset);
  return keepsFraction ? seconds + Number(`0${fraction}`) : seconds;
}
