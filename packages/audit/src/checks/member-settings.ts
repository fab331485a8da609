import { fail, notApplicable, pass, undecided, warn, type Evidence, type Verdict } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';
import type { Seen } from './members.ts';
import { psqlRows } from './psql-output.ts';
import { settingEvidence } from './setting-evidence.ts';
import { hidesSettings, isOwnValue } from './setting-verdict.ts';
import { sqlLiteral, sqlLiterals } from './sql-literal.ts';

type Settings = FactMap['pg.settings'];

/** Which settings to compare: exact names, and prefixes such as `log_`. */
export interface SettingGroup {
  readonly names: readonly string[];
  readonly prefixes: readonly string[];
  /** Names under those prefixes that may differ between members. */
  readonly except: readonly string[];
}

/** Fails when a setting of the group differs between members, or one member lacks it. Every member must be seen. */
export function compareSettings(members: readonly Seen<Settings>[], group: SettingGroup): Verdict {
  const names = [...new Set(members.flatMap(({ value }) => Object.keys(value)))]
    .filter((name) => inGroup(name, group))
    .toSorted();
  const listing = members.map((seen) => listEvidence(seen, names, group));
  if (members.length < 2) {
    return notApplicable({ en: 'there is only one member', zh: '仅有一个成员，本项不适用' }, ...listing);
  }
  // Where the audit role or database has its own value, what other sessions get is out of sight.
  const overridden = names.filter((name) => members.some(({ value }) => isOwnValue(value[name])));
  const blind = members.filter(({ value }) => hidesSettings(value));
  const isHidden = (name: string): boolean => blind.some(({ value }) => value[name] === undefined);
  const comparable = names.filter((name) => !overridden.includes(name) && !isHidden(name));
  const different = comparable.filter((name) => new Set(members.map(({ value }) => value[name]?.value)).size > 1);
  if (different.length > 0) {
    const evidence = different.flatMap((name) =>
      members.map(({ member, value }): Evidence => ({
        ...settingEvidence(value, name, { en: 'the same on every member', zh: '各成员一致' }),
        subject: member,
      })),
    );
    return fail(
      { en: `members differ in ${different.join(', ')}`, zh: `经核查，各成员的 ${different.join('、')} 不一致` },
      ...evidence,
    );
  }
  if (blind.length > 0) {
    const who = blind.map(({ member }) => member).join(', ');
    return undecided(
      {
        en: `${comparable.length} settings are equal, but ${who} hides settings from the audit role; grant pg_monitor`,
        zh: `${comparable.length} 项参数一致，但 ${who} 对审计账号隐藏部分参数，无法判定，请授予 pg_monitor`,
      },
      ...listing,
    );
  }
  if (overridden.length > 0) {
    const list = overridden.join(', ');
    return warn(
      {
        en: `${comparable.length} settings are equal, but ${list} is overridden for the audit role or database and could not be compared`,
        zh: `经核查，${comparable.length} 项参数一致，但 ${list} 被审计账号或所连数据库的专属设置覆盖，无法比较`,
      },
      ...listing,
    );
  }
  return pass(
    {
      en: `${comparable.length} settings are equal on ${members.length} members`,
      zh: `经核查，${members.length} 个成员的 ${comparable.length} 项参数一致，符合要求`,
    },
    ...listing,
  );
}

const inGroup = (name: string, { names, prefixes, except }: SettingGroup): boolean =>
  names.includes(name) || (prefixes.some((prefix) => name.startsWith(prefix)) && !except.includes(name));

/** All compared settings of one member, one `name|value` a line. */
function listEvidence({ member, value }: Seen<Settings>, names: readonly string[], group: SettingGroup): Evidence {
  const expected: Text = { en: 'the same list on every member', zh: '各成员列表一致' };
  const conditions = [
    ...(group.names.length > 0 ? [`name IN (${sqlLiterals(group.names)})`] : []),
    ...group.prefixes.map((prefix) => `left(name, ${prefix.length}) = ${sqlLiteral(prefix)}`),
  ];
  const except = group.except.length > 0 ? ` AND name NOT IN (${sqlLiterals(group.except)})` : '';
  return {
    fact: 'pg.settings',
    subject: member,
    at: 'compared settings',
    actual: psqlRows(names.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name].value]]))),
    expected,
    sql: `SELECT name, setting FROM pg_settings WHERE (${conditions.join(' OR ')})${except} ORDER BY name COLLATE "C"`,
  };
}
