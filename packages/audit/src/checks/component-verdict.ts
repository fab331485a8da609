import { fail, pass, warn, type Evidence, type Verdict } from '../check.ts';
import type { Text } from '../text.ts';

/** One thing that is not as it should be, as a part of a sentence. */
export interface Complaint {
  readonly level: 'warn' | 'fail';
  readonly text: Text;
}

export const complain = (level: 'warn' | 'fail', en: string, zh: string): Complaint => ({ level, text: { en, zh } });

/** Most complaints that a reason names; the rest are counted. */
const mostNamed = 5;

/**
 * The worst complaint decides; without any it is a pass with `good` as its reason. Evidence is the same either way: it
 * shows all that was looked at.
 */
export function judgeComplaints(complaints: readonly Complaint[], good: Text, evidence: readonly Evidence[]): Verdict {
  if (complaints.length === 0) return pass(good, ...evidence);
  const worstFirst = complaints.toSorted((a, b) => Number(b.level === 'fail') - Number(a.level === 'fail'));
  const named = worstFirst.slice(0, mostNamed).map(({ text }) => text);
  const rest = worstFirst.length - named.length;
  const reason = {
    en: `${named.map(({ en }) => en).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`,
    zh: `经核查，${named.map(({ zh }) => zh).join('；')}${rest > 0 ? `；等共 ${worstFirst.length} 项` : ''}`,
  };
  return worstFirst[0]?.level === 'fail' ? fail(reason, ...evidence) : warn(reason, ...evidence);
}
