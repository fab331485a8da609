import { defineAttestation } from '../../attestation.ts';

/** Every administrative path to the cluster asks for two factors, at least one of them cryptographic, and none of them can be bypassed. */
export const attestTwoFactorAdmin = defineAttestation({
  id: 'attest-two-factor-admin',
  catalogue: ['AUTH-012', 'GOV-009'],
  title: { en: 'Administrators use a second factor', zh: '管理员使用第二鉴别因素' },
  severity: 'high',
  statement: {
    en: 'Every administrative path to the cluster asks for two factors, at least one of them cryptographic, and none of them can be bypassed.',
    zh: '所有管理访问路径均采用两种鉴别技术且至少一种为密码技术，并且不可绕过。',
  },
  document: {
    en: 'Attach the policy of the bastion or identity provider and a sample login.',
    zh: '附堡垒机或身份提供方的策略及登录样例。',
  },
  validDays: 180,
});
