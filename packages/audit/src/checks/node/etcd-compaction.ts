import { defineCheck, notApplicable, pass, warn } from '../../check.ts';
import { etcdConfigEvidence } from '../etcd-config-evidence.ts';

export const etcdCompaction = defineCheck({
  id: 'etcd-compaction',
  scope: 'node',
  catalogue: ['ETCD-007'],
  title: { en: 'etcd forgets old revisions by itself', zh: 'etcd 启用自动压缩' },
  severity: 'medium',
  rationale: {
    en: 'Patroni writes every few seconds, and etcd keeps every revision: without compaction the database grows to its quota and refuses writes.',
    zh: 'Patroni 每隔数秒写入一次，etcd 保留全部历史版本，不压缩则数据库将达到配额并拒绝写入。',
  },
  remediation: {
    en: 'Set auto-compaction-mode: periodic and auto-compaction-retention: 24h on every member.',
    zh: '在每个成员上设置 auto-compaction-mode: periodic 与 auto-compaction-retention: 24h。',
  },
  fix: ['auto-compaction-mode: periodic\nauto-compaction-retention: 24h', 'systemctl restart etcd'],
  needs: ['node.etcd-config'],
  params: {},
  evaluate({ 'node.etcd-config': config }) {
    if (config === null) return notApplicable({ en: 'this node has no etcd', zh: '该节点没有 etcd，本项不适用' });
    const retention = config.settings['auto-compaction-retention'] ?? '0';
    const mode = config.settings['auto-compaction-mode'] ?? 'periodic';
    const evidence = etcdConfigEvidence(config, ['auto-compaction-mode', 'auto-compaction-retention'], {
      en: 'a retention other than 0',
      zh: '非 0 的保留值',
    });
    return /^0+[a-z]*$/u.test(retention) || retention === ''
      ? warn(
          {
            en: 'auto-compaction-retention is 0: nothing is compacted',
            zh: '经核查，auto-compaction-retention 为 0，未启用自动压缩',
          },
          evidence,
        )
      : pass(
          {
            en: `compaction is ${mode}, keeping ${retention}`,
            zh: `经核查，自动压缩模式为 ${mode}，保留 ${retention}，符合要求`,
          },
          evidence,
        );
  },
});
