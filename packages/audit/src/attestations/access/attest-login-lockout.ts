import { defineAttestation } from '../../attestation.ts';

/** Repeated failed logins are stopped by the identity provider, the bastion or the nodes, in front of PostgreSQL and of PgBouncer alike. */
export const attestLoginLockout = defineAttestation({
  id: 'attest-login-lockout',
  catalogue: ['AUTH-015'],
  title: { en: 'Repeated failures lock the account', zh: '连续登录失败后锁定账户' },
  severity: 'high',
  statement: {
    en: 'Repeated failed logins are stopped by the identity provider, the bastion or the nodes, in front of PostgreSQL and of PgBouncer alike.',
    zh: '身份提供方、堡垒机或节点对连续登录失败予以限制，PostgreSQL 与 PgBouncer 均在其保护之下。',
  },
  document: {
    en: 'Attach the lock-out policy and a sample of a locked account.',
    zh: '附锁定策略及账户被锁定的样例。',
  },
  validDays: 365,
});
