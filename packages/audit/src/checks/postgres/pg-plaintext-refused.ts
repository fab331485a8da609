import { defineCheck } from '../../check.ts';
import { verdictOf } from '../complaints.ts';
import { judgePlaintext } from '../login-verdict.ts';

export const pgPlaintextRefused = defineCheck({
  id: 'pg-plaintext-refused',
  catalogue: ['AUTH-018'],
  title: { en: 'PostgreSQL refuses unencrypted logins from the network', zh: 'PostgreSQL 拒绝来自网络的明文登录' },
  severity: 'high',
  rationale: {
    en: 'A client that begins without TLS sends its proof, and then its data, for all to read. Tried with a role that does not exist: rules for named roles are judged elsewhere.',
    zh: '未加密的连接会使鉴别信息与数据在网络上明文传输。以不存在的账号实测，针对具体账号的规则由其他检查项判断。',
  },
  remediation: {
    en: 'Use hostssl rules only, end with a hostnossl reject, and reload.',
    zh: '仅使用 hostssl 规则，末尾以 hostnossl … reject 收尾并重新加载。',
  },
  fix: ['hostnossl all all all reject', 'SELECT pg_reload_conf()'],
  needs: ['pg.login-attempts'],
  params: {},
  evaluate({ 'pg.login-attempts': login }) {
    const { complaints, unknown, evidence } = judgePlaintext({
      fact: 'pg.login-attempts',
      login,
      name: '',
      host: '{host}',
      port: '{port}',
    });
    const good = { en: 'an unencrypted login is refused before any password', zh: '明文登录在口令交换前即被拒绝' };
    return verdictOf({ complaints, unknown, good, evidence: [evidence] });
  },
});
