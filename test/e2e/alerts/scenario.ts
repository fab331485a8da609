import type { Scenario } from '@pgattest/monitoring';
import type { HaLab } from '../ha/ha-lab.ts';

/** An alert as it must arrive. */
export interface ExpectedAlert {
  readonly name: string;
  /** 0 = critical, 1 = warning, 2 = information. */
  readonly level: 0 | 1 | 2;
  /** Labels that say what is broken; `ins` and the like by what the cluster was before the fault. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Who is who in the healthy cluster. */
export interface Cast {
  readonly cluster: string;
  readonly primary: string;
  readonly replicas: readonly string[];
}

export const replicaOf = ({ replicas }: Cast): string => replicas[0] ?? '';

/** One fault of the lab and who it is applied to; undefined = whom the fault itself chooses. */
export interface ScenarioFault {
  readonly id: string;
  readonly target?: string;
}

/** What breaks, what must arrive for it, and nothing else of that severity or a higher one. */
export interface AlertScenario {
  readonly name: string;
  readonly faults: (cast: Cast) => readonly ScenarioFault[];
  readonly expected: (cast: Cast) => readonly ExpectedAlert[];
  /** What Alertmanager must know as firing and keep back, for the cause is told. */
  readonly inhibited: readonly string[];
  /** The auditor sees it: it is told to run now, when broken and when healed, and not at its next interval. */
  readonly isAudited?: true;
  /** A session writes while it is broken, and waits for its commit. */
  readonly isWritten?: true;
  /** Situations that panels are declared for and that it makes, beside alerts that fire. */
  readonly situations?: readonly Scenario[];
  /** What comes with time and no fault: waits until it has begun, and says when that was, milliseconds since the epoch. */
  readonly begin?: (ha: HaLab, cast: Cast) => Promise<number>;
  /** What ends it, where that is no healer of a fault. */
  readonly end?: (ha: HaLab, cast: Cast) => Promise<void>;
  /**
   * How long the sources of the expected alerts take until they show the fault, or that it is over, beyond a scrape: a
   * lease that runs out, a run of the auditor. Milliseconds.
   */
  readonly signMs?: number;
  readonly clearMs?: number;
}
