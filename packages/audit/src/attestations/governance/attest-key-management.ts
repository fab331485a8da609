import { defineAttestation } from '../../attestation.ts';

/** Keys and cryptographic products are chosen, used and retired by a written procedure that follows national rules. */
export const attestKeyManagement = defineAttestation({
  id: 'attest-key-management',
  catalogue: ['GOV-006'],
  title: { en: 'Cryptography follows a written procedure', zh: '密码管理有书面制度' },
  severity: 'low',
  statement: {
    en: 'Keys and cryptographic products are chosen, used and retired by a written procedure that follows national rules.',
    zh: '密钥与密码产品的选用、使用与停用遵循书面制度及国家规定。',
  },
  document: {
    en: 'Attach the procedure, and the cryptography assessment if there is one.',
    zh: '附管理制度及商用密码应用安全性评估报告（如有）。',
  },
  validDays: 365,
});
