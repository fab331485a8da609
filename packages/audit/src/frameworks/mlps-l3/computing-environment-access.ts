import type { Clause } from '../../framework.ts';

const chapter = { en: '8.1.4 Secure computing environment', zh: '8.1.4 安全计算环境' };
const identity = { en: '8.1.4.1 Identity authentication', zh: '8.1.4.1 身份鉴别' };
const access = { en: '8.1.4.2 Access control', zh: '8.1.4.2 访问控制' };
const audit = { en: '8.1.4.3 Security audit', zh: '8.1.4.3 安全审计' };

/** 8.1.4.1 to 8.1.4.3, units L3-CES1-01..15: who gets in, what they may do, what is recorded. */
export const computingEnvironmentAccess: readonly Clause[] = [
  {
    id: '8.1.4.1 a)',
    unit: 'L3-CES1-01',
    chapter,
    section: identity,
    title: {
      en: 'Users are uniquely identified and authenticated; secrets are complex and renewed',
      zh: '用户身份唯一并经鉴别；口令复杂并定期更换',
    },
    coverage: 'partial',
    checks: [
      'haproxy-passwords-own',
      'haproxy-stats-login',
      'pg-hba-no-trust',
      'pg-hba-no-md5',
      'pg-role-secrets-scram',
      'pg-passwordless-login',
      'pg-password-complexity',
      'pg-password-expiry',
      'node-account-policy',
      'patroni-rest-authenticated',
    ],
    manual: [
      {
        en: 'Ask how secrets are issued, and justify service accounts exempt from renewal.',
        zh: '访谈口令的发放方式，并说明免于定期更换的服务账户。',
      },
      {
        en: 'Confirm that no login role is shared by several persons.',
        zh: '确认没有多人共用的登录角色。',
      },
    ],
    highRisk: ['6.4.1.1'],
  },
  {
    id: '8.1.4.1 b)',
    unit: 'L3-CES1-02',
    chapter,
    section: identity,
    title: {
      en: 'Failed logins are limited and idle sessions ended',
      zh: '限制登录失败，会话超时自动退出',
    },
    coverage: 'partial',
    checks: [
      'haproxy-timeouts-and-limits',
      'pg-authentication-timeout',
      'pg-auth-delay',
      'pg-idle-timeout',
      'pg-log-connections',
      'node-account-policy',
      'node-login-blocking',
      'node-ssh-hardened',
    ],
    manual: [
      {
        en: 'Show the lock-out policy of the bastion or identity provider in front of the database.',
        zh: '提供数据库前端堡垒机或身份系统的失败锁定策略。',
        by: ['attest-login-lockout'],
      },
    ],
  },
  {
    id: '8.1.4.1 c)',
    unit: 'L3-CES1-03',
    chapter,
    section: identity,
    title: {
      en: 'Credentials cannot be overheard during remote administration',
      zh: '远程管理时鉴别信息防窃听',
    },
    coverage: 'partial',
    checks: [
      'haproxy-passwords-own',
      'haproxy-stats-login',
      'pg-hba-no-cleartext',
      'pg-hba-superuser-local',
      'pg-tls-enabled',
      'pg-tls-min-version',
      'pg-tls-required',
      'pg-tls-sessions',
      'node-ssh-hardened',
    ],
    manual: [
      {
        en: 'Confirm that administrators reach the hosts over SSH or a bastion, not over a plain-text protocol.',
        zh: '确认管理员通过 SSH 或堡垒机访问主机，未使用明文协议。',
      },
    ],
    highRisk: ['6.4.1.2'],
  },
  {
    id: '8.1.4.1 d)',
    unit: 'L3-CES1-04',
    chapter,
    section: identity,
    title: {
      en: 'Two or more factors, at least one of them cryptographic',
      zh: '采用两种以上鉴别技术且至少一种为密码技术',
    },
    coverage: 'partial',
    checks: ['node-ssh-hardened'],
    manual: [
      {
        en: 'Attach the second factor required at the bastion or identity provider, with a sample login.',
        zh: '附堡垒机或身份系统的双因素策略及一次登录样例。',
        by: ['attest-two-factor-admin'],
      },
    ],
    highRisk: ['6.4.1.3'],
  },
  {
    id: '8.1.4.2 a)',
    unit: 'L3-CES1-05',
    chapter,
    section: access,
    title: { en: 'Every login user is given an account and rights', zh: '为登录用户分配账户与权限' },
    coverage: 'none',
    checks: [],
    manual: [{ en: 'Provide the role concept and its approval.', zh: '提供角色与权限设计文档及其审批。' }],
  },
  {
    id: '8.1.4.2 b)',
    unit: 'L3-CES1-06',
    chapter,
    section: access,
    title: {
      en: 'Default accounts are renamed or removed, default passwords changed',
      zh: '重命名或删除默认账户，修改默认口令',
    },
    coverage: 'partial',
    checks: [
      'haproxy-passwords-own',
      'haproxy-stats-login',
      'pg-hba-superuser-local',
      'node-account-policy',
      'node-pg-account-locked',
    ],
    manual: [
      {
        en: 'Justify a `postgres` superuser that keeps its name, and confirm that product default passwords are gone.',
        zh: '说明保留 `postgres` 超级用户名称的理由，并确认已修改产品默认口令。',
      },
    ],
    highRisk: ['6.4.2.1'],
  },
  {
    id: '8.1.4.2 c)',
    unit: 'L3-CES1-07',
    chapter,
    section: access,
    title: { en: 'Redundant, expired and shared accounts are removed', zh: '清除多余、过期与共享账户' },
    coverage: 'partial',
    checks: ['pg-role-not-expired', 'node-account-policy', 'node-pg-account-locked'],
    manual: [
      {
        en: 'Compare the role list with the leaver list of the period and attach the access review.',
        zh: '将角色清单与本期离职人员名单核对，并附权限复核记录。',
        by: ['attest-access-review'],
      },
    ],
  },
  {
    id: '8.1.4.2 d)',
    unit: 'L3-CES1-08',
    chapter,
    section: access,
    title: {
      en: 'Administrators hold the least rights they need, and duties are separated',
      zh: '管理用户最小权限且权限分离',
    },
    coverage: 'partial',
    checks: [
      'pg-hba-superuser-local',
      'pg-role-attributes-limited',
      'pg-predefined-roles-limited',
      'pg-security-definer-safe',
      'pg-replication-role-limited',
      'node-services-not-root',
      'node-sudo-limited',
    ],
    manual: [
      { en: 'Attach the approved list of superusers.', zh: '附经审批的超级用户清单。', by: ['attest-superuser-list'] },
      {
        en: 'Attach the appointment of system, security and audit administrators as different persons.',
        zh: '附系统、安全与审计管理员由不同人员担任的任命文件。',
        by: ['attest-separate-administrators'],
      },
    ],
    highRisk: ['6.4.2.2'],
  },
  {
    id: '8.1.4.2 e)',
    unit: 'L3-CES1-09',
    chapter,
    section: access,
    title: {
      en: 'An authorised subject sets the policy of who may access what',
      zh: '由授权主体配置访问控制策略',
    },
    coverage: 'partial',
    checks: [
      'haproxy-unprivileged',
      'haproxy-socket-protected',
      'pg-hba-no-trust',
      'pg-hba-parses',
      'pg-hba-not-broad',
      'pg-hba-no-dead-rules',
      'cluster-hba-identical',
      'pg-ident-maps-narrow',
      'pg-unix-socket-limited',
      'pg-role-settings-not-weakened',
      'node-config-files-protected',
      'node-data-directory-protected',
      'node-extension-files-owned',
      'node-services-not-root',
      'node-umask-strict',
      'patroni-rest-authenticated',
    ],
    manual: [
      {
        en: 'Name who may change access rules and attach approvals of recent changes.',
        zh: '说明有权修改访问规则的人员，并附近期变更的审批。',
        by: ['attest-access-requests'],
      },
    ],
  },
  {
    id: '8.1.4.2 f)',
    unit: 'L3-CES1-10',
    chapter,
    section: access,
    title: {
      en: 'Access is controlled per user or process and per file or table',
      zh: '主体到用户或进程级，客体到文件或数据库表级',
    },
    coverage: 'partial',
    checks: ['pg-public-schema-no-create', 'pg-public-no-connect', 'node-data-directory-protected'],
    manual: [
      {
        en: 'Show table and column rights of the business schemas.',
        zh: '提供业务模式中表级、列级授权的记录。',
        by: ['attest-row-security-policies'],
      },
    ],
  },
  {
    id: '8.1.4.2 g)',
    unit: 'L3-CES1-11',
    chapter,
    section: access,
    title: {
      en: 'Important subjects and objects carry security labels that govern access',
      zh: '重要主体与客体设置安全标记并据此控制访问',
    },
    coverage: 'partial',
    checks: ['node-access-control-enforcing'],
    manual: [
      {
        en: 'State whether labels are used (row security, SELinux), or which measure compensates.',
        zh: '说明是否使用安全标记（行级安全、SELinux），或采用的补偿措施。',
        by: ['attest-security-labels'],
      },
    ],
  },
  {
    id: '8.1.4.3 a)',
    unit: 'L3-CES1-12',
    chapter,
    section: audit,
    title: {
      en: 'Auditing is on, covers every user and records important events',
      zh: '启用审计，覆盖每个用户，记录重要行为与安全事件',
    },
    coverage: 'partial',
    checks: [
      'haproxy-logs-connections',
      'pg-log-collector',
      'pg-log-connections',
      'pg-log-disconnections',
      'pg-log-statement-ddl',
      'pg-audit-extension',
      'pg-log-replication-commands',
      'pg-log-thresholds',
      'cluster-log-settings-identical',
      'pg-log-debug-off',
      'pg-log-locks',
      'node-audit-daemon',
    ],
    manual: [
      {
        en: 'If a separate database-audit appliance is used, attach its scope and a sample.',
        zh: '如使用独立的数据库审计设备，附其覆盖范围与样例。',
      },
    ],
  },
  {
    id: '8.1.4.3 b)',
    unit: 'L3-CES1-13',
    chapter,
    section: audit,
    title: {
      en: 'Records carry time, user, event type and result',
      zh: '审计记录含时间、用户、事件类型与是否成功',
    },
    coverage: 'partial',
    checks: [
      'haproxy-logs-connections',
      'pg-log-connections',
      'pg-log-fields',
      'pg-log-timezone-utc',
      'cluster-time-synchronized',
    ],
    manual: [
      {
        en: 'Look at a sample of real records, and confirm that node clocks are synchronised.',
        zh: '抽查实际审计记录，并确认各节点时钟同步。',
      },
    ],
  },
  {
    id: '8.1.4.3 c)',
    unit: 'L3-CES1-14',
    chapter,
    section: audit,
    title: {
      en: 'Records are protected and backed up against loss and change',
      zh: '审计记录受保护并定期备份，防止删除、修改或覆盖',
    },
    coverage: 'partial',
    checks: ['pg-log-file-mode', 'pg-log-rotation-keeps'],
    manual: [
      {
        en: 'Show where records are shipped to, how long they are kept and who may delete them.',
        zh: '说明审计记录的外送位置、保存期限及可删除人员。',
        by: ['attest-log-store-protected'],
      },
    ],
  },
  {
    id: '8.1.4.3 d)',
    unit: 'L3-CES1-15',
    chapter,
    section: audit,
    title: { en: 'Auditing cannot be stopped without authorisation', zh: '审计进程防止未经授权的中断' },
    coverage: 'partial',
    checks: ['pg-role-settings-not-weakened', 'node-audit-daemon'],
    manual: [
      {
        en: 'Confirm who may change audit settings or stop log shipping, and that it raises an alarm.',
        zh: '确认有权修改审计配置或停止日志外送的人员，且相关操作会触发告警。',
      },
    ],
  },
];
