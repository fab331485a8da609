import { defineAttestation } from '../../attestation.ts';

/** The network is divided into zones by a current plan, the database zone is not at the border, and lines and devices are redundant. */
export const attestNetworkArchitecture = defineAttestation({
  id: 'attest-network-architecture',
  catalogue: ['NET-009'],
  title: { en: 'Zones and boundary devices are as drawn', zh: '网络区域与边界设备与图纸一致' },
  severity: 'medium',
  statement: {
    en: 'The network is divided into zones by a current plan, the database zone is not at the border, and lines and devices are redundant.',
    zh: '网络按现行方案分区，数据库区域不在边界，线路与设备冗余。',
  },
  document: {
    en: 'Attach the topology, the address plan and the firewall policy.',
    zh: '附拓扑图、地址规划及防火墙策略。',
  },
  validDays: 365,
});
