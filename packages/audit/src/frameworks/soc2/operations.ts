import type { Clause } from '../../framework.ts';

const communication = { en: 'CC2 to CC4 Scope, risk and evaluation', zh: 'CC2–CC4 范围、风险与评价' };
const operations = { en: 'CC7 System operations', zh: 'CC7 系统运行' };
const change = { en: 'CC8 Change management', zh: 'CC8 变更管理' };
const mitigation = { en: 'CC9 Risk mitigation', zh: 'CC9 风险缓解' };

/** CC2.1, CC3.1, CC4.1 as far as a cluster feeds them. */
export const soc2Scope: readonly Clause[] = [
  {
    id: 'CC2.1',
    section: communication,
    title: { en: 'Relevant, good information supports internal control', zh: '以相关且可靠的信息支持内部控制' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach the system description and the scope list.',
        zh: '附系统描述与范围清单。',
        by: ['attest-grading-and-filing'],
      },
    ],
  },
  {
    id: 'CC3.1',
    section: communication,
    title: { en: 'Objectives are clear enough to assess risks against', zh: '目标清晰，可据以评估风险' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach the objectives and criticality of the system.',
        zh: '附系统目标与重要性说明。',
        by: ['attest-grading-and-filing'],
      },
    ],
  },
  {
    id: 'CC4.1',
    section: communication,
    title: { en: 'Controls are evaluated continuously or at intervals', zh: '持续或定期评价控制' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Show that these audits run at their interval, and who reads them.',
        zh: '说明本审计按周期运行以及查阅人员。',
      },
    ],
  },
];

/** CC7.1 to CC7.5, CC8.1, CC9.1 and CC9.2. */
export const soc2Operations: readonly Clause[] = [
  {
    id: 'CC7.1',
    section: operations,
    title: {
      en: 'Configuration changes that open holes, and new vulnerabilities, are detected',
      zh: '发现引入漏洞的配置变更与新漏洞',
    },
    coverage: 'partial',
    checks: [
      'pgbouncer-startup-parameters',
      'pgbouncer-no-known-flaw',
      'cluster-members-declared',
      'haproxy-version-supported',
      'cluster-hba-identical',
      'cluster-security-settings-identical',
      'cluster-same-version',
      'pg-version-supported',
      'pg-no-pending-restart',
      'pg-checksums-enabled',
      'node-components-current',
      'node-file-integrity',
      'node-login-blocking',
      'node-running-version-installed',
      'node-security-updates',
      'pg-minor-current',
      'pg-extensions-current',
      'patroni-no-pending-restart',
      'pg-developer-settings-safe',
    ],
    manual: [
      { en: 'Attach the baseline standard.', zh: '附基线标准。' },
      { en: 'Attach the scan reports of the period.', zh: '附本期漏洞扫描报告。', by: ['attest-vulnerability-scan'] },
    ],
    aliases: ['Intrusion Detection (officially CC7.2)'],
  },
  {
    id: 'CC7.2',
    section: operations,
    title: { en: 'Components are monitored for anomalies, which are analysed', zh: '监控组件异常并进行分析' },
    coverage: 'partial',
    checks: [
      'pgbouncer-logs-connections',
      'haproxy-logs-connections',
      'pg-log-collector',
      'pg-log-connections',
      'pg-log-disconnections',
      'pg-log-statement-ddl',
      'pg-audit-extension',
      'pg-log-fields',
      'pg-log-timezone-utc',
      'pg-log-replication-commands',
      'pg-log-thresholds',
      'pg-log-file-mode',
      'pg-log-rotation-keeps',
      'cluster-log-settings-identical',
      'pg-log-debug-off',
      'pg-log-locks',
      'pg-auth-delay',
      'pg-role-settings-not-weakened',
      'pg-no-checksum-failures',
      'cluster-one-primary',
      'cluster-replication-streaming',
      'node-audit-daemon',
      'node-login-blocking',
      'cluster-time-synchronized',
      'cluster-failsafe-mode',
      'cluster-leader-agreed',
      'cluster-leader-key',
      'etcd-stable',
      'backup-size-steady',
      'cluster-archiving-works',
    ],
    manual: [{ en: 'Attach the procedure for analysing anomalies.', zh: '附异常分析流程。' }],
    aliases: ['System Monitoring'],
  },
  {
    id: 'CC7.3',
    section: operations,
    title: { en: 'Events are judged: incident or not', zh: '评估事件并判定是否为安全事件' },
    coverage: 'none',
    checks: [],
    manual: [
      { en: 'Attach triage records of the period.', zh: '附本期事件研判记录。', by: ['attest-incident-records'] },
    ],
    aliases: ['Event Response (officially CC7.4, recovery CC7.5)'],
  },
  {
    id: 'CC7.4',
    section: operations,
    title: { en: 'Incidents are answered by a defined programme', zh: '按既定流程响应安全事件' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach the incident response plan and post-mortems.',
        zh: '附事件响应预案与复盘报告。',
        by: ['attest-incident-plan', 'attest-incident-records'],
      },
    ],
  },
  {
    id: 'CC7.5',
    section: operations,
    title: { en: 'The system recovers from incidents', zh: '从安全事件中恢复' },
    coverage: 'partial',
    checks: ['records-restore-proven'],
    manual: [
      {
        en: 'Attach lessons learnt and tests of the recovery plan.',
        zh: '附经验总结与恢复计划测试。',
        by: ['attest-incident-records', 'attest-incident-plan'],
      },
    ],
  },
  {
    id: 'CC8.1',
    section: change,
    title: {
      en: 'Changes are authorised, designed, tested, approved and carried out',
      zh: '变更经授权、设计、测试、审批与实施',
    },
    coverage: 'partial',
    checks: [
      'cluster-members-declared',
      'haproxy-config-loaded',
      'pg-hba-parses',
      'pg-config-files-clean',
      'pg-no-pending-restart',
      'pg-log-statement-ddl',
      'cluster-hba-identical',
      'cluster-log-settings-identical',
      'cluster-same-version',
      'cluster-security-settings-identical',
      'cluster-not-paused',
      'patroni-no-pending-restart',
    ],
    manual: [{ en: 'Attach tickets for a sample of changes.', zh: '附抽样变更的工单。' }],
  },
  {
    id: 'CC9.1',
    section: mitigation,
    title: { en: 'Risks of business disruption are mitigated', zh: '缓解业务中断风险' },
    coverage: 'partial',
    checks: [
      'cluster-hot-redundancy',
      'cluster-sync-mode',
      'cluster-rto-estimated',
      'cluster-failover-candidate',
      'cluster-etcd-quorum',
      'node-backup-off-host',
    ],
    manual: [
      {
        en: 'Attach the continuity plan with approved RTO and RPO.',
        zh: '附含经批准 RTO、RPO 的业务连续性计划。',
        by: ['attest-continuity-plan'],
      },
    ],
    aliases: ['Business Continuity (mechanisms A1.2, tests A1.3; CC9.1 is the plan)'],
  },
  {
    id: 'CC9.2',
    section: mitigation,
    title: { en: 'Risks from vendors and partners are managed', zh: '管理供应商与合作方风险' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach vendor assessments and their reports.',
        zh: '附供应商评估及其审计报告。',
        by: ['attest-hosting-provider'],
      },
    ],
  },
];
