import { defineAttestation } from '../../attestation.ts';

/** Configuration, the certificate authority and the secrets that a rebuild needs are backed up, and their restore was tried. */
export const attestConfigurationBackup = defineAttestation({
  id: 'attest-configuration-backup',
  catalogue: ['BKP-021'],
  title: { en: 'Configuration, authority and secrets are backed up too', zh: '配置、证书机构与密钥亦有备份' },
  severity: 'medium',
  statement: {
    en: 'Configuration, the certificate authority and the secrets that a rebuild needs are backed up, and their restore was tried.',
    zh: '重建所需的配置、证书机构与密钥均有备份，并验证过恢复。',
  },
  document: {
    en: 'Attach what is backed up, where to, and the last try.',
    zh: '附备份内容、位置及最近一次恢复验证。',
  },
  validDays: 90,
});
