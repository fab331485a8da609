import { defineAttestation } from '../../attestation.ts';

/** Copies of production data for test, training or analysis are masked, and nobody refreshes them by another way. */
export const attestTestDataMasked = defineAttestation({
  id: 'attest-test-data-masked',
  catalogue: ['ENC-005'],
  title: { en: 'Production data is masked before it is used elsewhere', zh: '生产数据在其他环境使用前已脱敏' },
  severity: 'medium',
  statement: {
    en: 'Copies of production data for test, training or analysis are masked, and nobody refreshes them by another way.',
    zh: '用于测试、培训或分析的生产数据副本均已脱敏，且不存在其他刷新途径。',
  },
  document: {
    en: 'Attach the masking rules and the last refresh.',
    zh: '附脱敏规则及最近一次刷新记录。',
  },
  validDays: 365,
});
