import { defineCheck, insufficientData, notApplicable, type SqlEvidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { psqlRows } from '../psql-output.ts';

const dayMs = 86_400_000;

export const pgNoDormantRoles = defineCheck({
  id: 'pg-no-dormant-roles',
  catalogue: ['ROLE-009'],
  title: { en: 'Every login role is in use', zh: '不存在长期未使用的登录账号' },
  severity: 'medium',
  rationale: {
    en: 'An account that nobody uses is missed by nobody when it is stolen. PostgreSQL keeps no last login: seen are open sessions and the connections in the log of this member, as far back as it goes.',
    zh: '无人使用的账号被盗用时无人察觉。PostgreSQL 不记录最近登录时间，本项依据当前会话与本成员日志中的连接记录判断，以日志可追溯的时间为限。',
  },
  remediation: {
    en: 'Disable the role or name it as an exception; keep logs with log_connections for the period.',
    zh: '停用该账号或登记为例外；保留相应周期的连接日志（log_connections）。',
  },
  fix: ['ALTER ROLE {role} NOLOGIN'],
  needs: ['pg.roles', 'pg.sessions', 'node.server-log', 'pg.settings'],
  params: { warnDays: 60, maxDays: 90, exempt: [] as readonly string[] },
  evaluate(
    { 'pg.roles': { roles }, 'pg.sessions': sessions, 'node.server-log': log, 'pg.settings': settings },
    { warnDays, maxDays, exempt },
    { at },
  ) {
    const login = roles.filter(({ name, canLogin }) => canLogin && !exempt.includes(name)).map(({ name }) => name);
    const evidence: SqlEvidence = {
      fact: 'pg.roles',
      at: 'roles that may log in',
      actual: psqlRows(roles.filter(({ canLogin }) => canLogin).map(({ name }) => [name])),
      expected: { en: `each used within ${maxDays} days`, zh: `均在 ${maxDays} 天内使用过` },
      sql: 'SELECT rolname FROM pg_roles WHERE rolcanlogin ORDER BY rolname',
    };
    if (login.length === 0) return notApplicable({ en: 'no role may log in', zh: '无可登录账号' }, evidence);
    const connected = new Set(sessions.map(({ user }) => user));
    const daysSince = (day: string): number => Math.floor((Date.parse(at) - Date.parse(day)) / dayMs);
    const ages = login.map((name) => {
      const day = log.logins[name];
      return { name, days: connected.has(name) ? 0 : day === undefined ? undefined : daysSince(day) };
    });
    const unseen = ages.filter(({ days }) => days === undefined).map(({ name }) => name);
    const history = log.completeSince === null ? 0 : daysSince(log.completeSince);
    const isLogged =
      (settings['log_connections']?.value ?? 'off') !== 'off' && settings['log_connections']?.value !== '';
    if (unseen.length > 0 && (history < maxDays || !isLogged)) {
      const list = nameList(unseen);
      return insufficientData(
        {
          en: `the log of this member goes back ${isLogged ? history : 0} of ${maxDays} days and shows no login of ${list.en}`,
          zh: `本成员的连接日志仅可追溯 ${isLogged ? history : 0} 天（需 ${maxDays} 天），其中没有 ${list.zh} 的登录记录`,
        },
        evidence,
      );
    }
    return verdictOf({
      complaints: ages.flatMap(({ name, days = history }) =>
        days <= warnDays
          ? []
          : [
              complaint(
                days > maxDays ? 'fail' : 'warn',
                `${name} has not logged in for ${days} days`,
                `账号 ${name} 已 ${days} 天未登录`,
              ),
            ],
      ),
      good: {
        en: `${login.length} login roles were used within ${warnDays} days`,
        zh: `${login.length} 个登录账号均在 ${warnDays} 天内使用过`,
      },
      evidence: [evidence],
    });
  },
});
