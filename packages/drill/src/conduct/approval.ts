import type { Precondition } from './precondition.ts';

/** What a drill would do, before it does it. */
export interface DrillPlan {
  /** `restore drill of demo, repository 1`. */
  readonly title: string;
  /** What happens, in order, each with the exact object it touches. */
  readonly steps: readonly string[];
  /** What of the cluster changes; empty = nothing does. */
  readonly changes: readonly string[];
  readonly preconditions: readonly Precondition[];
}

const marks = { met: '✓', unmet: '✗', unknown: '?' } as const;

/** The plan as text: title, what changes, steps, preconditions with their state. */
export function renderPlan(plan: DrillPlan): string {
  const changes =
    plan.changes.length === 0
      ? ['changes: nothing of the cluster']
      : ['changes:', ...plan.changes.map((line) => `  - ${line}`)];
  return [
    plan.title,
    ...changes,
    'steps:',
    ...plan.steps.map((line, index) => `  ${index + 1}. ${line}`),
    'preconditions:',
    ...plan.preconditions.map(({ state, title, detail }) => `  ${marks[state]} ${title}: ${detail}`),
    '',
  ].join('\n');
}

/** Whom `--approve` names: not empty, one line. */
export function findApprover(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value.trim();
  return name === '' || /[\n\r]/.test(name) ? undefined : name;
}
