import { defineAttestation } from '../../attestation.ts';

/** The clauses about network boundaries that this report leaves open are answered on firewalls, gateways and terminals, in the section that is named. */
export const attestOtherObjects = defineAttestation({
  id: 'attest-other-objects',
  catalogue: ['GOV-011'],
  title: { en: 'Boundary clauses are answered on other objects', zh: '边界条款由其他测评对象答复' },
  severity: 'low',
  statement: {
    en: 'The clauses about network boundaries that this report leaves open are answered on firewalls, gateways and terminals, in the section that is named.',
    zh: '本报告未覆盖的网络边界条款已在防火墙、网关与终端等测评对象的指定章节中答复。',
  },
  document: {
    en: 'Attach the list of these clauses with the section of the report that answers each.',
    zh: '附条款清单及答复所在章节。',
  },
  validDays: 365,
});
