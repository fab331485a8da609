import { defineCheck } from '../../check.ts';
import { judgeSettings, wants } from '../setting-verdict.ts';

export const pgTlsEnabled = defineCheck({
  id: 'pg-tls-enabled',
  catalogue: ['TLS-001'],
  title: { en: 'The server offers TLS', zh: '服务器已启用 TLS' },
  severity: 'critical',
  rationale: {
    en: 'Without TLS every password exchange and every row crosses the network in clear text.',
    zh: '未启用 TLS 时，口令交换和数据均以明文在网络上传输。',
  },
  remediation: {
    en: 'Install a server certificate and key, set ssl = on on every member and reload.',
    zh: '为每个成员安装服务器证书和私钥，将 ssl 设为 on 并重新加载配置。',
  },
  fix: [`ALTER SYSTEM SET ssl = 'on'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings'],
  params: {},
  evaluate: ({ 'pg.settings': settings }) => judgeSettings(settings, [wants('ssl', 'on', 'fail')]),
});
