import { defineAttestation } from '../../attestation.ts';

/** The tables that hold sensitive data are known, and the policies that limit their rows and columns were reviewed. */
export const attestRowSecurityPolicies = defineAttestation({
  id: 'attest-row-security-policies',
  catalogue: ['ROLE-017'],
  title: { en: 'Row security of sensitive tables is reviewed', zh: '敏感表的行级安全策略已复核' },
  severity: 'medium',
  statement: {
    en: 'The tables that hold sensitive data are known, and the policies that limit their rows and columns were reviewed.',
    zh: '敏感数据所在的表已明确，限制其行与列访问的策略已复核。',
  },
  document: {
    en: 'Attach the list of tables and the review of their policies.',
    zh: '附敏感表清单及策略复核记录。',
  },
  validDays: 365,
});
