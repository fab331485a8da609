import contract from './pgbackrest-contract.json' with { type: 'json' };

/** A metric of pgbackrest_exporter: all are gauges. `former` names are those of its older versions. */
export interface BackrestContractMetric {
  readonly name: string;
  /** Sorted. */
  readonly labels: readonly string[];
  readonly since: string;
}

/** Every metric of pgbackrest_exporter 0.23.0, of its later changes, and of its older versions. */
export const backrestContract: readonly BackrestContractMetric[] = contract.metrics;
