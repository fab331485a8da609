import { fail, pass, undecided, warn, type Evidence, type Verdict } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';
import { settingEvidence } from './setting-evidence.ts';

type Settings = FactMap['pg.settings'];

/** What one value of one setting means. */
export type Level = 'pass' | 'warn' | 'fail';

/** A rule for one setting: what is wanted, in words, and what each value is worth. */
export interface SettingRule {
  readonly name: string;
  readonly expected: Text;
  readonly judge: (value: string) => Level;
}

/** The same words in both languages: values, names, statements. */
export const same = (words: string): Text => ({ en: words, zh: words });

/** A rule for a switch that should have one value; any other value is worth `otherwise`. */
export const wants = (name: string, value: string, otherwise: 'warn' | 'fail'): SettingRule => ({
  name,
  expected: same(value),
  judge: (actual) => (actual === value ? 'pass' : otherwise),
});

/** Judges several settings at once: the worst one decides, every one is evidence. */
export function judgeSettings(settings: Settings, rules: readonly SettingRule[]): Verdict {
  const unproven = findUnprovenSettings(
    settings,
    rules.map(({ name }) => name),
  );
  if (unproven !== undefined) return unproven;

  const judged = rules.map((rule) => {
    const evidence = settingEvidence(settings, rule.name, rule.expected);
    return { rule, evidence, level: rule.judge(evidence.actual) };
  });
  const evidence = judged.map((item) => item.evidence);
  const wrong = judged.filter(({ level }) => level !== 'pass');
  if (wrong.length === 0) return pass(observed(evidence, '，符合要求'), ...evidence);

  const reason = {
    en: wrong.map((item) => `${item.rule.name} is ${shown(item)}, expected ${item.rule.expected.en}`).join('; '),
    zh: `经核查，${wrong.map((item) => `${item.rule.name} 为 ${shown(item)}，应为 ${item.rule.expected.zh}`).join('；')}`,
  };
  return wrong.some(({ level }) => level === 'fail') ? fail(reason, ...evidence) : warn(reason, ...evidence);
}

/** `a is 1, b is 2` in both languages; `tail` ends the Chinese sentence. */
export function observed(evidence: readonly Evidence[], tail = ''): Text {
  return {
    en: evidence.map((item) => `${item.at} is ${item.actual || 'empty'}`).join(', '),
    zh: `经核查，${evidence.map((item) => `${item.at} 为 ${item.actual || '空'}`).join('，')}${tail}`,
  };
}

const shown = ({ evidence }: { readonly evidence: Evidence }): string => evidence.actual || "''";

/** Where a value comes from that holds for the probe's session or role alone, not for the server. */
const ownSources: ReadonlySet<string> = new Set(['database', 'user', 'database user', 'client', 'session']);

/** True when a value is that of the probe's own role, database or session. */
export const isOwnValue = (setting: Settings[string] | undefined): boolean =>
  setting !== undefined && ownSources.has(setting.source);

/**
 * True when the role lacks pg_read_all_settings: it then sees no superuser-only setting at all, and this is one that
 * every server has.
 */
export const hidesSettings = (settings: Settings): boolean => settings['shared_preload_libraries'] === undefined;

/**
 * Undecided when a setting is hidden from the probe's role, or overridden for its own role, database or session, so
 * that what other sessions get cannot be seen; undefined when every one shows the server's value.
 */
export function findUnprovenSettings(settings: Settings, names: readonly string[]): Verdict | undefined {
  const hidden = names.filter((name) => settings[name] === undefined);
  if (hidden.length > 0) {
    const list = hidden.join(', ');
    return undecided(
      {
        en: `this server does not show ${list} to the audit role; grant pg_monitor, or check that the server knows it`,
        zh: `审计账号无法读取 ${list}，请授予 pg_monitor，或确认该版本支持此参数`,
      },
      ...hidden.map((name) => settingEvidence(settings, name, { en: 'a visible value', zh: '可读取的值' })),
    );
  }
  const own = names.filter((name) => isOwnValue(settings[name]));
  if (own.length === 0) return undefined;
  return undecided(
    {
      en: `${own.join(', ')} is overridden for the audit role or database, so the server's own value is out of sight; RESET it there`,
      zh: `${own.join('、')} 被审计账号或所连数据库的专属设置覆盖，无法看到服务器的实际值，请对其执行 RESET`,
    },
    ...own.map((name) => ({
      fact: 'pg.settings' as const,
      at: `${name} source`,
      actual: settings[name]?.source ?? '',
      expected: { en: 'the configuration file or default', zh: '配置文件或默认值' },
      sql: `SELECT source FROM pg_settings WHERE name = '${name}'`,
    })),
  );
}

/** server_version_num as a number: 180004. Every server shows it. */
export function serverVersionNum(settings: Settings): number {
  const value = Number(settings['server_version_num']?.value);
  if (!Number.isInteger(value)) throw new Error('pg.settings holds no server_version_num');
  return value;
}
