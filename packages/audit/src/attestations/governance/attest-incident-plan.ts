import { defineAttestation } from '../../attestation.ts';

/** There is an approved plan for incidents, and it was exercised within a year. */
export const attestIncidentPlan = defineAttestation({
  id: 'attest-incident-plan',
  catalogue: ['GOV-003'],
  title: { en: 'The incident response plan is exercised', zh: '应急预案经演练' },
  severity: 'medium',
  statement: {
    en: 'There is an approved plan for incidents, and it was exercised within a year.',
    zh: '已批准应急预案，并在一年内开展过演练。',
  },
  document: {
    en: 'Attach the plan with its version and the record of the exercise.',
    zh: '附预案及版本、演练记录。',
  },
  validDays: 365,
});
