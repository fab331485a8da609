import { defineCheck, fail, pass } from '../../check.ts';
import { strangerEvidence } from '../stranger-evidence.ts';

export const etcdPeerTls = defineCheck({
  id: 'etcd-peer-tls',
  scope: 'etcd',
  catalogue: ['ETCD-003'],
  title: { en: 'Members of etcd know each other by certificate', zh: 'etcd 成员间通信启用双向 TLS' },
  severity: 'high',
  rationale: {
    en: 'The whole content of the store passes between members, and who joins that traffic can rewrite it, past every login.',
    zh: '存储的全部内容在成员间传输，能接入该通信者可绕过登录篡改数据。',
  },
  remediation: {
    en: 'Set peer-transport-security with certificate, key and trusted-ca-file on every member, one after the other.',
    zh: '在每个成员上依次配置 peer-transport-security 的证书、私钥与 trusted-ca-file。',
  },
  fix: [
    'peer-transport-security:\n  cert-file: /etc/etcd/server.crt\n  key-file: /etc/etcd/server.key\n  trusted-ca-file: /etc/etcd/ca.crt\n  client-cert-auth: true',
    'systemctl restart etcd',
  ],
  needs: ['etcd.peer-tls'],
  params: {},
  evaluate({ 'etcd.peer-tls': ports }) {
    const evidence = ports.map((port) => strangerEvidence('etcd.peer-tls', port, '/version'));
    const plain = ports.filter(({ tls }) => tls === null).map(({ url }) => url);
    if (plain.length > 0) {
      return fail(
        {
          en: `members talk over plain HTTP at ${plain.join(', ')}`,
          zh: `经核查，成员间以明文 HTTP 通信：${plain.join('、')}`,
        },
        ...evidence,
      );
    }
    const open = ports.filter(({ answered }) => answered).map(({ url }) => url);
    if (open.length > 0) {
      return fail(
        {
          en: `the peer port answers without a certificate at ${open.join(', ')}`,
          zh: `经核查，成员端口应答无证书的连接：${open.join('、')}`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `peer ports that refuse strangers: ${ports.length} of ${ports.length}`,
        zh: `经核查，${ports.length} 个成员端口均拒绝无证书的连接，符合要求`,
      },
      ...evidence,
    );
  },
});
