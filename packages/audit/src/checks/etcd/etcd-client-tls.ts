import { defineCheck, fail, pass } from '../../check.ts';
import { strangerEvidence } from '../stranger-evidence.ts';

export const etcdClientTls = defineCheck({
  id: 'etcd-client-tls',
  scope: 'etcd',
  catalogue: ['ETCD-002'],
  title: { en: 'etcd talks to holders of a certificate alone', zh: 'etcd 客户端通信启用双向 TLS' },
  severity: 'critical',
  rationale: {
    en: 'Who writes to etcd decides which server is the primary and which commands Patroni runs; the login travels in the same connection.',
    zh: '能写入 etcd 即可决定主库归属及 Patroni 执行的命令，登录口令也在同一连接中传输。',
  },
  remediation: {
    en: 'Give etcd a certificate and a trusted authority for clients (cert-file, key-file, trusted-ca-file): the authority alone makes certificates required.',
    zh: '为 etcd 配置服务证书与客户端信任的 CA（cert-file、key-file、trusted-ca-file），配置信任 CA 后即强制客户端证书。',
  },
  fix: [
    'client-transport-security:\n  cert-file: /etc/etcd/server.crt\n  key-file: /etc/etcd/server.key\n  trusted-ca-file: /etc/etcd/ca.crt',
    'systemctl restart etcd',
  ],
  needs: ['etcd.tls'],
  params: {},
  evaluate({ 'etcd.tls': seen }) {
    const evidence = strangerEvidence('etcd.tls', seen, '/version');
    if (seen.tls === null) {
      return fail(
        { en: 'etcd serves clients over plain HTTP', zh: '经核查，etcd 以明文 HTTP 提供客户端服务' },
        evidence,
      );
    }
    if (seen.answered) {
      return fail(
        {
          en: 'etcd is encrypted, but answers clients without a certificate',
          zh: '经核查，etcd 已加密，但应答无证书的客户端',
        },
        evidence,
      );
    }
    return pass(
      {
        en: `etcd refuses clients without a certificate (${seen.tls.protocol})`,
        zh: `经核查，etcd 拒绝无证书的客户端（${seen.tls.protocol}），符合要求`,
      },
      evidence,
    );
  },
});
