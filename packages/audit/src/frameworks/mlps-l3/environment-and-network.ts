import type { Clause } from '../../framework.ts';
import { threeVoters, twoBalancers, twoServers } from '../demands.ts';

const physical = { en: '8.1.1 Secure physical environment', zh: '8.1.1 安全物理环境' };
const network = { en: '8.1.2 Secure communication network', zh: '8.1.2 安全通信网络' };
const architecture = { en: '8.1.2.1 Network architecture', zh: '8.1.2.1 网络架构' };
const transport = { en: '8.1.2.2 Communication transport', zh: '8.1.2.2 通信传输' };

/** 8.1.1 as one entry (its items belong to the data centre) and 8.1.2, units L3-CNS1-01..08. */
export const environmentAndNetwork: readonly Clause[] = [
  {
    id: '8.1.1',
    chapter: physical,
    section: physical,
    title: {
      en: 'Site, access, power, climate and fire protection of the machine room',
      zh: '机房选址、出入、供电、温湿度与消防等物理防护',
    },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Attach the data-centre or hosting provider report that answers these items.',
        zh: '附机房或托管服务商的测评报告，由其覆盖本节各项。',
        by: ['attest-hosting-provider'],
      },
    ],
  },
  {
    id: '8.1.2.1 a)',
    unit: 'L3-CNS1-01',
    chapter: network,
    section: architecture,
    title: { en: 'Devices have capacity for the business peak', zh: '设备处理能力满足业务高峰' },
    coverage: 'partial',
    checks: [
      'pg-slots-safe',
      'monitoring-capacity-quiet',
      'pgbouncer-pool-capacity',
      'haproxy-timeouts-and-limits',
      'pg-role-connection-limits',
      'etcd-space',
      'etcd-compaction',
      'monitoring-host-capacity',
    ],
    manual: [
      {
        en: 'Show peak CPU, memory and session figures of the network devices on the path.',
        zh: '提供链路上网络设备高峰期的 CPU、内存与会话数据。',
      },
    ],
  },
  {
    id: '8.1.2.1 b)',
    unit: 'L3-CNS1-02',
    chapter: network,
    section: architecture,
    title: { en: 'Bandwidth of each part of the network suffices at the peak', zh: '各部分网络带宽满足业务高峰' },
    coverage: 'partial',
    checks: ['monitoring-host-capacity'],
    manual: [{ en: 'Show bandwidth use at the business peak.', zh: '提供业务高峰期的带宽使用数据。' }],
  },
  {
    id: '8.1.2.1 c)',
    unit: 'L3-CNS1-03',
    chapter: network,
    section: architecture,
    title: { en: 'The network is divided into zones with their own address ranges', zh: '划分网络区域并分配地址' },
    coverage: 'partial',
    checks: ['monitoring-consoles-secured', 'haproxy-stats-login'],
    manual: [
      {
        en: 'Provide the zone plan and the address plan.',
        zh: '提供区域划分与地址规划。',
        by: ['attest-network-architecture'],
      },
    ],
  },
  {
    id: '8.1.2.1 d)',
    unit: 'L3-CNS1-04',
    chapter: network,
    section: architecture,
    title: { en: 'Important zones are kept off the border and isolated', zh: '重要区域不置于边界处且有隔离' },
    coverage: 'partial',
    checks: ['monitoring-consoles-secured', 'haproxy-stats-login', 'node-ports-not-public'],
    manual: [
      {
        en: 'Show in the topology that the database zone is not at the border, and how it is isolated.',
        zh: '在拓扑图中说明数据库区域不在边界处及其隔离方式。',
        by: ['attest-network-architecture'],
      },
    ],
  },
  {
    id: '8.1.2.1 e)',
    unit: 'L3-CNS1-05',
    chapter: network,
    section: architecture,
    title: {
      en: 'Lines, key network devices and key computing devices are redundant',
      zh: '线路、关键网络设备与关键计算设备冗余',
    },
    coverage: 'partial',
    checks: [
      'cluster-haproxy-redundant',
      'cluster-hot-redundancy',
      'cluster-etcd-quorum',
      'cluster-failure-domains',
      'cluster-etcd-failure-domains',
    ],
    requires: [twoServers, twoBalancers, threeVoters],
    manual: [
      {
        en: 'Show redundant lines and network devices.',
        zh: '说明通信线路与网络设备的冗余。',
        by: ['attest-network-architecture'],
      },
      {
        en: 'Show that the members run on separate hosts, racks or sites.',
        zh: '说明各成员部署在不同的主机、机柜或站点。',
      },
    ],
  },
  {
    id: '8.1.2.2 a)',
    unit: 'L3-CNS1-06',
    chapter: network,
    section: transport,
    title: { en: 'Integrity of data on the network is protected', zh: '通信过程中数据的完整性' },
    coverage: 'partial',
    checks: ['cluster-haproxy-check-tls', 'pg-tls-enabled', 'pg-tls-replication'],
    manual: [
      {
        en: 'Confirm the channels beside PostgreSQL: poolers, load balancers, configuration store, backup.',
        zh: '确认 PostgreSQL 以外的通道：连接池、负载均衡、配置存储与备份。',
      },
    ],
  },
  {
    id: '8.1.2.2 b)',
    unit: 'L3-CNS1-07',
    chapter: network,
    section: transport,
    title: {
      en: 'Confidentiality of data on the network is protected by cryptography',
      zh: '通信过程中数据的保密性（密码技术）',
    },
    coverage: 'partial',
    checks: [
      'pg-plaintext-refused',
      'pgbouncer-plaintext-refused',
      'haproxy-plaintext-refused',
      'pgbouncer-tls-protocols',
      'pgbouncer-tls-certificate',
      'pgbouncer-server-tls',
      'pgbouncer-client-tls',
      'pg-tls-enabled',
      'pg-tls-min-version',
      'pg-tls-required',
      'pg-tls-sessions',
      'pg-tls-certificate',
      'pg-tls-replication',
      'patroni-rest-tls',
      'etcd-client-tls',
      'etcd-peer-tls',
      'etcd-certificate',
      'pg-tls-ciphers',
      'pgbouncer-tls-ciphers',
      'patroni-tls-ciphers',
      'etcd-tls-ciphers',
      'haproxy-tls-ciphers',
    ],
    manual: [
      {
        en: 'Confirm the channels beside PostgreSQL: poolers, load balancers, configuration store, backup.',
        zh: '确认 PostgreSQL 以外的通道：连接池、负载均衡、配置存储与备份。',
      },
    ],
    highRisk: ['6.2.2.1'],
  },
  {
    id: '8.1.2.3',
    unit: 'L3-CNS1-08',
    chapter: network,
    section: { en: '8.1.2.3 Trusted verification', zh: '8.1.2.3 可信验证' },
    title: {
      en: 'Communication devices may verify themselves from a root of trust',
      zh: '通信设备可基于可信根进行验证',
    },
    coverage: 'none',
    checks: [],
    manual: [
      {
        en: 'Answered on the network devices; name the report section that does.',
        zh: '由网络设备对象回答，注明对应章节。',
        by: ['attest-other-objects'],
      },
    ],
  },
];
