/** One sample of `/metrics`. */
export interface EtcdSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)$/u;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/gu;

/** Samples of the families asked for, and of their `_bucket`, `_sum` and `_count`; lines of another form are left out. */
export function parseEtcdMetrics(text: string, families: readonly string[]): readonly EtcdSample[] {
  const wanted = new Set(families.flatMap((name) => [name, `${name}_bucket`, `${name}_sum`, `${name}_count`]));
  return text.split('\n').flatMap((row) => {
    const [, name, labels, value] = line.exec(row) ?? [];
    if (name === undefined || !wanted.has(name)) return [];
    const number = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value);
    if (Number.isNaN(number)) return [];
    const pairs = [...(labels ?? '').matchAll(label)].map(([, key, content]) => [key ?? '', content ?? ''] as const);
    return [{ name, labels: Object.fromEntries(pairs), value: number }];
  });
}

/**
 * Upper bound, in seconds, of the bucket that holds the q-th part of what a histogram counted since the member
 * started; undefined when it counted nothing, Infinity beyond the last bucket. Buckets of all label sets are added up.
 */
export function quantileBound(samples: readonly EtcdSample[], family: string, q: number): number | undefined {
  const buckets = new Map<number, number>();
  for (const { name, labels, value } of samples) {
    if (name !== `${family}_bucket` || labels['le'] === undefined) continue;
    const bound = labels['le'] === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels['le']);
    buckets.set(bound, (buckets.get(bound) ?? 0) + value);
  }
  const total = buckets.get(Number.POSITIVE_INFINITY) ?? 0;
  if (total === 0) return undefined;
  return [...buckets].toSorted(([a], [b]) => a - b).find(([, counted]) => counted >= q * total)?.[0];
}
