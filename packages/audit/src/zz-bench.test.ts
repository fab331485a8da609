import { test } from 'vitest';
import { hbaFact } from '/work/main/packages/audit/src/checks/hba.fixture.ts';
import { databasesFact, role, rolesFact } from '/work/main/packages/audit/src/checks/roles.fixture.ts';
import { playRules, principalsOf } from '/work/main/packages/audit/src/checks/hba-reach.ts';
test('bench', () => {
  const lines = Array.from({ length: 300 }, (_, i) => `host db${i % 50} u${i} 10.${i % 250}.${i % 7}.0/24 scram-sha-256`).concat(['host sameuser all 10.0.0.0/8 md5', 'host all +g1 all md5']);
  const roles = rolesFact(Array.from({ length: 1000 }, (_, i) => role(`u${i}`)), { memberships: [{ role: 'g1', member: 'u5' }] });
  const dbs = databasesFact(Array.from({ length: 60 }, (_, i) => `db${i}`));
  const t = performance.now();
  const d = playRules(hbaFact(...lines).rules, principalsOf(roles, dbs));
  console.log('decisions', d.length, Math.round(performance.now() - t), 'ms', Math.round(process.memoryUsage().rss / 1e6));
});
