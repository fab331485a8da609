import { defineAttestation } from '../../attestation.ts';

/** Administrators reach the cluster through controlled interfaces only, by accounts and commands that are limited, and their sessions are recorded and read. */
export const attestControlledAdministration = defineAttestation({
  id: 'attest-controlled-administration',
  catalogue: ['GOV-012'],
  title: { en: 'Administrators work through a bastion and are audited', zh: '管理员经堡垒机操作并受审计' },
  severity: 'medium',
  statement: {
    en: 'Administrators reach the cluster through controlled interfaces only, by accounts and commands that are limited, and their sessions are recorded and read.',
    zh: '管理员仅经受控界面访问集群，账户与命令受限，会话均被记录并审查。',
  },
  document: {
    en: 'Attach the bastion policy, the duty descriptions and a sample of recorded sessions.',
    zh: '附堡垒机策略、岗位职责及会话录像样例。',
  },
  validDays: 180,
});
