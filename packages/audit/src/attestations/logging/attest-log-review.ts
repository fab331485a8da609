import { defineAttestation } from '../../attestation.ts';

/** The audit records of the period were read by a named person, and what was found was followed up. */
export const attestLogReview = defineAttestation({
  id: 'attest-log-review',
  catalogue: ['LOG-026'],
  title: { en: 'Logs are reviewed and the review is recorded', zh: '日志定期审查并留有记录' },
  severity: 'medium',
  statement: {
    en: 'The audit records of the period were read by a named person, and what was found was followed up.',
    zh: '本期审计记录已由专人审查，发现的问题已跟进处理。',
  },
  document: {
    en: 'Attach the review records with day, reader, findings and tickets.',
    zh: '附审查记录：日期、人员、发现与工单。',
  },
  validDays: 30,
});
