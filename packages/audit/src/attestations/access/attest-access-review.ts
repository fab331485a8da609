import { defineAttestation } from '../../attestation.ts';

/** All roles and their rights were reviewed in the period, leavers were removed, and the findings were acted on. */
export const attestAccessReview = defineAttestation({
  id: 'attest-access-review',
  catalogue: ['ROLE-024'],
  title: { en: 'Access rights are reviewed regularly', zh: '定期复核访问权限' },
  severity: 'medium',
  statement: {
    en: 'All roles and their rights were reviewed in the period, leavers were removed, and the findings were acted on.',
    zh: '本期已复核全部角色及其权限，离职人员账户已清除，复核问题已整改。',
  },
  document: {
    en: 'Attach the signed review with the role list it is about.',
    zh: '附签字的复核记录及对应的角色清单。',
  },
  validDays: 90,
});
