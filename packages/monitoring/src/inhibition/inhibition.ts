/** One cause, one page: while the cause fires, what follows from it stays in the list and tells nobody. */
export interface Inhibition {
  /** Alert that stays loud. */
  readonly cause: string;
  /** Alerts that follow from it. */
  readonly hides: readonly string[];
  /** Labels in which both agree; empty where they share none and there is one such thing in a site. */
  readonly same: readonly string[];
  /** Why it follows, one sentence without a full stop. */
  readonly why: string;
}
