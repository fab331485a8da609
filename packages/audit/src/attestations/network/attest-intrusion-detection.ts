import { defineAttestation } from '../../attestation.ts';

/** Sensors at the boundary and at key nodes detect attacks from outside and inside, and raise an alarm that somebody answers. */
export const attestIntrusionDetection = defineAttestation({
  id: 'attest-intrusion-detection',
  catalogue: ['NET-010'],
  title: { en: 'Intrusions are detected and raise an alarm', zh: '入侵行为可被发现并告警' },
  severity: 'medium',
  statement: {
    en: 'Sensors at the boundary and at key nodes detect attacks from outside and inside, and raise an alarm that somebody answers.',
    zh: '边界与关键节点部署的检测措施可发现来自内外部的攻击，并产生有人响应的告警。',
  },
  document: {
    en: 'Attach the coverage of the sensors and a sample alarm with its handling.',
    zh: '附检测覆盖范围及告警样例与处置。',
  },
  validDays: 180,
});
