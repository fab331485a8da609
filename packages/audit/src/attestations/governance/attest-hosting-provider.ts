import { defineAttestation } from '../../attestation.ts';

/** The data centre or hosting provider holds a current report on physical protection, power, climate and redundancy. */
export const attestHostingProvider = defineAttestation({
  id: 'attest-hosting-provider',
  catalogue: ['GOV-005'],
  title: { en: 'The data centre is assessed', zh: '机房或托管方已测评' },
  severity: 'low',
  statement: {
    en: 'The data centre or hosting provider holds a current report on physical protection, power, climate and redundancy.',
    zh: '机房或托管方持有关于物理防护、供电、温湿度与冗余的有效报告。',
  },
  document: {
    en: 'Attach the report of the provider.',
    zh: '附托管方报告。',
  },
  validDays: 365,
});
