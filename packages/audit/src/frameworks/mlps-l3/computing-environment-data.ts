import type { Clause } from '../../framework.ts';

const chapter = { en: '8.1.4 Secure computing environment', zh: '8.1.4 安全计算环境' };
const intrusion = { en: '8.1.4.4 Intrusion prevention', zh: '8.1.4.4 入侵防范' };
const integrity = { en: '8.1.4.7 Data integrity', zh: '8.1.4.7 数据完整性' };
const confidentiality = { en: '8.1.4.8 Data confidentiality', zh: '8.1.4.8 数据保密性' };
const backup = { en: '8.1.4.9 Data backup and recovery', zh: '8.1.4.9 数据备份恢复' };
const residual = { en: '8.1.4.10 Residual information protection', zh: '8.1.4.10 剩余信息保护' };
const personal = { en: '8.1.4.11 Personal information protection', zh: '8.1.4.11 个人信息保护' };

/** 8.1.4.4 to 8.1.4.11, units L3-CES1-17..35 (CES1-16 does not exist in GB/T 28448). */
export const computingEnvironmentData: readonly Clause[] = [
  {
    id: '8.1.4.4 a)',
    unit: 'L3-CES1-17',
    chapter,
    section: intrusion,
    title: { en: 'Only needed components are installed', zh: '遵循最小安装原则' },
    coverage: 'partial',
    checks: ['pg-untrusted-languages', 'node-minimal-installation', 'node-packages-signed', 'pg-extensions-current'],
    manual: [{ en: 'Attach the list of needed packages and extensions.', zh: '附所需软件包与扩展清单。' }],
  },
  {
    id: '8.1.4.4 b)',
    unit: 'L3-CES1-18',
    chapter,
    section: intrusion,
    title: { en: 'Needless services, shares and risky ports are closed', zh: '关闭不需要的服务、共享与高危端口' },
    coverage: 'partial',
    checks: [
      'haproxy-listeners-declared',
      'pg-predefined-roles-limited',
      'node-listeners-expected',
      'node-minimal-installation',
      'pg-listen-addresses',
    ],
    manual: [{ en: 'Attach the listening ports of every node with their purpose.', zh: '附各节点监听端口及其用途。' }],
    highRisk: ['6.4.3.1'],
  },
  {
    id: '8.1.4.4 c)',
    unit: 'L3-CES1-19',
    chapter,
    section: intrusion,
    title: { en: 'Management terminals are limited by address or access path', zh: '限定管理终端的接入方式或地址范围' },
    coverage: 'partial',
    checks: ['pg-hba-not-broad', 'pg-hba-superuser-local', 'node-ssh-sources-limited'],
    manual: [{ en: 'Show the address limits of SSH and of the bastion.', zh: '提供 SSH 与堡垒机的地址限制。' }],
  },
  {
    id: '8.1.4.4 d)',
    unit: 'L3-CES1-20',
    chapter,
    section: intrusion,
    title: { en: 'Input at interfaces is checked for validity', zh: '对接口输入进行有效性检验' },
    coverage: 'partial',
    checks: ['pg-security-definer-safe'],
    manual: [
      {
        en: 'Answered mainly on the applications: attach code review or penetration test.',
        zh: '主要由应用系统对象回答：附代码审查或渗透测试报告。',
        by: ['attest-input-validation'],
      },
    ],
  },
  {
    id: '8.1.4.4 e)',
    unit: 'L3-CES1-21',
    chapter,
    section: intrusion,
    title: { en: 'Known vulnerabilities are found and patched after testing', zh: '发现已知漏洞并经测试后及时修补' },
    coverage: 'partial',
    checks: [
      'haproxy-version-supported',
      'pg-version-supported',
      'cluster-same-version',
      'node-components-current',
      'node-running-version-installed',
      'node-security-updates',
      'pg-minor-current',
    ],
    manual: [
      {
        en: 'Attach the vulnerability scan and penetration test of the period.',
        zh: '附本期漏洞扫描与渗透测试报告。',
        by: ['attest-vulnerability-scan'],
      },
    ],
    highRisk: ['6.4.3.2'],
  },
  {
    id: '8.1.4.4 f)',
    unit: 'L3-CES1-22',
    chapter,
    section: intrusion,
    title: { en: 'Intrusion on important nodes is detected and alarmed', zh: '检测重要节点入侵并对严重事件报警' },
    coverage: 'partial',
    checks: ['node-file-integrity', 'node-login-blocking'],
    manual: [
      {
        en: 'Attach the host or network detection in place and a sample alarm.',
        zh: '附主机或网络入侵检测措施及报警样例。',
        by: ['attest-intrusion-detection'],
      },
    ],
  },
  {
    id: '8.1.4.5',
    unit: 'L3-CES1-23',
    chapter,
    section: { en: '8.1.4.5 Malicious code prevention', zh: '8.1.4.5 恶意代码防范' },
    title: { en: 'Malicious code is recognised and blocked in time', zh: '及时识别并阻断恶意代码' },
    coverage: 'partial',
    checks: [
      'haproxy-unprivileged',
      'pg-untrusted-languages',
      'node-access-control-enforcing',
      'node-extension-files-owned',
      'node-libraries-trusted',
      'node-malware-protection',
    ],
    manual: [
      {
        en: 'Attach licence, signature date and console of the anti-malware product on the nodes, or the measure in its place.',
        zh: '附节点防恶意代码产品的授权、特征库日期与管理台截图，或替代措施。',
        by: ['attest-malware-protection'],
      },
    ],
    highRisk: ['6.4.4.1'],
  },
  {
    id: '8.1.4.6',
    unit: 'L3-CES1-24',
    chapter,
    section: { en: '8.1.4.6 Trusted verification', zh: '8.1.4.6 可信验证' },
    title: {
      en: 'Boot, system programs and key configuration may be verified from a root of trust',
      zh: '可基于可信根验证引导、系统程序与重要配置',
    },
    coverage: 'partial',
    checks: ['node-libraries-trusted', 'node-trusted-boot'],
    manual: [
      {
        en: 'State whether measured or secure boot is used on the nodes.',
        zh: '说明节点是否启用可信度量或安全启动。',
        by: ['attest-trusted-boot'],
      },
    ],
  },
  {
    id: '8.1.4.7 a)',
    unit: 'L3-CES1-25',
    chapter,
    section: integrity,
    title: { en: 'Integrity of important data in transit', zh: '重要数据传输完整性' },
    coverage: 'partial',
    checks: ['pg-tls-enabled', 'pg-tls-sessions', 'pg-tls-replication'],
    manual: [
      {
        en: 'Show how configuration reaches the nodes and the configuration store.',
        zh: '说明配置下发至节点与配置存储的方式。',
        by: ['attest-configuration-transfer'],
      },
      { en: 'Confirm the channel between users and the application.', zh: '确认用户与应用系统之间的通道。' },
    ],
  },
  {
    id: '8.1.4.7 b)',
    unit: 'L3-CES1-26',
    chapter,
    section: integrity,
    title: { en: 'Integrity of important data in storage', zh: '重要数据存储完整性' },
    coverage: 'partial',
    checks: [
      'pg-checksums-enabled',
      'pg-no-checksum-failures',
      'pg-durability-kept',
      'pg-collation-versions',
      'node-file-integrity',
    ],
    manual: [
      {
        en: 'Describe integrity protection of business records and of backups at application level.',
        zh: '说明应用层对业务数据及备份的完整性保护。',
      },
    ],
  },
  {
    id: '8.1.4.8 a)',
    unit: 'L3-CES1-27',
    chapter,
    section: confidentiality,
    title: {
      en: 'Confidentiality of important data in transit, by cryptography',
      zh: '重要数据传输保密性（密码技术）',
    },
    coverage: 'partial',
    checks: [
      'pg-hba-no-cleartext',
      'pg-tls-enabled',
      'pg-tls-min-version',
      'pg-tls-required',
      'pg-tls-sessions',
      'pg-tls-certificate',
      'pg-tls-replication',
    ],
    manual: [
      {
        en: 'Confirm the channels beside PostgreSQL: poolers, load balancers, configuration store, backup.',
        zh: '确认 PostgreSQL 以外的通道：连接池、负载均衡、配置存储与备份。',
      },
    ],
    highRisk: ['6.4.5.1'],
  },
  {
    id: '8.1.4.8 b)',
    unit: 'L3-CES1-28',
    chapter,
    section: confidentiality,
    title: {
      en: 'Confidentiality of important data in storage, by cryptography',
      zh: '重要数据存储保密性（密码技术）',
    },
    coverage: 'partial',
    checks: [
      'pg-hba-no-md5',
      'pg-role-secrets-scram',
      'pg-password-encryption-scram',
      'pg-scram-iterations',
      'pg-settings-no-password',
    ],
    manual: [
      {
        en: 'Show how data files and backups are encrypted, and the key-management procedure.',
        zh: '说明数据文件与备份的加密方式及密钥管理制度。',
        by: ['attest-keys-apart-from-data', 'attest-key-management', 'attest-column-encryption'],
      },
    ],
    highRisk: ['6.4.5.2'],
  },
  {
    id: '8.1.4.9 a)',
    unit: 'L3-CES1-29',
    chapter,
    section: backup,
    title: { en: 'Local backup and restore of important data', zh: '重要数据本地备份与恢复' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Show that configuration, authority and secrets are backed up too.',
        zh: '证明配置、证书机构与密钥亦有备份。',
        by: ['attest-configuration-backup'],
      },
      {
        en: 'Attach the backup policy, recent backups and a restore test.',
        zh: '附备份策略、近期备份记录与恢复测试记录。',
      },
    ],
    highRisk: ['6.4.6.1'],
  },
  {
    id: '8.1.4.9 b)',
    unit: 'L3-CES1-30',
    chapter,
    section: backup,
    title: { en: 'Real-time backup to another site', zh: '异地实时备份' },
    coverage: 'partial',
    checks: ['cluster-sync-mode', 'cluster-replication-streaming'],
    manual: [
      {
        en: 'Show that backups cannot be destroyed together with the cluster.',
        zh: '证明备份不会随集群一并被毁。',
        by: ['attest-backup-immutable'],
      },
      {
        en: 'Show that a replica or repository stands at another site; a daily copy meets the item only in part.',
        zh: '说明备库或备份仓库位于异地；仅每日拷贝属于部分符合。',
        by: ['attest-off-site-copy'],
      },
    ],
  },
  {
    id: '8.1.4.9 c)',
    unit: 'L3-CES1-31',
    chapter,
    section: backup,
    title: { en: 'Hot redundancy of systems that process important data', zh: '重要数据处理系统热冗余与高可用' },
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
      'pg-durability-kept',
      'pg-rewind-possible',
      'pg-slots-safe',
    ],
    manual: [
      {
        en: 'Attach approved RTO and RPO and the last failover drill.',
        zh: '附经批准的 RTO、RPO 与最近一次切换演练。',
      },
    ],
    highRisk: ['6.4.6.2'],
  },
  {
    id: '8.1.4.10 a)',
    unit: 'L3-CES1-32',
    chapter,
    section: residual,
    title: { en: 'Storage that held credentials is cleared before reuse', zh: '鉴别信息存储空间释放前清除' },
    coverage: 'partial',
    checks: ['node-history-no-secrets'],
    manual: [
      {
        en: 'Attach the product statement on clearing memory and disk of credentials.',
        zh: '附数据库产品对鉴别信息内存与磁盘清除的说明。',
      },
    ],
  },
  {
    id: '8.1.4.10 b)',
    unit: 'L3-CES1-33',
    chapter,
    section: residual,
    title: { en: 'Storage that held sensitive data is cleared before reuse', zh: '敏感数据存储空间释放前清除' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach disposal records of disks, volumes and backups.',
        zh: '附磁盘、卷与备份介质的处置记录。',
        by: ['attest-media-disposal'],
      },
    ],
  },
  {
    id: '8.1.4.11 a)',
    unit: 'L3-CES1-34',
    chapter,
    section: personal,
    title: { en: 'Only personal data the business needs is collected and kept', zh: '仅采集和保存业务必需的个人信息' },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach the purpose list and the privacy impact assessment.',
        zh: '附处理目的清单与个人信息保护影响评估。',
        by: ['attest-personal-data-lawful'],
      },
    ],
    highRisk: ['6.4.7.1'],
  },
  {
    id: '8.1.4.11 b)',
    unit: 'L3-CES1-35',
    chapter,
    section: personal,
    title: {
      en: 'Personal data is not accessed or used without authorisation',
      zh: '禁止未授权访问和非法使用个人信息',
    },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Show who may read personal data and how copies for test are masked.',
        zh: '说明可读取个人信息的人员及测试数据的脱敏方式。',
        by: ['attest-data-inventory', 'attest-test-data-masked'],
      },
    ],
    highRisk: ['6.4.7.2'],
  },
];
