import type { FactMap } from '../facts.ts';

type Settings = FactMap['pg.settings'];

/** Items of a comma-separated list setting, lower case, without quotes: `stderr, CSVLOG` gives stderr and csvlog. */
export function listItems(value: string): readonly string[] {
  return value
    .split(',')
    .map((item) =>
      item
        .trim()
        .replace(/^"(.*)"$/u, '$1')
        .toLowerCase(),
    )
    .filter((item) => item !== '');
}

/** Where the server sends its log: stderr, csvlog, jsonlog, syslog, eventlog. */
export const logDestinations = (settings: Settings): ReadonlySet<string> =>
  new Set(listItems(settings['log_destination']?.value ?? ''));

/**
 * True when the server itself writes log files: the collector runs and a file destination is chosen.
 * Else it writes none whose name, mode or rotation could matter.
 */
export function writesLogFiles(settings: Settings): boolean {
  const destinations = logDestinations(settings);
  return (
    settings['logging_collector']?.value === 'on' &&
    ['stderr', 'csvlog', 'jsonlog'].some((destination) => destinations.has(destination))
  );
}
