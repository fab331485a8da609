import { defineAttestation } from '../../attestation.ts';

/** Only personal information that a stated purpose needs is collected and used, and its impact was assessed. */
export const attestPersonalDataLawful = defineAttestation({
  id: 'attest-personal-data-lawful',
  catalogue: ['GOV-007'],
  title: { en: 'Personal information is processed lawfully', zh: '个人信息处理合法' },
  severity: 'low',
  statement: {
    en: 'Only personal information that a stated purpose needs is collected and used, and its impact was assessed.',
    zh: '仅收集与使用声明目的所必需的个人信息，并已开展影响评估。',
  },
  document: {
    en: 'Attach the purpose list and the impact assessment.',
    zh: '附用途清单与影响评估报告。',
  },
  validDays: 365,
});
