import { defineCheck, fail, notApplicable, pass, warn } from '../../check.ts';
import { nameList } from '../name-list.ts';
import {
  fewestIterations,
  fewestIterationsEvidence,
  secretKindsEvidence,
  secretsEvidence,
} from '../secret-evidence.ts';
import { settingEvidence } from '../setting-evidence.ts';

export const pgScramIterations = defineCheck({
  id: 'pg-scram-iterations',
  catalogue: ['AUTH-006'],
  title: { en: 'SCRAM passwords are hashed often enough', zh: 'SCRAM 口令迭代次数不低于下限' },
  severity: 'low',
  rationale: {
    en: 'The iteration count is what guessing a password from a stolen verifier costs; RFC 7677 starts at 4096.',
    zh: '迭代次数决定了利用泄露的校验值猜解口令的代价，RFC 7677 规定的下限为 4096。',
  },
  remediation: {
    en: 'Raise scram_iterations (PostgreSQL 16 on) and set the passwords named here again.',
    zh: '提高 scram_iterations（PostgreSQL 16 及以上），并重新设置相关账号口令。',
  },
  fix: [`ALTER SYSTEM SET scram_iterations = {count}`, 'SELECT pg_reload_conf()', String.raw`\password {role}`],
  needs: ['pg.role-secrets', 'pg.settings'],
  params: { minimumIterations: 4096, recommendedIterations: 4096 },
  evaluate({ 'pg.role-secrets': secrets, 'pg.settings': settings }, { minimumIterations, recommendedIterations }) {
    const wanted = Math.max(minimumIterations, recommendedIterations);
    const expected = { en: `at least ${wanted}`, zh: `不少于 ${wanted}` };
    // Version 16 made the count for new passwords a setting.
    const future = settings['scram_iterations'];
    const futureEvidence = future === undefined ? [] : [settingEvidence(settings, 'scram_iterations', expected)];
    const fewest = fewestIterations(secrets);
    if (fewest === undefined && future === undefined) {
      return notApplicable(
        { en: 'no login role has a SCRAM password', zh: '不存在采用 SCRAM 口令的登录账号' },
        secretKindsEvidence(secrets, expected),
      );
    }
    const lowest = Math.min(fewest ?? Infinity, future === undefined ? Infinity : Number(future.value));
    if (lowest >= wanted) {
      return pass(
        {
          en: `no SCRAM password, stored or new, has fewer than ${lowest} iterations`,
          zh: `经核查，已存储和新设的 SCRAM 口令迭代次数均不低于 ${lowest}，符合要求`,
        },
        fewestIterationsEvidence(secrets, expected),
        ...futureEvidence,
      );
    }
    const few = secrets.filter(({ iterations }) => iterations !== null && iterations < wanted);
    const list = nameList(few.map(({ name }) => name));
    const reason = {
      en: `the fewest SCRAM iterations are ${lowest}${few.length === 0 ? ', for new passwords' : `: ${list.en}`}`,
      zh: `经核查，SCRAM 迭代次数最低为 ${lowest}${few.length === 0 ? '（新设口令）' : `，涉及账号：${list.zh}`}`,
    };
    const evidence = [...secretsEvidence(few, expected), ...futureEvidence];
    return lowest < minimumIterations ? fail(reason, ...evidence) : warn(reason, ...evidence);
  },
});
