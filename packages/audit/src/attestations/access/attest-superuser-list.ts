import { defineAttestation } from '../../attestation.ts';

/** The superusers of the cluster are exactly those of the approved list, and each of them is needed. */
export const attestSuperuserList = defineAttestation({
  id: 'attest-superuser-list',
  catalogue: ['ROLE-001'],
  title: { en: 'The list of superusers is approved', zh: '超级用户清单已审批' },
  severity: 'critical',
  statement: {
    en: 'The superusers of the cluster are exactly those of the approved list, and each of them is needed.',
    zh: '集群的超级用户与审批清单完全一致，且均确有必要。',
  },
  document: {
    en: 'Attach the list with the name of its approver and the day.',
    zh: '附清单及审批人、审批日期。',
  },
  validDays: 90,
});
