import type { Clause } from '../../framework.ts';
import { alertedEachYear, drilledEachYear, restoredEachYear } from '../demands.ts';

const construction = { en: '8.1.9 Security construction management', zh: '8.1.9 安全建设管理' };
const operations = { en: '8.1.10 Security operations management', zh: '8.1.10 安全运维管理' };

/** Management control points the cluster's evidence feeds: 8.1.9.1 and parts of 8.1.10, one entry per control point. */
export const operationsManagement: readonly Clause[] = [
  {
    id: '8.1.9.1',
    chapter: construction,
    section: { en: '8.1.9.1 Grading and filing', zh: '8.1.9.1 定级和备案' },
    title: { en: 'Grade, its reasons and the filing are documented', zh: '定级结果、理由与备案材料齐备' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach the grading report and the filing number.',
        zh: '附定级报告与备案证明。',
        by: ['attest-grading-and-filing'],
      },
    ],
  },
  {
    id: '8.1.10.5',
    chapter: operations,
    section: { en: '8.1.10.5 Vulnerability and risk management', zh: '8.1.10.5 漏洞和风险管理' },
    title: {
      en: 'Vulnerabilities are found, weighed and repaired, tests held regularly',
      zh: '识别、评估并修补漏洞，定期开展安全测评',
    },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach scan reports and the handling of their findings.',
        zh: '附漏洞扫描报告及处置记录。',
        by: ['attest-vulnerability-scan'],
      },
    ],
  },
  {
    id: '8.1.10.6',
    chapter: operations,
    section: { en: '8.1.10.6 Network and system security management', zh: '8.1.10.6 网络和系统安全管理' },
    title: {
      en: 'Administrator roles, account handling and daily operation are governed',
      zh: '管理角色、账户与日常运维受控',
    },
    coverage: 'partial',
    checks: ['pg-alter-system-unused'],
    manual: [
      {
        en: 'Attach access requests for a sample of new roles and grants.',
        zh: '附抽样新增角色与授权的申请审批。',
        by: ['attest-access-requests'],
      },
    ],
  },
  {
    id: '8.1.10.8',
    chapter: operations,
    section: { en: '8.1.10.8 Configuration management', zh: '8.1.10.8 配置管理' },
    title: {
      en: 'Basic configuration is recorded, kept current and under change control',
      zh: '记录并及时更新基本配置，纳入变更管控',
    },
    coverage: 'partial',
    checks: [
      'cluster-members-declared',
      'haproxy-config-loaded',
      'pg-no-pending-restart',
      'cluster-security-settings-identical',
      'pg-config-files-clean',
      'patroni-no-pending-restart',
      'cluster-dcs-settings-kept',
      'cluster-changes-approved',
    ],
    manual: [{ en: 'Attach the configuration records and their last review.', zh: '附配置台账及最近一次复核。' }],
  },
  {
    id: '8.1.10.9',
    chapter: operations,
    section: { en: '8.1.10.9 Cryptography management', zh: '8.1.10.9 密码管理' },
    title: { en: 'Cryptographic techniques and products follow national rules', zh: '密码技术与产品遵循国家相关规定' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach the key-management procedure and the cryptography assessment, if any.',
        zh: '附密钥管理制度及商用密码应用安全性评估报告（如有）。',
        by: ['attest-key-management', 'attest-certificate-procedure', 'attest-national-cryptography'],
      },
    ],
  },
  {
    id: '8.1.10.10',
    chapter: operations,
    section: { en: '8.1.10.10 Change management', zh: '8.1.10.10 变更管理' },
    title: { en: 'Changes are requested, approved, recorded and reversible', zh: '变更经申请审批、有记录并可回退' },
    coverage: 'partial',
    checks: ['cluster-changes-approved'],
    manual: [{ en: 'Attach change tickets for a sample of changes.', zh: '附抽样变更的工单。' }],
  },
  {
    id: '8.1.10.11',
    chapter: operations,
    section: { en: '8.1.10.11 Backup and recovery management', zh: '8.1.10.11 备份与恢复管理' },
    title: {
      en: 'What is backed up, how often, and how it is restored is laid down',
      zh: '规定备份内容、频率与恢复流程',
    },
    coverage: 'partial',
    checks: ['cluster-rto-estimated', 'backup-scheduled', 'records-restore-proven'],
    requires: [restoredEachYear],
    manual: [
      {
        en: 'Attach the backup policy with RTO and RPO, and restore tests.',
        zh: '附含 RTO、RPO 的备份策略与恢复测试。',
      },
    ],
  },
  {
    id: '8.1.10.12',
    chapter: operations,
    section: { en: '8.1.10.12 Security incident handling', zh: '8.1.10.12 安全事件处置' },
    title: { en: 'Incidents are reported, handled and learnt from', zh: '安全事件的报告、处置与总结' },
    coverage: 'partial',
    checks: ['records-alert-drilled', 'cluster-failover-history'],
    requires: [alertedEachYear],
    manual: [
      {
        en: 'Attach incident records with triage and lessons.',
        zh: '附安全事件记录、研判与总结。',
        by: ['attest-incident-records', 'attest-incident-plan'],
      },
    ],
  },
  {
    id: '8.1.10.13',
    chapter: operations,
    section: { en: '8.1.10.13 Contingency plan management', zh: '8.1.10.13 应急预案管理' },
    title: {
      en: 'Contingency plans exist and are trained and drilled at least yearly',
      zh: '制定应急预案并至少每年培训和演练',
    },
    coverage: 'partial',
    checks: ['cluster-failover-drilled'],
    requires: [drilledEachYear],
    manual: [
      {
        en: 'Attach the plan and the last drill, not older than a year.',
        zh: '附应急预案与一年内的演练记录。',
        by: ['attest-incident-plan', 'attest-continuity-plan'],
      },
    ],
    highRisk: ['6.10.1.1', '6.10.1.2'],
  },
];
