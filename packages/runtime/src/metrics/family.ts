/** One value of a family. `labels` are in the order of the family's `labelNames`. */
export interface Sample {
  readonly labels: readonly string[];
  /** NaN and ±Inf are legal and written as Prometheus spells them. */
  readonly value: number;
}

/** One metric family of an exposition: immutable, made per scrape. */
export interface Family {
  readonly name: string;
  readonly kind: 'gauge' | 'counter';
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly samples: readonly Sample[];
}
