import type { Clause } from '../../framework.ts';

const availability = { en: 'A1 Availability', zh: 'A1 可用性' };
const confidentiality = { en: 'C1 Confidentiality', zh: 'C1 保密性' };
const processing = { en: 'PI1 Processing integrity', zh: 'PI1 处理完整性' };

/** The optional categories: A1.1 to A1.3, C1.1 and C1.2, PI1.1 to PI1.5. */
export const soc2Categories: readonly Clause[] = [
  {
    id: 'A1.1',
    section: availability,
    title: { en: 'Capacity is measured, forecast and managed', zh: '度量、预测并管理容量' },
    coverage: 'partial',
    checks: [
      'haproxy-timeouts-and-limits',
      'pg-role-connection-limits',
      'pg-log-locks',
      'pg-slots-safe',
      'cluster-hot-redundancy',
      'node-disk-headroom',
    ],
    manual: [{ en: 'Attach the capacity plan.', zh: '附容量规划。' }],
  },
  {
    id: 'A1.2',
    section: availability,
    title: {
      en: 'Backup processes and recovery infrastructure are designed, run and monitored',
      zh: '设计、运行并监控备份与恢复基础设施',
    },
    coverage: 'partial',
    checks: [
      'haproxy-replica-lag-limit',
      'haproxy-detection-time',
      'haproxy-sessions-cut',
      'haproxy-health-checks',
      'cluster-one-primary',
      'cluster-hot-redundancy',
      'cluster-sync-mode',
      'cluster-replication-streaming',
      'cluster-same-version',
      'cluster-settings-symmetrical',
      'pg-checksums-enabled',
      'pg-durability-kept',
      'pg-rewind-possible',
      'pg-slots-safe',
      'cluster-time-synchronized',
      'cluster-patroni-timing',
      'cluster-rto-estimated',
      'cluster-failsafe-mode',
      'cluster-failover-lag',
      'cluster-not-paused',
      'cluster-leader-agreed',
      'cluster-leader-key',
      'cluster-failover-candidate',
    ],
    manual: [
      {
        en: 'Show that configuration, authority and secrets are backed up too.',
        zh: '证明配置、证书机构与密钥亦有备份。',
        by: ['attest-configuration-backup'],
      },
      {
        en: 'Show that backups cannot be destroyed together with the cluster.',
        zh: '证明备份不会随集群一并被毁。',
        by: ['attest-backup-immutable'],
      },
      { en: 'Attach the backup policy and recent backups.', zh: '附备份策略与近期备份记录。' },
      {
        en: 'Attach the hosting report on power, climate and fire protection.',
        zh: '附托管环境供电、温控与消防报告。',
        by: ['attest-hosting-provider'],
      },
    ],
    aliases: ['Data Recovery (tests of recovery are A1.3)'],
  },
  {
    id: 'A1.3',
    section: availability,
    title: { en: 'Recovery is tested, and backups proven complete', zh: '测试恢复流程并验证备份完整' },
    coverage: 'none',
    checks: [],
    manual: [{ en: 'Attach restore and failover tests with their approval.', zh: '附恢复与切换测试及其审批。' }],
  },
  {
    id: 'C1.1',
    section: confidentiality,
    title: { en: 'Confidential information is identified and protected', zh: '识别并保护保密信息' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach the classification and retention policy.',
        zh: '附数据分级与留存策略。',
        by: ['attest-data-inventory', 'attest-data-retention'],
      },
    ],
  },
  {
    id: 'C1.2',
    section: confidentiality,
    title: { en: 'Confidential information is disposed of', zh: '处置保密信息' },
    coverage: 'none',
    checks: [],
    manual: [{ en: 'Attach disposal records.', zh: '附处置记录。', by: ['attest-media-disposal'] }],
  },
  {
    id: 'PI1.1',
    section: processing,
    title: { en: 'Specifications of the processing are available', zh: '提供处理的定义与规格' },
    coverage: 'none',
    checks: [],
    manual: [{ en: 'Attach the processing specifications.', zh: '附处理规格说明。' }],
  },
  {
    id: 'PI1.2',
    section: processing,
    title: { en: 'Inputs are complete and accurate', zh: '输入完整、准确' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach input validation tests of the applications.',
        zh: '附应用输入校验测试。',
        by: ['attest-input-validation'],
      },
    ],
  },
  {
    id: 'PI1.3',
    section: processing,
    title: { en: 'Processing is complete, accurate and timely', zh: '处理完整、准确、及时' },
    coverage: 'partial',
    checks: ['haproxy-sessions-cut', 'haproxy-health-checks'],
    manual: [{ en: 'Attach business reconciliations.', zh: '附业务对账记录。', by: ['attest-processing-integrity'] }],
  },
  {
    id: 'PI1.4',
    section: processing,
    title: {
      en: 'Outputs are complete, accurate and reach the right recipients',
      zh: '输出完整、准确并送达正确接收方',
    },
    coverage: 'partial',
    checks: ['haproxy-replica-lag-limit'],
    manual: [{ en: 'Attach output reviews.', zh: '附输出复核记录。', by: ['attest-processing-integrity'] }],
  },
  {
    id: 'PI1.5',
    section: processing,
    title: { en: 'Stored items stay complete and accurate', zh: '存储的数据保持完整、准确' },
    coverage: 'partial',
    checks: [
      'pg-checksums-enabled',
      'pg-no-checksum-failures',
      'pg-durability-kept',
      'pg-collation-versions',
      'cluster-sync-mode',
    ],
    manual: [{ en: 'Attach verified backups and reconciliations of stored data.', zh: '附备份校验与存储数据对账。' }],
  },
];
