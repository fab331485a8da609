import { defineAttestation } from '../../attestation.ts';

/** A sample of the roles and rights given in the period was drawn, and each of them has an approved request. */
export const attestAccessRequests = defineAttestation({
  id: 'attest-access-requests',
  catalogue: ['GOV-002'],
  title: { en: 'Access is requested and approved', zh: '访问权限经申请与审批' },
  severity: 'medium',
  statement: {
    en: 'A sample of the roles and rights given in the period was drawn, and each of them has an approved request.',
    zh: '对本期新增的角色与授权进行了抽样，每一项均有审批通过的申请。',
  },
  document: {
    en: 'Attach the population, how the sample was drawn, and the tickets.',
    zh: '附总体、抽样方法及工单。',
  },
  validDays: 90,
});
