import { defineCheck, manual } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { remoteSessionsEvidence } from '../session-evidence.ts';

export const pgAccountsPersonal = defineCheck({
  id: 'pg-accounts-personal',
  catalogue: ['ROLE-007'],
  title: { en: 'Accounts of persons are used by one person each', zh: '个人账号未被共用' },
  severity: 'medium',
  rationale: {
    en: 'What a shared account did nobody did. One sample is seen: from how many hosts an account of a person is used at once; which accounts are those of persons has to be declared.',
    zh: '共用账号的操作无法追溯到个人。本项观察一次采样中个人账号同时来自多少台主机；哪些账号属于个人须由组织声明。',
  },
  remediation: {
    en: 'Give everybody a role of their own, and make shared ones NOLOGIN groups.',
    zh: '为每人分配独立账号，共用账号改为 NOLOGIN 的组角色。',
  },
  fix: ['CREATE ROLE {person} LOGIN IN ROLE {group}', 'ALTER ROLE {group} NOLOGIN'],
  needs: ['pg.roles', 'pg.sessions'],
  params: { persons: '', mostWorkstations: 2 },
  evaluate({ 'pg.roles': { roles }, 'pg.sessions': sessions }, { persons, mostWorkstations }) {
    if (persons === '') {
      return manual(
        {
          en: 'which roles are accounts of persons is not declared; set params.pg-accounts-personal.persons to a pattern of their names',
          zh: '未声明哪些账号属于个人，请将 params.pg-accounts-personal.persons 设为其名称的正则表达式',
        },
        {
          fact: 'pg.roles',
          at: 'roles that may log in',
          actual: String(roles.filter(({ canLogin }) => canLogin).length),
          expected: { en: 'a pattern that names those of persons', zh: '可识别个人账号的命名规则' },
          sql: 'SELECT count(*) FROM pg_roles WHERE rolcanlogin',
        },
      );
    }
    const pattern = new RegExp(persons, 'u');
    const people = roles.filter(({ name, canLogin }) => canLogin && pattern.test(name)).map(({ name }) => name);
    const hostsOf = (user: string): number =>
      new Set(sessions.filter((session) => session.user === user).map(({ address }) => address ?? 'socket')).size;
    const remote = [
      ...new Set(sessions.filter(({ user, isLocal }) => !isLocal && people.includes(user)).map(({ user }) => user)),
    ].toSorted();
    return verdictOf({
      complaints: people.flatMap((name) => {
        const hosts = hostsOf(name);
        if (hosts < 2) return [];
        return [
          complaint(
            hosts > mostWorkstations ? 'fail' : 'warn',
            `${name} is connected from ${hosts} hosts at once`,
            `个人账号 ${name} 同时从 ${hosts} 台主机登录`,
          ),
        ];
      }),
      good: {
        en: `${people.length} accounts of persons, none used from several hosts at once`,
        zh: `${people.length} 个个人账号均未同时从多台主机使用`,
      },
      evidence: [remoteSessionsEvidence(people, remote, { en: 'one host each', zh: '各自一台主机' })],
    });
  },
});
