import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { remoteSessionsEvidence } from '../session-evidence.ts';

export const pgSuperuserNotInApplications = defineCheck({
  id: 'pg-superuser-not-in-applications',
  catalogue: ['ROLE-002'],
  title: { en: 'No application works as a superuser', zh: '应用程序未使用超级用户' },
  severity: 'high',
  rationale: {
    en: 'A flaw in such an application is a flaw in the whole host. One sample is seen: superusers connected from other hosts; an hour, or several sessions at once, is no administrator at work.',
    zh: '以超级用户运行的应用一旦存在漏洞即危及整台主机。本项观察一次采样：从其他主机连接的超级用户会话，持续一小时以上或同时多个会话视为应用使用。',
  },
  remediation: {
    en: 'Give the application a role of its own with the privileges it needs; declare administrative programs and hosts as parameters.',
    zh: '为应用分配独立的最小权限账号；管理工具与管理主机请在参数中声明。',
  },
  fix: ['CREATE ROLE {role} LOGIN', 'GRANT {group} TO {role}'],
  needs: ['pg.roles', 'pg.sessions'],
  params: {
    adminAddresses: [] as readonly string[],
    adminApplications:
      '^(psql|pg_dump|pg_restore|pg_basebackup|pg_receivewal|pg_rewind|pgAdmin|DBeaver|Patroni|pgBackRest|pgattest)',
    sustainedMinutes: 60,
    sustainedSessions: 3,
  },
  evaluate({ 'pg.roles': { roles }, 'pg.sessions': sessions }, params, { at }) {
    const superusers = roles.filter(({ superuser }) => superuser).map(({ name }) => name);
    const remote = sessions.filter(({ superuser, isLocal }) => superuser && !isLocal);
    const isAdmin = new RegExp(params.adminApplications, 'iu');
    const strange = remote.filter(
      ({ address, application }) => !isAdmin.test(application) && !params.adminAddresses.includes(address ?? ''),
    );
    const expected = { en: 'administrators only', zh: '仅管理员' };
    const evidence = remoteSessionsEvidence(
      superusers,
      [...new Set(remote.map(({ user }) => user))].toSorted(),
      expected,
    );
    return verdictOf({
      complaints: strange.map(({ user, address, application, count, oldestSince }) => {
        const minutes = Math.floor((Date.parse(at) - Date.parse(oldestSince)) / 60_000);
        const isSustained = minutes >= params.sustainedMinutes || count >= params.sustainedSessions;
        return complaint(
          isSustained ? 'fail' : 'warn',
          `${user} has ${count} sessions from ${address ?? ''} as "${application}", the oldest for ${minutes} min`,
          `超级用户 ${user} 自 ${address ?? ''} 以“${application}”建立 ${count} 个会话，最长 ${minutes} 分钟`,
        );
      }),
      good: {
        en: `${superusers.length} superusers, none of them connected by an application from another host`,
        zh: `${superusers.length} 个超级用户均未被其他主机上的应用使用`,
      },
      evidence: [evidence],
    });
  },
});
