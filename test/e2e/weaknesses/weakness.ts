import type { Lab } from '@pgattest/lab';

/** A state that a verdict has in a report. */
export type State =
  'pass' | 'warn' | 'fail' | 'not_applicable' | 'error' | 'insufficient_data' | 'manual' | 'stale' | 'excepted';

/** A verdict that must appear: `pg-log-connections` on `pg-test-2` becomes `fail`. */
export interface ExpectedVerdict {
  readonly check: string;
  readonly subject: string;
  /** `error`: with this weakness there, nobody can say. */
  readonly state: 'warn' | 'fail' | 'error';
}

/** What a weakness is introduced into. */
export type WeakTarget = Pick<
  Lab,
  'directory' | 'exec' | 'sql' | 'patroni' | 'http' | 'daemon' | 'credentials' | 'break' | 'heal'
>;

/** Takes a weakness back; safe to call when the introduction stopped halfway. */
export type Heal = () => Promise<void>;

/** Makes a part of the lab weak and waits until that part works with it. */
export type Introduce = (lab: WeakTarget) => Promise<Heal>;

/** One way to weaken the hardened lab, and exactly what an audit must then say. */
export interface Weakness {
  /** What is true while it is there: `log-connections-off`. */
  readonly id: string;
  /** The same for a reader of the results. */
  readonly sentence: string;
  /** Host that is touched: its facts are collected anew. The name of the cluster where no file of a host is. */
  readonly on: string;
  readonly introduce: Introduce;
  /** These verdicts turn, and no other. */
  readonly expected: readonly ExpectedVerdict[];
}

/** Weaknesses of one part of the system. */
export interface WeaknessGroup {
  readonly name: string;
  readonly weaknesses: readonly Weakness[];
}
