import { defineAttestation } from '../../attestation.ts';

/** What the system took in, computed and gave out was reconciled with the business in the period, and differences were resolved. */
export const attestProcessingIntegrity = defineAttestation({
  id: 'attest-processing-integrity',
  catalogue: ['GOV-010'],
  title: { en: 'Processing is reconciled with the business', zh: '处理结果与业务对账' },
  severity: 'low',
  statement: {
    en: 'What the system took in, computed and gave out was reconciled with the business in the period, and differences were resolved.',
    zh: '本期系统的输入、处理与输出已与业务对账，差异已处理。',
  },
  document: {
    en: 'Attach the reconciliations.',
    zh: '附对账记录。',
  },
  validDays: 90,
});
