import { defineAttestation } from '../../attestation.ts';

/** It was decided whether the cryptography assessment (GB/T 39786) applies to this system, and the algorithms in use are known. */
export const attestNationalCryptography = defineAttestation({
  id: 'attest-national-cryptography',
  catalogue: ['TLS-012'],
  title: { en: 'The need for national cryptography is stated', zh: '商用密码适用性已说明' },
  severity: 'info',
  statement: {
    en: 'It was decided whether the cryptography assessment (GB/T 39786) applies to this system, and the algorithms in use are known.',
    zh: '已明确本系统是否需要开展商用密码应用安全性评估（GB/T 39786），并已掌握所用算法。',
  },
  document: {
    en: 'Attach the decision, or the assessment report.',
    zh: '附适用性说明或评估报告。',
  },
  validDays: 365,
});
