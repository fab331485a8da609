import type { Clause } from '../../framework.ts';
import { metricsKeptHalfAYear } from '../demands.ts';

const chapter = { en: '8.1.5 Security management centre', zh: '8.1.5 安全管理中心' };
const system = { en: '8.1.5.1 System management', zh: '8.1.5.1 系统管理' };
const audit = { en: '8.1.5.2 Audit management', zh: '8.1.5.2 审计管理' };
const security = { en: '8.1.5.3 Security management', zh: '8.1.5.3 安全管理' };
const central = { en: '8.1.5.4 Central control', zh: '8.1.5.4 集中管控' };

/** 8.1.5, units L3-SMC1-01..12. */
export const managementCentre: readonly Clause[] = [
  {
    id: '8.1.5.1 a)',
    unit: 'L3-SMC1-01',
    chapter,
    section: system,
    title: {
      en: 'System administrators are authenticated, work only through set interfaces and are audited',
      zh: '系统管理员经鉴别，仅通过特定命令或界面操作并被审计',
    },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach the bastion policy and a sample of recorded sessions.',
        zh: '附堡垒机策略与会话录像样例。',
        by: ['attest-controlled-administration', 'attest-separate-administrators'],
      },
    ],
  },
  {
    id: '8.1.5.1 b)',
    unit: 'L3-SMC1-02',
    chapter,
    section: system,
    title: {
      en: 'Resources, start, load, backup and recovery are managed by the system administrator',
      zh: '由系统管理员管理资源、启动、加载、备份与恢复',
    },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach the duty description of the system administrator.',
        zh: '附系统管理员岗位职责。',
        by: ['attest-controlled-administration', 'attest-separate-administrators'],
      },
    ],
  },
  {
    id: '8.1.5.2 a)',
    unit: 'L3-SMC1-03',
    chapter,
    section: audit,
    title: {
      en: 'Audit administrators are authenticated, work only through set interfaces and are audited',
      zh: '审计管理员经鉴别，仅通过特定命令或界面操作并被审计',
    },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Name the audit administrator and show the account used.',
        zh: '注明审计管理员及其使用的账户。',
        by: ['attest-separate-administrators', 'attest-controlled-administration'],
      },
    ],
  },
  {
    id: '8.1.5.2 b)',
    unit: 'L3-SMC1-04',
    chapter,
    section: audit,
    title: { en: 'The audit administrator analyses records and acts on them', zh: '审计管理员分析审计记录并处理' },
    coverage: 'partial',
    checks: ['monitoring-auditor-watched'],
    manual: [{ en: 'Attach analysis reports of the period.', zh: '附本期审计分析报告。', by: ['attest-log-review'] }],
  },
  {
    id: '8.1.5.3 a)',
    unit: 'L3-SMC1-05',
    chapter,
    section: security,
    title: {
      en: 'Security administrators are authenticated, work only through set interfaces and are audited',
      zh: '安全管理员经鉴别，仅通过特定命令或界面操作并被审计',
    },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Name the security administrator and show the account used.',
        zh: '注明安全管理员及其使用的账户。',
        by: ['attest-separate-administrators', 'attest-controlled-administration'],
      },
    ],
  },
  {
    id: '8.1.5.3 b)',
    unit: 'L3-SMC1-06',
    chapter,
    section: security,
    title: {
      en: 'The security administrator sets parameters, labels, authorisation and policies',
      zh: '由安全管理员配置安全参数、标记、授权与策略',
    },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach the duty description of the security administrator.',
        zh: '附安全管理员岗位职责。',
        by: ['attest-controlled-administration', 'attest-separate-administrators'],
      },
    ],
  },
  {
    id: '8.1.5.4 a)',
    unit: 'L3-SMC1-07',
    chapter,
    section: central,
    title: { en: 'A management zone of its own for security components', zh: '划分特定管理区域管控安全组件' },
    coverage: 'partial',
    checks: ['monitoring-consoles-secured', 'haproxy-stats-login'],
    manual: [
      {
        en: 'Show the management zone in the topology.',
        zh: '在拓扑图中标明管理区域。',
        by: ['attest-network-architecture'],
      },
    ],
  },
  {
    id: '8.1.5.4 b)',
    unit: 'L3-SMC1-08',
    chapter,
    section: central,
    title: { en: 'A secure path to manage devices and components', zh: '建立安全的信息传输路径进行管理' },
    coverage: 'partial',
    checks: ['monitoring-consoles-secured', 'patroni-rest-tls'],
    manual: [
      {
        en: 'Show that management interfaces (Patroni, etcd, monitoring) are reached over TLS or SSH.',
        zh: '说明管理接口（Patroni、etcd、监控）经 TLS 或 SSH 访问。',
      },
    ],
    highRisk: ['6.5.1.1'],
  },
  {
    id: '8.1.5.4 c)',
    unit: 'L3-SMC1-09',
    chapter,
    section: central,
    title: { en: 'Links, devices and servers are monitored centrally', zh: '集中监测链路、设备与服务器运行状况' },
    coverage: 'partial',
    checks: [
      'cluster-monitoring-targets',
      'monitoring-capacity-quiet',
      'node-disk-headroom',
      'cluster-log-space-watched',
    ],
    manual: [{ en: 'Attach the monitored target list and a dashboard.', zh: '附监控对象清单与仪表盘。' }],
  },
  {
    id: '8.1.5.4 d)',
    unit: 'L3-SMC1-10',
    chapter,
    section: central,
    title: {
      en: 'Audit data is collected and analysed centrally and kept at least six months',
      zh: '集中收集分析审计数据，留存不少于六个月',
    },
    coverage: 'partial',
    checks: [
      'monitoring-retention',
      'cluster-logs-reach-store',
      'monitoring-log-retention',
      'cluster-component-logs-collected',
    ],
    requires: [metricsKeptHalfAYear],
    manual: [
      {
        en: 'Show the oldest record in the central log store and its retention rule.',
        zh: '提供集中日志平台中最早的记录与留存策略。',
        by: ['attest-log-store-protected'],
      },
    ],
    highRisk: ['6.5.1.2'],
  },
  {
    id: '8.1.5.4 e)',
    unit: 'L3-SMC1-11',
    chapter,
    section: central,
    title: {
      en: 'Policies, malware defence and patches are managed centrally',
      zh: '集中管理安全策略、恶意代码与补丁',
    },
    coverage: 'partial',
    checks: [
      'cluster-hba-identical',
      'cluster-log-settings-identical',
      'cluster-security-settings-identical',
      'cluster-dcs-settings-kept',
    ],
    manual: [
      { en: 'Show central malware and patch management of the nodes.', zh: '说明节点恶意代码与补丁的集中管理。' },
    ],
  },
  {
    id: '8.1.5.4 f)',
    unit: 'L3-SMC1-12',
    chapter,
    section: central,
    title: { en: 'Security events are recognised, alarmed and analysed', zh: '识别、报警和分析安全事件' },
    coverage: 'partial',
    checks: ['monitoring-silences-justified', 'monitoring-rules-loaded', 'monitoring-alerts-delivered'],
    manual: [{ en: 'Attach alert rules and sample alerts with their handling.', zh: '附告警规则、告警样例及其处置。' }],
  },
];
