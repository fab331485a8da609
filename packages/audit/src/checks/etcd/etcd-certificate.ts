import { defineCheck, fail, notApplicable, pass, warn } from '../../check.ts';
import { addressOf, certificateComplaints, certificateEvidence } from '../certificate.ts';
import { strangerEvidence } from '../stranger-evidence.ts';

export const etcdCertificate = defineCheck({
  id: 'etcd-certificate',
  scope: 'etcd',
  catalogue: ['TLS-006', 'ETCD-004'],
  title: {
    en: 'etcd’s certificates are valid, strong and issued by an authority',
    zh: 'etcd 证书有效、强度足够且由证书机构签发',
  },
  severity: 'high',
  rationale: {
    en: 'An expired certificate stops etcd and with it every failover; one that etcd makes for itself (auto-tls) proves nothing to anybody.',
    zh: '证书过期会使 etcd 中断并导致无法切换；etcd 自动生成的自签名证书（auto-tls）不具备证明作用。',
  },
  remediation: {
    en: 'Issue certificates from the authority of the cluster, replace them member by member before they end, switch auto-tls and peer-auto-tls off.',
    zh: '由集群 CA 签发证书，在到期前逐个成员更换，并关闭 auto-tls 与 peer-auto-tls。',
  },
  fix: ['openssl x509 -in /etc/etcd/server.crt -noout -dates -issuer', 'systemctl restart etcd'],
  needs: ['etcd.tls', 'etcd.peer-tls'],
  params: { failDays: 7, warnDays: 30, minRsaBits: 2048, minEcBits: 256 },
  evaluate({ 'etcd.tls': client, 'etcd.peer-tls': peers }, limits, { at }) {
    const ports = [
      { fact: 'etcd.tls' as const, port: client },
      ...peers.map((port) => ({ fact: 'etcd.peer-tls' as const, port })),
    ];
    const shown = ports.flatMap(({ fact, port }) => (port.tls === null ? [] : [{ fact, port, tls: port.tls }]));
    if (shown.length === 0) {
      return notApplicable(
        {
          en: 'no port has TLS (etcd-client-tls, etcd-peer-tls)',
          zh: '各端口均未启用 TLS，本项不适用（见 etcd-client-tls、etcd-peer-tls）',
        },
        strangerEvidence('etcd.tls', client, '/version'),
      );
    }
    const evidence = shown.map(({ fact, port, tls }) => certificateEvidence(fact, addressOf(port.url), tls));
    const complaints = shown.flatMap(({ port, tls }) =>
      certificateComplaints(tls, limits, Date.parse(at)).map(({ level, text }) => ({
        level,
        en: `the certificate at ${port.url} ${text.en}`,
        zh: `${port.url} 的证书${text.zh}`,
      })),
    );
    if (complaints.length === 0) {
      const until =
        shown
          .map(({ tls }) => tls.validTo)
          .toSorted()[0]
          ?.slice(0, 10) ?? '';
      return pass(
        {
          en: `${shown.length} certificates are valid, the first ends on ${until}`,
          zh: `经核查，${shown.length} 个端口的证书均有效，最早于 ${until} 到期，符合要求`,
        },
        ...evidence,
      );
    }
    const reason = {
      en: complaints.map(({ en }) => en).join('; '),
      zh: `经核查，${complaints.map(({ zh }) => zh).join('；')}`,
    };
    return complaints.some(({ level }) => level === 'fail') ? fail(reason, ...evidence) : warn(reason, ...evidence);
  },
});
