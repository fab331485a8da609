import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { verifierCountEvidence } from '../password-evidence.ts';

export const pgNoDefaultPassword = defineCheck({
  id: 'pg-no-default-password',
  catalogue: ['AUTH-020'],
  title: { en: 'No role has a published or guessable password', zh: '数据库账号未使用默认口令或弱口令' },
  severity: 'critical',
  rationale: {
    en: 'Passwords of templates, of dictionaries and made of the role name are tried first. The stored verifiers are compared in the auditor’s memory, without a login.',
    zh: '模板默认口令、常见弱口令及由账号名构成的口令会被首先尝试。比对在审计程序内存中针对存储的校验值进行，不产生登录。',
  },
  remediation: {
    en: 'Set a new password made by a generator, and keep it in a secret manager.',
    zh: '使用随机生成的新口令，并保存在密钥管理系统中。',
  },
  fix: [String.raw`\password {role}`],
  needs: ['pg.known-passwords'],
  params: {},
  evaluate({ 'pg.known-passwords': { isCopy, roles, untried } }) {
    if (isCopy) {
      return notApplicable({
        en: 'a standby holds the verifiers of its primary, where they are compared',
        zh: '备库的口令校验值复制自主库，在主库上比对，本项不适用',
      });
    }
    return verdictOf({
      complaints: roles.flatMap(({ name, known }) =>
        known === null
          ? []
          : [
              complaint(
                'fail',
                `the password of ${name} is ${described(known).en}`,
                `账号 ${name} 的口令为${described(known).zh}`,
              ),
            ],
      ),
      unknown:
        untried.length === 0
          ? []
          : [{ en: `${untried.length} more roles were not compared`, zh: `另有 ${untried.length} 个账号未比对` }],
      good: {
        en: `none of ${roles.length} passwords is one that was tried`,
        zh: `${roles.length} 个口令均不属于已知默认口令或弱口令`,
      },
      evidence: [verifierCountEvidence(roles.length + untried.length)],
    });
  },
});

const described = (known: string) =>
  known === 'dictionary'
    ? { en: 'a frequent one', zh: '常见弱口令' }
    : known === 'made of the role name'
      ? { en: 'made of its name', zh: '由账号名构成的弱口令' }
      : { en: `published (${known})`, zh: `公开的默认口令（${known}）` };
