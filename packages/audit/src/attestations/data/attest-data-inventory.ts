import { defineAttestation } from '../../attestation.ts';

/** The places of personal and confidential data in these databases are known, each with an owner and a class. */
export const attestDataInventory = defineAttestation({
  id: 'attest-data-inventory',
  catalogue: ['ENC-004'],
  title: { en: 'Personal and confidential data is inventoried', zh: '个人信息与敏感数据已编目' },
  severity: 'medium',
  statement: {
    en: 'The places of personal and confidential data in these databases are known, each with an owner and a class.',
    zh: '已掌握数据库中个人信息与敏感数据的位置，并明确其责任人与级别。',
  },
  document: {
    en: 'Attach the signed inventory.',
    zh: '附签字的数据目录。',
  },
  validDays: 365,
});
