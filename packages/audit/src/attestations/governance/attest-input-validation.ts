import { defineAttestation } from '../../attestation.ts';

/** The applications on this cluster validate what they are given; a review or a penetration test shows no open injection. */
export const attestInputValidation = defineAttestation({
  id: 'attest-input-validation',
  catalogue: ['GOV-008'],
  title: { en: 'Applications validate their input', zh: '应用对输入进行校验' },
  severity: 'low',
  statement: {
    en: 'The applications on this cluster validate what they are given; a review or a penetration test shows no open injection.',
    zh: '使用本集群的应用对输入进行校验；代码审查或渗透测试未发现未关闭的注入问题。',
  },
  document: {
    en: 'Attach the code review or the penetration test.',
    zh: '附代码审查或渗透测试报告。',
  },
  validDays: 365,
});
