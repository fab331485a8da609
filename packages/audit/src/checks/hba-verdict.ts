import { fail, pass, undecided, warn, type Evidence, type Verdict } from '../check.ts';
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
  if (judged.length === 0) return passIfLoaded(hba, good, shown);
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

/**
 * A pass, where the rules on file are those the server runs on; undecided where they are known to be others: a line that
 * does not parse keeps the old rules in force, and so does an edit until the next reload.
 */
export function passIfLoaded(hba: FactMap['pg.hba'], good: Text, ...evidence: readonly Evidence[]): Verdict {
  const { errors, changedSinceReload } = hba;
  if (errors.length > 0) {
    return undecided(
      {
        en: 'no rule on file is at fault, but a line of it does not parse, so the server may run on older rules; correct it (pg-hba-parses)',
        zh: '规则文件中未发现问题，但文件存在无法解析的行，服务器可能仍在使用旧规则，无法判定，请先更正（pg-hba-parses）',
      },
      ...evidence,
    );
  }
  if (changedSinceReload === true) {
    return undecided(
      {
        en: 'no rule on file is at fault, but the file was changed after the last reload, so the server may run on others; reload it',
        zh: '规则文件中未发现问题，但文件在最近一次重新加载之后被修改，当前生效规则可能不同，无法判定，请重新加载',
      },
      ...evidence,
    );
  }
  return pass(good, ...evidence);
}
