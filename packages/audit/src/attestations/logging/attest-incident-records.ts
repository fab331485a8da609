import { defineAttestation } from '../../attestation.ts';

/** Every incident of the period has a record of its detection, triage, resolution and lessons; where there was none, that is stated. */
export const attestIncidentRecords = defineAttestation({
  id: 'attest-incident-records',
  catalogue: ['MON-012'],
  title: { en: 'Incidents are recorded from detection to lessons', zh: '安全事件有完整处置记录' },
  severity: 'medium',
  statement: {
    en: 'Every incident of the period has a record of its detection, triage, resolution and lessons; where there was none, that is stated.',
    zh: '本期每起事件均有发现、研判、处置与总结记录；无事件时已予说明。',
  },
  document: {
    en: 'Attach the list of incidents with their alerts and tickets.',
    zh: '附事件清单及关联告警与工单。',
  },
  validDays: 180,
});
