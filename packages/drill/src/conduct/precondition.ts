/** One condition for a drill; `unknown` refuses like `unmet`, because what is not known is no permission. */
export interface Precondition {
  readonly id: string;
  /** What must hold, as a fact: `the scratch directory does not overlap the data directory`. */
  readonly title: string;
  readonly state: 'met' | 'unmet' | 'unknown';
  /** What was seen, and the remedy when it is not met. */
  readonly detail: string;
}

/** A condition that was decided. */
export const precondition = (id: string, title: string, isMet: boolean, detail: string): Precondition => ({
  id,
  title,
  state: isMet ? 'met' : 'unmet',
  detail,
});

/** A condition that could not be decided, with why. */
export const unknownPrecondition = (id: string, title: string, detail: string): Precondition => ({
  id,
  title,
  state: 'unknown',
  detail,
});

/** What keeps a drill from starting. */
export const refusalsOf = (preconditions: readonly Precondition[]): readonly Precondition[] =>
  preconditions.filter(({ state }) => state !== 'met');
