import { defineAttestation } from '../../attestation.ts';

/** System, security and audit administration are held by different persons, each with an account of their own. */
export const attestSeparateAdministrators = defineAttestation({
  id: 'attest-separate-administrators',
  catalogue: ['ROLE-006'],
  title: {
    en: 'System, security and audit administrators are different persons',
    zh: '系统、安全、审计管理员由不同人员担任',
  },
  severity: 'high',
  statement: {
    en: 'System, security and audit administration are held by different persons, each with an account of their own.',
    zh: '系统管理员、安全管理员、审计管理员由不同人员担任，各自使用独立账户。',
  },
  document: {
    en: 'Attach the appointments with names and accounts.',
    zh: '附任命文件、人员与账户对应表。',
  },
  validDays: 180,
});
