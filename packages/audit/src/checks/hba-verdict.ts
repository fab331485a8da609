import { fail, pass, warn, type Evidence, type Verdict } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';
import { ruleEvidence, ruleLineText, type OptionName } from './hba-evidence.ts';
import type { HbaRule } from './hba-match.ts';
import { evidenceRows } from './name-list.ts';

/** A rule that is not as it should be. */
export interface JudgedRule {
  readonly rule: HbaRule;
  readonly level: 'warn' | 'fail';
  /** What is wrong, for `line 5: …`. */
  readonly why: Text;
  readonly expected: Text;
  /** Options that the verdict rests on. */
  readonly options?: readonly OptionName[];
  /** Further evidence beside the rule itself. */
  readonly also?: readonly Evidence[];
}

/** The worst rule decides; every judged rule is named and is evidence, up to a readable number. */
export function judgeRules(
  hba: FactMap['pg.hba'],
  judged: readonly JudgedRule[],
  good: Text,
  shown: Evidence,
): Verdict {
  if (judged.length === 0) return pass(good, shown);
  const worstFirst = [
    ...judged.filter(({ level }) => level === 'fail'),
    ...judged.filter(({ level }) => level === 'warn'),
  ];
  const named = worstFirst.slice(0, 5).map((item) => ({ ...item, line: ruleLineText(hba, item.rule) }));
  const rest = judged.length - named.length;
  const reason = {
    en: `${named.map(({ line, why }) => `${line.en}: ${why.en}`).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`,
    zh: `经核查，pg_hba 存在 ${judged.length} 条不符合要求的规则：${named
      .map(({ line, why }) => `${line.zh}${why.zh}`)
      .join('；')}${rest > 0 ? '等' : ''}`,
  };
  const evidence = worstFirst
    .slice(0, evidenceRows)
    .flatMap(({ rule, expected, options, also = [] }) => [ruleEvidence(hba, rule, expected, options), ...also]);
  return worstFirst[0]?.level === 'fail' ? fail(reason, ...evidence) : warn(reason, ...evidence);
}
