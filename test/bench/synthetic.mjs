const metricsEach = 4;

/** Collectors whose SQL makes up rows: so many, with so many series each. */
export function syntheticCollectors({ collectors, series }) {
  return Array.from({ length: collectors }, (_, at) => ({
    id: `bench_${at}`,
    source: 'postgres',
    help: 'made up',
    scope: 'instance',
    cacheSeconds: 10,
    timeoutSeconds: 10,
    priority: 900 + at,
    labels: { datname: 'a', relname: 'b' },
    metrics: Object.fromEntries(
      Array.from({ length: metricsEach }, (_unused, key) => [
        `value_${key}`,
        { kind: 'gauge', unit: 'count', help: 'made up' },
      ]),
    ),
    variants: [
      {
        branch: `bench_${at}`,
        sql: `SELECT current_database() AS datname, 'some_table_' || g AS relname, g * 1.5 AS value_0, g + 1 AS value_1, g * 1000 AS value_2, NULL::int AS value_3
                FROM generate_series(1, ${Math.ceil(series / metricsEach)}) AS g`,
      },
    ],
  }));
}
