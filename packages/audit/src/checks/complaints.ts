import { fail, pass, undecided, warn, type Evidence, type Verdict } from '../check.ts';
import type { Text } from '../text.ts';

/** One thing that is not as it should be. */
export interface Complaint {
  readonly level: 'warn' | 'fail';
  /** Without a capital or a full stop: it becomes part of a list. */
  readonly text: Text;
  /** What shows it; empty where all that was looked at does. */
  readonly evidence: readonly Evidence[];
}

/** A complaint, with what shows it where that is not the evidence of the whole check. */
export const complaint = (
  level: Complaint['level'],
  en: string,
  zh: string,
  ...evidence: readonly Evidence[]
): Complaint => ({ level, text: { en, zh }, evidence });

/** What is known of a subject whose complaints were gathered. */
export interface Gathered {
  readonly complaints: readonly Complaint[];
  /** What could not be seen: without a certain failure, that leaves the check undecided. */
  readonly unknown?: readonly Text[];
  /** Reason when there is nothing to complain about, as a part of a sentence. */
  readonly good: Text;
  /** All that was looked at. */
  readonly evidence: readonly Evidence[];
}

/** The worst complaint decides and is named first; nothing unknown becomes better than it. */
export function verdictOf({ complaints, unknown = [], good, evidence }: Gathered): Verdict {
  const worstFirst = complaints.toSorted((a, b) => Number(b.level === 'fail') - Number(a.level === 'fail'));
  const texts = worstFirst.map(({ text }) => text);
  const own = worstFirst.flatMap((item) => item.evidence);
  const shown = worstFirst.some((item) => item.evidence.length === 0) ? [...new Set([...own, ...evidence])] : own;
  if (worstFirst[0]?.level === 'fail') return fail(joined(texts), ...shown);
  if (unknown.length > 0) {
    const reason = joined(unknown);
    const rest = [...new Set([...own, ...evidence])];
    return undecided({ en: `cannot be decided: ${reason.en}`, zh: `无法判定：${reason.zh}` }, ...rest.slice(0, 20));
  }
  if (worstFirst.length > 0) return warn(joined(texts), ...shown);
  return pass({ en: good.en, zh: `经核查，${good.zh}，符合要求` }, ...evidence);
}

/** Most parts that a reason names; the rest are counted. */
const mostNamed = 6;

function joined(texts: readonly Text[]): Text {
  const head = texts.slice(0, mostNamed);
  const rest = texts.length - head.length;
  const en = head.map((text) => text.en).join('; ');
  const zh = head.map((text) => text.zh).join('；');
  return rest === 0
    ? { en, zh: `经核查，${zh}` }
    : { en: `${en}; and ${rest} more`, zh: `经核查，${zh}；另有 ${rest} 项` };
}
