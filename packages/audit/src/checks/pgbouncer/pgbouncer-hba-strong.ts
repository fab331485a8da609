import { defineCheck, notApplicable, undecided, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { shellWord } from '../../psql-command.ts';
import type { Text } from '../../text.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { configEvidence, findSetting } from '../pgbouncer-evidence.ts';

type Hba = NonNullable<FactMap['node.pgbouncer-hba']>;

export const pgbouncerHbaStrong = defineCheck({
  id: 'pgbouncer-hba-strong',
  scope: 'pgbouncer',
  catalogue: ['PGB-003'],
  title: { en: 'Every rule of PgBouncer demands a proof of identity', zh: 'PgBouncer 的每条 HBA 规则均要求身份鉴别' },
  severity: 'critical',
  rationale: {
    en: 'With auth_type hba one rule with trust opens the databases behind it to whoever the rule is about.',
    zh: 'auth_type 为 hba 时，一条 trust 规则即可使相应用户免鉴别访问后端数据库。',
  },
  remediation: {
    en: 'Use scram-sha-256 or cert in every rule for networks, peer for the host’s own socket, and correct lines that do not parse.',
    zh: '网络规则使用 scram-sha-256 或 cert，本机套接字使用 peer，并更正无法解析的行。',
  },
  fix: ['hostssl all all {network} scram-sha-256', 'RELOAD'],
  needs: ['pgbouncer.config', 'node.pgbouncer-hba'],
  params: {},
  evaluate({ 'pgbouncer.config': config, 'node.pgbouncer-hba': hba }) {
    const named = configEvidence(config, ['auth_hba_file', 'auth_type'], {
      en: 'hba with a file',
      zh: 'hba 与规则文件',
    });
    if (findSetting(config, 'auth_type') !== 'hba') {
      return notApplicable(
        {
          en: 'PgBouncer uses no rules (pgbouncer-auth-type)',
          zh: 'PgBouncer 未使用 HBA 规则，本项不适用（见 pgbouncer-auth-type）',
        },
        named,
      );
    }
    if (hba === null || hba.path !== findSetting(config, 'auth_hba_file')) {
      return undecided(
        {
          en: 'the rules that run are not the file that was read on the node; check pgbouncerIni of collect-node --paths',
          zh: '运行中的规则文件与节点上读取的文件不一致，无法判定，请检查 collect-node --paths 的 pgbouncerIni',
        },
        named,
      );
    }
    return verdictOf({
      complaints: [
        ...hba.brokenLines.map((line) => complaint('fail', `line ${line} does not parse`, `第 ${line} 行无法解析`)),
        ...hba.rules.flatMap(judge),
      ],
      good: {
        en: `${hba.rules.length} rules, none without a proof of identity`,
        zh: `共 ${hba.rules.length} 条规则，均要求身份鉴别`,
      },
      evidence: [
        named,
        methodsEvidence(hba, { en: 'scram-sha-256, cert, peer, reject', zh: 'scram-sha-256、cert、peer、reject' }),
      ],
    });
  },
});

function judge({ line, type, method }: Hba['rules'][number]): readonly Complaint[] {
  if (method === 'trust' || method === 'any') {
    return [
      complaint('fail', `line ${line} lets everybody in (${method})`, `第 ${line} 行允许任何人进入（${method}）`),
    ];
  }
  if (method === 'password' || method === 'plain' || method === 'pam' || method === 'ldap') {
    return type === 'hostssl' || type === 'local'
      ? []
      : [
          complaint(
            'fail',
            `line ${line} takes the password in clear text (${type} ${method})`,
            `第 ${line} 行以明文接收口令（${type} ${method}）`,
          ),
        ];
  }
  return method === 'md5' ? [complaint('warn', `line ${line} allows md5`, `第 ${line} 行允许 md5`)] : [];
}

/** Type and method of every rule, as the file has them. */
const methodsEvidence = ({ path, rules }: Hba, expected: Text): Evidence => ({
  fact: 'node.pgbouncer-hba',
  at: 'types and methods',
  actual: rules.map(({ type, method }) => `${type} ${method}`).join('\n'),
  expected,
  // The method is the first word after the address, or after address and mask.
  shell: `grep -E '^[[:space:]]*(local|host)' ${shellWord(path)} | sed -E 's/#.*//; s/,[[:space:]]+/,/g; s/[[:space:]]+,/,/g' | awk '{ m = $1 == "local" ? 4 : ($5 ~ /^[0-9.:]+$/ ? 6 : 5); print $1 " " $m }'`,
});
