/** Branches of HAProxy and the end of their fixes (first day of the month it names). */
export const haproxySupport: {
  readonly source: string;
  readonly asOf: string;
  readonly endOfLife: Readonly<Record<string, string>>;
} = Object.freeze({
  source: 'https://www.haproxy.org/ (table of branches), https://versionlog.com/haproxy/',
  asOf: '2026-06-06',
  endOfLife: Object.freeze({
    '1.8': '2022-12-31',
    '2.0': '2024-04-01',
    '2.2': '2025-04-01',
    '2.4': '2026-04-01',
    '2.5': '2023-04-01',
    '2.6': '2027-04-01',
    '2.7': '2024-01-01',
    '2.8': '2028-04-01',
    '2.9': '2025-03-21',
    '3.0': '2029-04-01',
    '3.1': '2026-01-01',
    '3.2': '2030-04-01',
    '3.3': '2027-01-01',
    '3.4': '2031-04-01',
  }),
});
