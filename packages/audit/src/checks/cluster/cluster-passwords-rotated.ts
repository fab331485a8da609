import { defineClusterCheck, insufficientData, undecided, type SqlEvidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { seenMembers } from '../members.ts';
import { nameList } from '../name-list.ts';

const dayMs = 86_400_000;

export const clusterPasswordsRotated = defineClusterCheck({
  id: 'cluster-passwords-rotated',
  catalogue: ['PWD-004'],
  title: { en: 'Passwords are in fact changed', zh: '口令实际得到定期更换' },
  severity: 'high',
  rationale: {
    en: 'An expiry date can be moved without a new password; a new verifier cannot be missed. Seen are digests of verifiers in the runs of this auditor that are kept in a folder, so it takes as long as the policy to know.',
    zh: '有效期可以只改日期而不换口令，但校验值变化无法掩盖。本项依据本审计程序在目录中保存的历次运行所记录的校验值摘要，需积累与策略等长的历史方可判定。',
  },
  remediation: {
    en: 'Set new passwords for the roles named here, and go on auditing.',
    zh: '为所列账号设置新口令，并持续审计。',
  },
  fix: [String.raw`\password {role}`],
  needs: ['pg.known-passwords', 'records.password-history'],
  members: 'partial',
  params: { maxDays: 90, warnDays: 75, exempt: [] as readonly string[] },
  evaluate(
    { 'pg.known-passwords': passwords, 'records.password-history': histories },
    { maxDays, warnDays, exempt },
    { at },
  ) {
    const primary = seenMembers(passwords).find(({ value }) => !value.isCopy);
    const history = seenMembers(histories)[0]?.value;
    if (primary === undefined || history === undefined) {
      return undecided({
        en: 'the verifiers of a primary, and the record of earlier runs, were not seen together',
        zh: '未同时取得主库的口令校验值与历次运行记录',
      });
    }
    const roles = primary.value.roles.filter(({ name }) => !exempt.includes(name));
    const evidence: SqlEvidence = {
      fact: 'pg.known-passwords',
      subject: primary.member,
      at: 'login roles with a stored password',
      actual: String(primary.value.roles.length + primary.value.untried.length),
      expected: { en: `each changed within ${maxDays} days`, zh: `均在 ${maxDays} 天内更换过` },
      sql: 'SELECT count(*) FROM pg_authid WHERE rolcanlogin AND rolpassword IS NOT NULL',
    };
    const ages = roles.map(({ name, fingerprint }) => {
      const known = history.roles.find((entry) => entry.name === name && entry.fingerprint === fingerprint);
      return { name, days: known === undefined ? 0 : Math.floor((Date.parse(at) - Date.parse(known.since)) / dayMs) };
    });
    const old = ages.filter(({ days }) => days >= warnDays);
    const watched = history.begins === null ? 0 : Math.floor((Date.parse(at) - Date.parse(history.begins)) / dayMs);
    if (old.length === 0 && watched < maxDays) {
      return insufficientData(
        {
          en: `passwords have been watched for ${watched} of ${maxDays} days`,
          zh: `口令变化仅观察了 ${watched} 天，需满 ${maxDays} 天方可判定`,
        },
        evidence,
      );
    }
    const unsalted = roles.filter(({ fingerprint }) => fingerprint === null).map(({ name }) => name);
    return verdictOf({
      complaints: old.map(({ name, days }) =>
        complaint(
          days > maxDays ? 'fail' : 'warn',
          `the password of ${name} has been the same for ${days} days`,
          `账号 ${name} 的口令已 ${days} 天未更换`,
          evidence,
        ),
      ),
      unknown:
        unsalted.length === 0
          ? []
          : [
              {
                en: `passwords that are not SCRAM are not watched: ${nameList(unsalted).en}`,
                zh: `非 SCRAM 口令无法跟踪：${nameList(unsalted).zh}`,
              },
            ],
      good: {
        en: `${roles.length} passwords were changed within ${maxDays} days`,
        zh: `${roles.length} 个口令均在 ${maxDays} 天内更换过`,
      },
      evidence: [evidence],
    });
  },
});
