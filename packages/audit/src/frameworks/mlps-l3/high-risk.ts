import type { HighRiskCase } from '../../framework.ts';

const encryptedData = {
  en: 'The data itself is encrypted, or the application layer encrypts it.',
  zh: '数据本身已加密，或在应用层加密。',
};
const noMitigation = { en: 'The guidance names none.', zh: '指引未列出缓解措施。' };

/**
 * Cases of the national guidance on high-risk findings (trial version) that apply at level 3, in our own words.
 * A case triggers only on a check that shows the situation itself: an old server version alone is not an exploitable
 * vulnerability, an expiring password is not a weak one.
 */
export const mlpsHighRisk: readonly HighRiskCase[] = [
  {
    key: '6.2.2.1',
    title: { en: 'Important data over an unencrypted channel', zh: '重要数据在未加密通道传输' },
    triggers: ['pg-tls-enabled', 'pg-tls-required', 'pg-tls-sessions'],
    mitigation: encryptedData,
    mitigatedBy: [],
  },
  {
    key: '6.4.1.1',
    title: { en: 'Blank or weak secrets, or a login that can be bypassed', zh: '空口令、弱口令或身份鉴别可被绕过' },
    triggers: ['pg-hba-no-trust'],
    mitigation: {
      en: 'Login only locally or from limited addresses and terminals, or a second factor that cannot be bypassed.',
      zh: '仅限本地或受限地址、终端登录，或采用不可绕过的双因素鉴别。',
    },
    mitigatedBy: ['pg-hba-superuser-local', 'pg-hba-not-broad'],
  },
  {
    key: '6.4.1.2',
    title: { en: 'Credentials cross the network in clear or reversible form', zh: '鉴别信息明文或可逆传输' },
    triggers: ['pg-hba-no-cleartext'],
    mitigation: { en: 'A second factor.', zh: '采用双因素鉴别。' },
    mitigatedBy: [],
  },
  {
    key: '6.4.1.3',
    title: { en: 'No two-factor authentication', zh: '未采用双因素鉴别' },
    triggers: [],
    mitigation: {
      en: 'Repeated dynamic authentication, other factors before important operations, or local and out-of-band access only.',
      zh: '多次动态鉴别、重要操作前再次鉴别，或仅限本地、带外管理。',
    },
    mitigatedBy: ['pg-hba-superuser-local'],
  },
  {
    key: '6.4.2.1',
    title: { en: 'A public default account with its default password', zh: '存在默认账户且默认口令未修改' },
    triggers: [],
    mitigation: {
      en: 'A second factor, or limited addresses and terminals.',
      zh: '采用双因素鉴别，或限制地址与终端。',
    },
    mitigatedBy: ['pg-hba-superuser-local'],
  },
  {
    key: '6.4.2.2',
    title: {
      en: 'Superuser rights for people who are no administrators, or the server runs as root',
      zh: '非管理用户拥有超级用户权限，或数据库以 root 运行',
    },
    triggers: [],
    mitigation: {
      en: 'Local or limited access together with auditing of operations.',
      zh: '本地或受限访问，并对操作进行审计。',
    },
    mitigatedBy: ['pg-hba-superuser-local', 'pg-audit-extension'],
  },
  {
    key: '6.4.3.1',
    title: { en: 'Needless services, shares or risky ports are reachable', zh: '不必要的服务、共享或高危端口可访问' },
    triggers: [],
    mitigation: { en: 'Address limits, or effective detection on the host.', zh: '限制地址，或主机具备有效检测措施。' },
    mitigatedBy: ['pg-hba-not-broad'],
  },
  {
    key: '6.4.3.2',
    title: { en: 'An exploitable vulnerability of high severity', zh: '存在可利用的高危漏洞' },
    triggers: [],
    mitigation: {
      en: 'None if reachable from the internet; else address limits or detection on the host.',
      zh: '互联网可达时无缓解措施；否则限制地址或主机检测。',
    },
    mitigatedBy: ['pg-hba-not-broad'],
  },
  {
    key: '6.4.4.1',
    title: { en: 'No measures against malicious code, or out of date', zh: '无恶意代码防范措施或已过期' },
    triggers: [],
    mitigation: {
      en: 'No internet service on the node, with allow-listing, host detection or auditing.',
      zh: '节点不提供互联网服务，并具备白名单、主机检测或审计措施。',
    },
    mitigatedBy: [],
  },
  {
    key: '6.4.5.1',
    title: {
      en: 'Credentials, personal or business data in clear on the wire',
      zh: '鉴别信息、个人信息或业务数据明文传输',
    },
    triggers: ['pg-tls-enabled', 'pg-tls-required', 'pg-tls-sessions', 'pg-tls-replication'],
    mitigation: { en: 'For credentials only: a second factor.', zh: '仅针对鉴别信息：采用双因素鉴别。' },
    mitigatedBy: [],
  },
  {
    key: '6.4.5.2',
    title: {
      en: 'Credentials, personal or important data stored in clear',
      zh: '鉴别信息、个人信息或重要数据明文存储',
    },
    triggers: ['pg-settings-no-password'],
    mitigation: {
      en: 'Not facing the internet and reached only locally or out of band; database firewall or leak prevention.',
      zh: '不面向互联网且仅限本地或带外访问；数据库防火墙或数据防泄漏。',
    },
    mitigatedBy: ['pg-hba-superuser-local'],
  },
  {
    key: '6.4.6.1',
    title: { en: 'No backup of important data', zh: '重要数据无备份' },
    triggers: [],
    mitigation: { en: 'Several sites, or redundant usable copies.', zh: '多活站点或有可用的冗余副本。' },
    mitigatedBy: ['cluster-hot-redundancy'],
  },
  {
    key: '6.4.6.2',
    title: { en: 'No hot redundancy where continuity matters', zh: '连续性要求高的系统无热冗余' },
    triggers: ['cluster-hot-redundancy'],
    mitigation: noMitigation,
    mitigatedBy: [],
  },
  {
    key: '6.4.7.1',
    title: { en: 'Personal data collected without need or consent', zh: '违规采集个人信息' },
    triggers: [],
    mitigation: noMitigation,
    mitigatedBy: [],
  },
  {
    key: '6.4.7.2',
    title: {
      en: 'Personal data accessed or used without right, unmasked in test',
      zh: '违规访问、使用个人信息或测试数据未脱敏',
    },
    triggers: [],
    mitigation: noMitigation,
    mitigatedBy: [],
  },
  {
    key: '6.5.1.1',
    title: { en: 'Devices and components managed remotely without a secure path', zh: '远程管理无安全传输路径' },
    triggers: [],
    mitigation: noMitigation,
    mitigatedBy: [],
  },
  {
    key: '6.5.1.2',
    title: { en: 'Audit records kept for less than six months', zh: '审计记录留存不足六个月' },
    triggers: ['monitoring-log-retention'],
    mitigation: {
      en: 'None; for a system younger than six months, capacity and policy may show the ability.',
      zh: '无；运行不足六个月的系统可用容量与策略证明其能力。',
    },
    mitigatedBy: [],
  },
  {
    key: '6.10.1.1',
    title: { en: 'No contingency plan, or one without a recovery procedure', zh: '无应急预案或缺少恢复流程' },
    triggers: [],
    mitigation: noMitigation,
    mitigatedBy: [],
  },
  {
    key: '6.10.1.2',
    title: { en: 'No contingency training and drill within a year', zh: '一年内未开展应急培训与演练' },
    triggers: [],
    mitigation: noMitigation,
    mitigatedBy: [],
  },
];
