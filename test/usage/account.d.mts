/** Why a name may have no data; `unless`: PromQL that has data where the reason does not hold. */
export interface Reason {
  readonly kind: 'version' | 'absent' | 'external exporter';
  readonly why: string;
  readonly unless?: string;
}

export const allReasons: readonly Reason[];
export function readNames(): Readonly<Record<string, readonly string[]>>;
export function reasonFor(name: string): Reason | undefined;
