import { defineAttestation } from '../../attestation.ts';

/** The continuity plan is approved and states the RTO and RPO that this cluster must meet. */
export const attestContinuityPlan = defineAttestation({
  id: 'attest-continuity-plan',
  catalogue: ['GOV-004'],
  title: { en: 'RTO and RPO are approved in a continuity plan', zh: '业务连续性计划已批准 RTO 与 RPO' },
  severity: 'medium',
  statement: {
    en: 'The continuity plan is approved and states the RTO and RPO that this cluster must meet.',
    zh: '业务连续性计划已批准，并规定了本集群须满足的 RTO 与 RPO。',
  },
  document: {
    en: 'Attach the plan with its approval and both objectives.',
    zh: '附计划、审批及两项目标值。',
  },
  validDays: 365,
});
