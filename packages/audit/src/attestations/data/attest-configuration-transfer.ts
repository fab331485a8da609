import { defineAttestation } from '../../attestation.ts';

/** Configuration reaches the nodes and the configuration store over protected channels, and its source is signed or under review. */
export const attestConfigurationTransfer = defineAttestation({
  id: 'attest-configuration-transfer',
  catalogue: ['INT-009'],
  title: { en: 'Configuration keeps its integrity on its way', zh: '配置数据传输保持完整性' },
  severity: 'info',
  statement: {
    en: 'Configuration reaches the nodes and the configuration store over protected channels, and its source is signed or under review.',
    zh: '配置数据经受保护通道到达节点与配置存储，其来源经签名或复核。',
  },
  document: {
    en: 'Attach the delivery path of configuration and the protection of its repository.',
    zh: '附配置下发路径及代码仓库的保护措施。',
  },
  validDays: 365,
});
