import type { Daemon } from './daemon.ts';
import type { StackRun } from './stack-run.ts';

/** Something done once while the lab starts: the users of etcd, the stanza, the first backup. */
export interface StartTask {
  /** For the progress line: `first full backup of repository 1`. */
  readonly title: string;
  readonly timeoutMs: number;
  /** Rejects with a sentence when it failed; a returned text is shown behind the title. */
  readonly run: (run: StackRun) => Promise<string | undefined>;
}

/** One line of progress: all its daemons are started together and waited for, then its tasks run one after the other. */
export interface StartStep {
  readonly title: string;
  readonly daemons: readonly Daemon[];
  /** For all daemons of the step together. */
  readonly readyMs: number;
  readonly tasks: readonly StartTask[];
}

/** From nothing to healthy, in order; `startPlanOf(materials)` of `daemons/index.ts` makes it. */
export type StartPlan = readonly StartStep[];
