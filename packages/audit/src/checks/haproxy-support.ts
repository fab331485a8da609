/**
 * Branches of HAProxy and the end of their fixes. The project names quarters, of which this is the first day; where a
 * release came later than the quarter it names, its day.
 */
export const haproxySupport: {
  readonly source: string;
  readonly asOf: string;
  readonly endOfLife: Readonly<Record<string, string>>;
} = Object.freeze({
  source:
    'https://endoflife.date/haproxy (3.4: https://versionlog.com/haproxy/), after the table of https://www.haproxy.org/',
  asOf: '2026-06-06',
  endOfLife: Object.freeze({
    '1.7': '2021-10-01',
    '1.8': '2022-12-09',
    '1.9': '2020-07-31',
    '2.0': '2024-04-05',
    '2.1': '2021-03-18',
    '2.2': '2025-04-23',
    '2.3': '2022-07-27',
    '2.4': '2026-04-01',
    '2.5': '2023-05-02',
    '2.6': '2027-04-01',
    '2.7': '2024-04-05',
    '2.8': '2028-04-01',
    '2.9': '2025-03-21',
    '3.0': '2029-04-01',
    '3.1': '2026-01-01',
    '3.2': '2030-04-01',
    '3.3': '2027-01-01',
    '3.4': '2031-04-01',
  }),
});
