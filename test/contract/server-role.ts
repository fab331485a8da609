import type { AnyCollector, Variant } from '@pgattest/catalog';

/** Part a server plays. */
export type ServerRole = 'primary' | 'replica';

/** Both parts. */
export const serverRoles: readonly ServerRole[] = ['primary', 'replica'];

/** The SQL of a collector for such a server. */
export function variantFor(collector: AnyCollector, versionNum: number, role: ServerRole): Variant<string> | undefined {
  return collector.variants.find(
    (variant) =>
      versionNum >= (variant.since ?? 0) &&
      versionNum < (variant.until ?? Infinity) &&
      (variant.role === undefined || variant.role === role),
  );
}
