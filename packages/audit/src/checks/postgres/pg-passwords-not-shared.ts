import { defineCheck, notApplicable, type SqlEvidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { verifierCountEvidence } from '../password-evidence.ts';
import { sqlLiterals } from '../sql-literal.ts';

type KnownPassword = FactMap['pg.known-passwords']['roles'][number];

export const pgPasswordsNotShared = defineCheck({
  id: 'pg-passwords-not-shared',
  catalogue: ['AUTH-021'],
  title: { en: 'No two roles have the same password', zh: '不同数据库账号未共用口令' },
  severity: 'high',
  rationale: {
    en: 'Salts keep unknown passwords from being compared: seen are copied verifiers, published passwords, and the password that the auditor itself uses.',
    zh: '由于加盐，未知口令无法相互比对；可发现复制的校验值、公开口令，以及与审计账号相同的口令。',
  },
  remediation: {
    en: 'Give every role a password of its own.',
    zh: '为每个账号设置独立口令。',
  },
  fix: [String.raw`\password {role}`],
  needs: ['pg.known-passwords'],
  params: {},
  evaluate({ 'pg.known-passwords': { isCopy, auditor, roles, untried } }) {
    if (isCopy) {
      return notApplicable({
        en: 'a standby holds the verifiers of its primary, where they are compared',
        zh: '备库的口令校验值复制自主库，在主库上比对，本项不适用',
      });
    }
    const asAuditor = roles.filter(({ name, isAuditors }) => isAuditors === true && name !== auditor);
    return verdictOf({
      complaints: [
        ...sharedBy(roles, ({ fingerprint }) => fingerprint, 'the same stored verifier', '相同的口令校验值'),
        ...sharedBy(
          roles,
          ({ known }) => (known === 'dictionary' || known === 'made of the role name' ? null : known),
          'the same published password',
          '相同的公开口令',
        ),
        ...(asAuditor.length === 0
          ? []
          : [
              complaint(
                'fail',
                `${names(asAuditor).en} has the password of the audit role ${auditor}`,
                `账号 ${names(asAuditor).zh} 与审计账号 ${auditor} 使用相同口令`,
              ),
            ]),
      ],
      unknown:
        untried.length === 0
          ? []
          : [{ en: `${untried.length} more roles were not compared`, zh: `另有 ${untried.length} 个账号未比对` }],
      good: {
        en: `${roles.length} roles: no verifier twice, no shared known password`,
        zh: `${roles.length} 个账号的校验值各不相同，且未共用已知口令`,
      },
      evidence: [verifierCountEvidence(roles.length + untried.length), distinctEvidence(roles, untried)],
    });
  },
});

const names = (roles: readonly KnownPassword[]) => nameList(roles.map(({ name }) => name));

function sharedBy(
  roles: readonly KnownPassword[],
  keyOf: (role: KnownPassword) => string | null,
  en: string,
  zh: string,
): readonly Complaint[] {
  const keys = new Set(roles.flatMap((role) => keyOf(role) ?? []));
  return [...keys].flatMap((key) => {
    const same = roles.filter((role) => keyOf(role) === key);
    return same.length < 2
      ? []
      : [complaint('fail', `${names(same).en} have ${en}`, `账号 ${names(same).zh} 使用${zh}`)];
  });
}

/** Different SCRAM verifiers among the roles that were compared. */
function distinctEvidence(roles: readonly KnownPassword[], untried: readonly string[]): SqlEvidence {
  const salted = new Set(roles.flatMap(({ fingerprint }) => fingerprint ?? []));
  const left = untried.length === 0 ? '' : ` AND rolname NOT IN (${sqlLiterals(untried)})`;
  return {
    fact: 'pg.known-passwords',
    at: 'different SCRAM verifiers',
    actual: String(salted.size),
    expected: { en: 'as many as roles have one', zh: '与账号数量一致' },
    sql: `SELECT count(DISTINCT rolpassword) FROM pg_authid WHERE rolcanlogin AND rolpassword LIKE 'SCRAM-SHA-256$%'${left}`,
  };
}
