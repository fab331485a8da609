import { defineCheck, fail, notApplicable, pass, warn } from '../../check.ts';
import { findDurationMs } from '../guc-duration.ts';
import { nameList } from '../name-list.ts';
import { roleSettingsEvidence } from '../role-setting-evidence.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings, serverVersionNum } from '../setting-verdict.ts';

export const pgIdleTimeout = defineCheck({
  id: 'pg-idle-timeout',
  catalogue: ['AUTH-016'],
  title: { en: 'Idle sessions of administrators are ended', zh: '管理员空闲会话自动退出' },
  severity: 'medium',
  rationale: {
    en: 'A session left open on an unattended screen is a login without a password for whoever comes next.',
    zh: '无人值守的已登录会话等同于免口令登录，应在空闲一定时间后自动断开。',
  },
  remediation: {
    en: 'Set idle_session_timeout for every role of a person; leave roles of connection pools without it.',
    zh: '为每个人员账号设置 idle_session_timeout；连接池使用的账号可不设置。',
  },
  fix: [`ALTER ROLE {role} SET idle_session_timeout = '15min'`],
  needs: ['pg.settings', 'pg.roles'],
  /** Administrators are the login roles with SUPERUSER or CREATEROLE. */
  params: { maximumIdleMinutes: 30 },
  evaluate({ 'pg.settings': settings, 'pg.roles': roles }, { maximumIdleMinutes }) {
    const version = settingEvidence(settings, 'server_version_num', { en: '140000 or later', zh: '140000 及以上' });
    if (serverVersionNum(settings) < 140000) {
      return warn(
        {
          en: 'the server has no idle_session_timeout before version 14: the pooler or proxy must end idle sessions',
          zh: '经核查，该版本（低于 14）不支持 idle_session_timeout，需由连接池或代理断开空闲会话',
        },
        version,
      );
    }
    const expected = { en: `1 to ${maximumIdleMinutes} min`, zh: `1 至 ${maximumIdleMinutes} 分钟` };
    const bounded = (value: string): boolean => {
      const idleMs = findDurationMs(value);
      return idleMs !== undefined && idleMs > 0 && idleMs <= maximumIdleMinutes * 60_000;
    };
    const admins = roles.roles.filter((role) => role.canLogin && (role.superuser || role.createRole));
    const own = roles.settings.filter(
      ({ name, role, database }) =>
        name === 'idle_session_timeout' && database === null && admins.some((admin) => admin.name === role),
    );
    const unproven = findUnprovenSettings(settings, ['idle_session_timeout']);
    const inherits = admins.filter(({ name }) => !own.some(({ role }) => role === name));
    if (unproven !== undefined && inherits.length > 0) return unproven;

    const server = settingEvidence(settings, 'idle_session_timeout', expected);
    const evidence = [...(unproven === undefined ? [server] : []), ...roleSettingsEvidence(own, expected)];
    const open = admins
      .filter(({ name }) => !bounded(own.find(({ role }) => role === name)?.value ?? server.actual))
      .map(({ name }) => name);
    if (admins.length === 0) {
      return notApplicable({ en: 'no administrator can log in', zh: '不存在可登录的管理员账号' }, ...evidence);
    }
    if (open.length === 0) {
      return pass(
        {
          en: `idle sessions of ${nameList(admins.map(({ name }) => name)).en} end within ${maximumIdleMinutes} min`,
          zh: `经核查，管理员账号的空闲会话均在 ${maximumIdleMinutes} 分钟内断开，符合要求`,
        },
        ...evidence,
      );
    }
    const list = nameList(open);
    const reason = {
      en: `idle sessions of ${list.en} are not ended within ${maximumIdleMinutes} min`,
      zh: `经核查，管理员账号 ${list.zh} 的空闲会话未在 ${maximumIdleMinutes} 分钟内断开`,
    };
    return open.length === admins.length ? fail(reason, ...evidence) : warn(reason, ...evidence);
  },
});
