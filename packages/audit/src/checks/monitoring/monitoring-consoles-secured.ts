import { defineCheck, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';

type Console = FactMap['monitoring.exposure'][number];

export const monitoringConsolesSecured = defineCheck({
  id: 'monitoring-consoles-secured',
  scope: 'monitoring',
  catalogue: ['MON-008', 'NET-006'],
  title: { en: 'Consoles of the monitoring ask for a login, over TLS', zh: '监控控制台需登录且使用 TLS' },
  severity: 'high',
  rationale: {
    en: 'Alertmanager has no roles: whoever reaches it silences every alert. Metrics tell an attacker what runs where.',
    zh: 'Alertmanager 没有权限划分，可访问者即可静默全部告警；指标会向攻击者暴露系统构成。',
  },
  remediation: {
    en: 'Put basic authentication or a proxy with a login before each, use TLS, and bind them to the administration network.',
    zh: '为各控制台启用基本认证或带登录的反向代理，使用 TLS，并绑定到管理网段。',
  },
  fix: ['--web.config.file=web.yml', '-httpAuth.username={user} -httpAuth.passwordFile={file} -tls'],
  needs: ['monitoring.exposure'],
  params: {},
  evaluate({ 'monitoring.exposure': consoles }) {
    return verdictOf({
      complaints: consoles.flatMap(judge),
      good: {
        en: `${consoles.map(({ console }) => console).join(', ')} refuse strangers`,
        zh: `${consoles.map(({ console }) => console).join('、')} 均拒绝未登录访问`,
      },
      evidence: consoles.map(statusEvidence),
    });
  },
});

function judge({ console, status, isTls, isLoopback }: Console): readonly Complaint[] {
  if (isLoopback) return [];
  const isOpen = status === 200;
  return [
    ...(isOpen && console === 'alertmanager'
      ? [
          complaint(
            'fail',
            'anybody may silence alerts: Alertmanager asks for no login',
            'Alertmanager 无需登录，任何人均可静默告警',
          ),
        ]
      : []),
    ...(isOpen && console !== 'alertmanager'
      ? [complaint('warn', `${console} answers without a login`, `${console} 无需登录即可访问`)]
      : []),
    ...(isTls ? [] : [complaint('warn', `${console} is reached without TLS`, `${console} 未使用 TLS`)]),
  ];
}

const statusEvidence = ({ console, path, status }: Console): Evidence => ({
  fact: 'monitoring.exposure',
  at: `${console} without a login`,
  actual: String(status),
  expected: { en: '401 or 403', zh: '401 或 403' },
  shell: `curl -ksS --max-time 10 -o /dev/null -w '%{http_code}' {${console}}${path}`,
});
