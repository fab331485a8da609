import { defineCheck } from '../../check.ts';
import { backrestEvidence, withoutBackrest } from '../backrest-evidence.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const nodeBackupChecksPages = defineCheck({
  id: 'node-backup-checks-pages',
  scope: 'node',
  catalogue: ['BKP-019'],
  title: { en: 'Backups check the pages that they copy', zh: '备份时校验数据页' },
  severity: 'medium',
  rationale: {
    en: 'The backup is the only job that reads every page; with the check off, damage is copied in silence.',
    zh: '备份是唯一遍历全部数据页的任务，关闭校验会使损坏被静默复制。',
  },
  remediation: { en: 'Remove checksum-page=n from the configuration.', zh: '移除配置中的 checksum-page=n。' },
  fix: ["sed -i '/checksum-page/d' /etc/pgbackrest/pgbackrest.conf"],
  needs: ['node.pgbackrest-config'],
  params: {},
  evaluate({ 'node.pgbackrest-config': config }) {
    if (!config.isConfigured) return withoutBackrest(config);
    const item = backrestEvidence(config, 'checksum-page', { en: 'not n', zh: '非 n' }, config.checksPages ? '' : 'n');
    return verdictOf({
      complaints: config.checksPages
        ? []
        : [complaint('fail', 'checksum-page is switched off', '已关闭 checksum-page', item)],
      good: { en: 'pages are checked while they are copied', zh: '备份时校验数据页' },
      evidence: [item],
    });
  },
});
