import { defineAttestation } from '../../attestation.ts';

/** The system description, its scope and criticality, its grade and its filing are current. */
export const attestGradingAndFiling = defineAttestation({
  id: 'attest-grading-and-filing',
  catalogue: ['GOV-001'],
  title: { en: 'The system is described, graded and filed', zh: '系统已描述、定级并备案' },
  severity: 'info',
  statement: {
    en: 'The system description, its scope and criticality, its grade and its filing are current.',
    zh: '系统描述、范围与重要性、定级与备案均为最新。',
  },
  document: {
    en: 'Attach the grading report with the filing number, or the system description.',
    zh: '附定级报告与备案证明，或系统描述。',
  },
  validDays: 365,
});
