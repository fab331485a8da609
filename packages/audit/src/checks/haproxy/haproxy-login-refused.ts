import { defineCheck, notApplicable } from '../../check.ts';
import { verdictOf } from '../complaints.ts';
import { judgeStranger } from '../login-verdict.ts';
import { shellWord } from '../node-evidence.ts';

export const haproxyLoginRefused = defineCheck({
  id: 'haproxy-login-refused',
  scope: 'haproxy',
  catalogue: ['AUTH-017'],
  title: { en: 'No service of HAProxy lets in who cannot prove who it is', zh: 'HAProxy 各服务均拒绝未通过鉴别的登录' },
  severity: 'critical',
  rationale: {
    en: 'What stands behind a service decides; whoever finds a service finds the weakest of its backends.',
    zh: '服务后端决定鉴别强度，任一薄弱后端都会经由服务暴露。',
  },
  remediation: {
    en: 'Mend the authentication of the listener behind the service: pg_hba.conf or auth_type of PgBouncer.',
    zh: '修正服务后端监听的鉴别配置：pg_hba.conf 或 PgBouncer 的 auth_type。',
  },
  fix: ['auth_type = scram-sha-256', 'host{…} {database} {user} {address} scram-sha-256'],
  needs: ['haproxy.login-attempts'],
  params: {},
  evaluate({ 'haproxy.login-attempts': services }) {
    if (services.length === 0) {
      return notApplicable({ en: 'no service is declared', zh: '未声明任何服务，本项不适用' });
    }
    const judged = services.flatMap(({ service: { name, host, port }, login }) =>
      login === null
        ? []
        : [
            judgeStranger({
              fact: 'haproxy.login-attempts',
              login,
              name,
              host: shellWord(host),
              port: String(port),
            }),
          ],
    );
    const silent = services.flatMap(({ service: { name }, problem }) =>
      problem === null ? [] : [{ en: `${name} did not answer: ${problem}`, zh: `${name} 未应答：${problem}` }],
    );
    return verdictOf({
      complaints: judged.flatMap(({ complaints }) => complaints),
      unknown: [...judged.flatMap(({ unknown }) => unknown), ...silent],
      good: {
        en: `${judged.length} services refuse an unknown role with a wrong password`,
        zh: `${judged.length} 个服务均拒绝未知账号与错误口令`,
      },
      evidence: judged.map(({ evidence }) => evidence),
    });
  },
});
