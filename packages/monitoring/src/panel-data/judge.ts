import type { Scenario } from '../grafana/scenario.ts';
import type { Answer } from './prometheus-api.ts';

/**
 * What a query of a panel came to. `absent`: nothing, and the panel declares that there is nothing outside of its
 * scenario. `empty`: nothing, where there should be something. `unanswered`: the server refused or did not answer, so
 * nothing is known.
 */
export type PanelVerdict = 'data' | 'absent' | 'empty' | 'unanswered';

/** Whether the situation asked for makes this query give data: those of health always, others in their scenario only. */
export const mustHaveData = (when: Scenario | undefined, present: readonly Scenario[]): boolean =>
  when === undefined || when === 'healthy' || present.includes(when);

/** Verdict over the answer to a query that is declared for `when`, in the scenarios that hold at present. */
export function judgeAnswer(
  answer: Answer,
  when: Scenario | undefined,
  present: readonly Scenario[],
): { readonly verdict: PanelVerdict; readonly series: number; readonly reason: string } {
  if (!answer.ok) return { verdict: 'unanswered', series: 0, reason: answer.reason };
  const withValues = answer.series.filter(({ points }) => points.some(([, value]) => !Number.isNaN(value)));
  if (withValues.length > 0) return { verdict: 'data', series: withValues.length, reason: '' };
  const reason = answer.series.length > 0 ? 'every value is NaN' : 'no series';
  if (mustHaveData(when, present)) return { verdict: 'empty', series: 0, reason };
  return { verdict: 'absent', series: 0, reason: `${reason}; expected in scenario ${when ?? 'healthy'} only` };
}
