import { defineAttestation } from '../../attestation.ts';

/** Important subjects and objects carry security labels that are enforced, or a named measure compensates for them. */
export const attestSecurityLabels = defineAttestation({
  id: 'attest-security-labels',
  catalogue: ['ROLE-018'],
  title: { en: 'Labels, or what stands in for them, are stated', zh: '安全标记或其替代措施已说明' },
  severity: 'medium',
  statement: {
    en: 'Important subjects and objects carry security labels that are enforced, or a named measure compensates for them.',
    zh: '重要主体与客体设置了强制执行的安全标记，或已明确替代措施。',
  },
  document: {
    en: 'Attach the labelling concept, or the reasons and the measure in its place.',
    zh: '附安全标记方案，或替代措施及其理由。',
  },
  validDays: 365,
});
