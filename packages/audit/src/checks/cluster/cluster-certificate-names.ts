import { defineClusterCheck, notApplicable, type Evidence } from '../../check.ts';
import type { FactId } from '../../facts.ts';
import type { TlsFact } from '../../tls-fact.ts';
import { namesHost } from '../certificate-names.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { findSeen, seenMembers, unseenMembers } from '../members.ts';
import { shellWord } from '../node-evidence.ts';

/** A port, its certificate, and the host by which clients reach it. */
interface Endpoint {
  readonly fact: FactId;
  readonly subject: string;
  readonly host: string;
  readonly port: number;
  readonly tls: TlsFact;
}

const noNames: readonly string[] = [];

export const clusterCertificateNames = defineClusterCheck({
  id: 'cluster-certificate-names',
  catalogue: ['TLS-007'],
  title: { en: 'Certificates name the addresses that clients use', zh: '证书名称与客户端访问地址一致' },
  severity: 'medium',
  rationale: {
    en: 'A client that verifies refuses a certificate without the name it asked for; so people stop verifying, and anybody may stand in between.',
    zh: '证书不含访问地址时，启用校验的客户端会拒绝连接，使用者随之关闭校验，从而失去防中间人的能力。',
  },
  remediation: {
    en: 'Issue certificates that name host, address, virtual address and service names of every endpoint.',
    zh: '重新签发证书，包含各端点的主机名、地址、虚拟地址与服务名称。',
  },
  fix: [
    'openssl req -new -key server.key -out server.csr -subj /CN={host} -addext subjectAltName=DNS:{host},IP:{address}',
  ],
  needs: [
    'pg.tls-offers',
    'pg.tls-endpoint',
    'pgbouncer.tls-offers',
    'pgbouncer.tls',
    'haproxy.service-tls',
    'node.vip',
  ],
  optional: ['pgbouncer.tls-offers', 'pgbouncer.tls', 'haproxy.service-tls', 'node.vip'],
  members: 'partial',
  /** Further names under which clients reach every server, such as a service name in DNS. */
  params: { names: noNames },
  evaluate(facts, { names }) {
    const endpoints = [
      ...seenMembers(facts['pg.tls-offers']).flatMap(({ member, value: { host, port } }): readonly Endpoint[] => {
        const tls = findSeen(facts['pg.tls-endpoint'], member);
        return tls?.offered === true ? [{ fact: 'pg.tls-endpoint', subject: member, host, port, tls }] : [];
      }),
      ...seenMembers(facts['pgbouncer.tls-offers']).flatMap(
        ({ member, value: { host, port } }): readonly Endpoint[] => {
          const tls = findSeen(facts['pgbouncer.tls'], member);
          return tls?.offered === true ? [{ fact: 'pgbouncer.tls', subject: member, host, port, tls }] : [];
        },
      ),
      ...seenMembers(facts['haproxy.service-tls']).flatMap(({ member, value }) =>
        value.flatMap(({ service: { host, port }, endpoint }): readonly Endpoint[] =>
          endpoint?.offered === true
            ? [{ fact: 'haproxy.service-tls', subject: member, host, port, tls: endpoint }]
            : [],
        ),
      ),
    ];
    if (endpoints.length === 0 && unseenMembers(facts['pg.tls-endpoint']).length === 0) {
      return notApplicable({ en: 'no endpoint offers TLS', zh: '各端点均未启用 TLS，本项不适用' });
    }
    const virtual = seenMembers(facts['node.vip']).flatMap(({ value }) =>
      value.manager === null ? [] : [value.manager.ip],
    );
    const shared = [...new Set([...virtual, ...names])];
    return verdictOf({
      complaints: endpoints.flatMap((endpoint) => complaintsOf(endpoint, shared)),
      unknown: unseenMembers(facts['pg.tls-endpoint']).map((member) => ({
        en: `${member} showed no certificate`,
        zh: `${member} 未能取得证书`,
      })),
      good: {
        en: `${endpoints.length} endpoints show a certificate with the name that clients use`,
        zh: `${endpoints.length} 个端点的证书均包含客户端访问地址`,
      },
      evidence: endpoints.map((endpoint) => nameEvidence(endpoint, endpoint.host)),
    });
  },
});

function complaintsOf(endpoint: Endpoint, shared: readonly string[]): readonly Complaint[] {
  const { fact, host, port, tls } = endpoint;
  const at = `${host}:${port}`;
  if (!namesHost(tls, host)) {
    // A service is reached by the certificate of whoever stands behind it.
    const level = fact === 'haproxy.service-tls' ? 'warn' : 'fail';
    return [
      complaint(
        level,
        `the certificate at ${at} does not name ${host}`,
        `${at} 的证书不含 ${host}`,
        nameEvidence(endpoint, host),
      ),
    ];
  }
  return shared
    .filter((name) => !namesHost(tls, name))
    .map((name) =>
      complaint(
        'warn',
        `the certificate at ${at} does not name ${name}`,
        `${at} 的证书不含 ${name}`,
        nameEvidence(endpoint, name),
      ),
    );
}

const nameEvidence = ({ fact, subject, host, port, tls }: Endpoint, name: string): Evidence => {
  const isAddress = /^[\d.]+$/u.test(name) || name.includes(':');
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    fact,
    subject,
    at: `certificate at ${address} for ${name}`,
    actual: namesHost(tls, name) ? 'yes' : 'no',
    expected: { en: 'yes', zh: 'yes' },
    shell: `openssl s_client -starttls postgres -connect ${shellWord(address)} </dev/null 2>/dev/null | openssl x509 -noout -check${isAddress ? 'ip' : 'host'} ${shellWord(name)} | grep -q 'does match' && echo yes || echo no`,
  };
};
