import { defineAttestation } from '../../attestation.ts';

/** Confidential and personal data is kept for the stated purpose and time only, and was deleted when that was over. */
export const attestDataRetention = defineAttestation({
  id: 'attest-data-retention',
  catalogue: ['ENC-010'],
  title: { en: 'Confidential data is deleted when its time is over', zh: '敏感数据到期删除' },
  severity: 'medium',
  statement: {
    en: 'Confidential and personal data is kept for the stated purpose and time only, and was deleted when that was over.',
    zh: '敏感数据与个人信息仅按声明的目的与期限保存，到期已删除。',
  },
  document: {
    en: 'Attach the retention policy and the last deletion run.',
    zh: '附保存期限制度及最近一次删除记录。',
  },
  validDays: 365,
});
