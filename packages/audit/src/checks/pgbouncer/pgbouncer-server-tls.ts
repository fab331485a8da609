import { defineCheck, fail, notApplicable, pass, warn } from '../../check.ts';
import { nameList } from '../name-list.ts';
import { configEvidence, findSetting, hostsEvidence } from '../pgbouncer-evidence.ts';

export const pgbouncerServerTls = defineCheck({
  id: 'pgbouncer-server-tls',
  scope: 'pgbouncer',
  catalogue: ['PGB-002'],
  title: {
    en: 'PgBouncer verifies the servers it reaches over a network',
    zh: 'PgBouncer 经网络访问数据库时校验其证书',
  },
  severity: 'medium',
  rationale: {
    en: 'The default prefer falls back to clear text, and require takes any certificate: whoever sits in between reads and answers.',
    zh: '默认的 prefer 会退回明文，require 接受任何证书，中间人可读取并伪造应答。',
  },
  remediation: {
    en: 'Set server_tls_sslmode = verify-full with server_tls_ca_file, or let PgBouncer use the Unix socket of its own host.',
    zh: '设置 server_tls_sslmode = verify-full 与 server_tls_ca_file，或改用本机 Unix 套接字。',
  },
  fix: ['server_tls_sslmode = verify-full', 'server_tls_ca_file = {ca.crt}', 'RELOAD'],
  needs: ['pgbouncer.config', 'pgbouncer.databases'],
  params: {},
  evaluate({ 'pgbouncer.config': config, 'pgbouncer.databases': databases }) {
    const mode = findSetting(config, 'server_tls_sslmode') ?? 'disable';
    const evidence = [
      configEvidence(config, ['server_tls_sslmode'], {
        en: 'verify-ca or verify-full',
        zh: 'verify-ca 或 verify-full',
      }),
      hostsEvidence(databases, { en: 'sockets of this host, or verified servers', zh: '本机套接字或经校验的服务器' }),
    ];
    const remote = databases.filter(({ host }) => host !== null && !/^(?:[/@]|127\.|::1$|localhost$)/u.test(host));
    if (remote.length === 0) {
      return notApplicable({ en: 'every database is on this host', zh: '所有数据库均在本机，本项不适用' }, ...evidence);
    }
    const { en, zh } = nameList(remote.map(({ name, host }) => `${name} (${host ?? ''})`));
    if (mode === 'verify-ca' || mode === 'verify-full') {
      return pass({ en: `${mode} for ${en}`, zh: `经核查，对 ${zh} 使用 ${mode}，符合要求` }, ...evidence);
    }
    return mode === 'require'
      ? warn({ en: `require takes any certificate of ${en}`, zh: `经核查，require 不校验 ${zh} 的证书` }, ...evidence)
      : fail(
          { en: `${mode} lets ${en} be reached in clear text`, zh: `经核查，${mode} 允许以明文访问 ${zh}` },
          ...evidence,
        );
  },
});
