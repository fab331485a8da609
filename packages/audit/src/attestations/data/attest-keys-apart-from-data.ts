import { defineAttestation } from '../../attestation.ts';

/** Keys of volumes, backups and columns are kept in a system of their own, with named custodians and a day of rotation. */
export const attestKeysApartFromData = defineAttestation({
  id: 'attest-keys-apart-from-data',
  catalogue: ['ENC-006'],
  title: { en: 'Encryption keys are kept apart from the data', zh: '加密密钥与数据分离保管' },
  severity: 'high',
  statement: {
    en: 'Keys of volumes, backups and columns are kept in a system of their own, with named custodians and a day of rotation.',
    zh: '卷、备份与字段的密钥由独立系统保管，已明确保管人与轮换日期。',
  },
  document: {
    en: 'Attach where each key is kept, its custodians and its last rotation.',
    zh: '附各密钥的存放位置、保管人及最近轮换日期。',
  },
  validDays: 180,
});
