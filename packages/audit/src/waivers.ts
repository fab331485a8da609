/** An approved exception: the finding stays visible, its clause becomes an accepted risk at best. */
export interface Waiver {
  /** Ticket or register number, unique in the list. */
  readonly id: string;
  readonly check: string;
  /** Exact subject id, or `*` for every subject of the check. */
  readonly subject: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day it is valid, `2027-03-31` (to the end of that day, UTC), or an ISO 8601 UTC instant. */
  readonly until: string;
}
