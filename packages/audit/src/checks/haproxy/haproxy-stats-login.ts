import { defineCheck, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import type { Text } from '../../text.ts';
import { complaint, verdictOf } from '../complaints.ts';

type Exposure = FactMap['haproxy.exposure'];

export const haproxyStatsLogin = defineCheck({
  id: 'haproxy-stats-login',
  scope: 'haproxy',
  catalogue: ['HAP-006', 'NET-006'],
  title: { en: 'The statistics page asks for a login, over TLS', zh: 'HAProxy 统计与管理页面需登录且使用 TLS' },
  severity: 'high',
  rationale: {
    en: 'Whoever sees the page knows every member and who is primary; with the admin level anybody takes servers out of service.',
    zh: '任何人访问该页面即可获知全部成员及主库；开启管理功能时还可随意下线后端。',
  },
  remediation: {
    en: 'Set stats auth with a password of your own, bind the page to the administration network with a certificate, and leave stats admin out.',
    zh: '设置 stats auth 并使用自有口令，将页面绑定到管理网段并启用证书，不使用 stats admin。',
  },
  fix: ['stats auth {user}:{password}', 'bind {admin address}:9101 ssl crt /etc/haproxy/cert.pem'],
  needs: ['haproxy.exposure'],
  params: {},
  evaluate({ 'haproxy.exposure': seen }) {
    const { page, canChange, metrics, isTls, isLoopback } = seen;
    return verdictOf({
      complaints: [
        ...(canChange
          ? [
              complaint(
                'fail',
                'anybody may change the state of servers on the statistics page',
                '任何人均可在统计页面修改后端状态',
              ),
            ]
          : []),
        ...(page.isOpen
          ? [complaint('fail', 'the statistics page opens without a login', '统计页面无需登录即可访问')]
          : []),
        ...(metrics.isOpen
          ? [complaint('warn', 'the metrics are open to anybody who reaches the port', '指标端点对可达该端口者公开')]
          : []),
        ...(isTls || isLoopback
          ? []
          : [complaint('warn', 'the page travels without TLS, its password too', '页面及其口令以明文传输')]),
      ],
      good: {
        en: `the page answers HTTP ${page.status} to a stranger`,
        zh: `未登录访问返回 HTTP ${page.status}`,
      },
      evidence: [
        ...statusEvidence(seen, '/', page.status, { en: '401 or 403', zh: '401 或 403' }),
        ...statusEvidence(seen, '/metrics', metrics.status, {
          en: 'not 200, or a network of its own',
          zh: '非 200，或独立网络',
        }),
      ],
    });
  },
});

const statusEvidence = ({ isTls }: Exposure, path: string, status: number, expected: Text): readonly Evidence[] => [
  {
    fact: 'haproxy.exposure',
    at: `${path} without a login${isTls ? ', TLS' : ''}`,
    actual: String(status),
    expected,
    shell: `curl -ksS --max-time 10 -o /dev/null -w '%{http_code}' {url}${path}`,
  },
];
