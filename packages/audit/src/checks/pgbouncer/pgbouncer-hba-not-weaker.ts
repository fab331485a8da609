import { defineCheck, undecided, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { shellWord } from '../../psql-command.ts';
import { addressText, mergePaths, poolerRules, widerThanServer, type WiderPath } from '../access-path.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { rulesEvidence } from '../hba-evidence.ts';
import { principalsOf } from '../hba-reach.ts';
import { nameList } from '../name-list.ts';
import { configEvidence, findSetting, reachOf } from '../pgbouncer-evidence.ts';

export const pgbouncerHbaNotWeaker = defineCheck({
  id: 'pgbouncer-hba-not-weaker',
  scope: 'pgbouncer',
  catalogue: ['PGB-004', 'AUTH-025'],
  title: { en: 'PgBouncer lets nobody in whom the server refuses', zh: 'PgBouncer 的准入规则不弱于数据库 HBA' },
  severity: 'high',
  rationale: {
    en: 'The server sees its clients come from the pooler on its own host: the networks and the TLS that its rules demand are checked by the pooler or by nobody.',
    zh: '数据库看到的客户端均来自本机连接池，其规则对网络与 TLS 的要求只能由连接池落实。',
  },
  remediation: {
    en: 'Give PgBouncer the same rules as pg_hba.conf (auth_type = hba), hostssl where the server has it, and reject superusers.',
    zh: '让 PgBouncer 使用与 pg_hba.conf 一致的规则（auth_type = hba），需要 TLS 处使用 hostssl，并拒绝超级用户。',
  },
  fix: [
    'auth_type = hba',
    'auth_hba_file = {file}',
    'host all {superuser} all reject',
    'hostssl {database} {role} {network} scram-sha-256',
  ],
  needs: ['pgbouncer.config', 'node.pgbouncer-hba', 'pg.hba', 'pg.roles', 'pg.databases'],
  params: {},
  evaluate(facts) {
    const { 'pgbouncer.config': config, 'node.pgbouncer-hba': hba, 'pg.hba': server, 'pg.roles': roles } = facts;
    const usesFile = findSetting(config, 'auth_type') === 'hba';
    const evidence = [
      configEvidence(config, ['auth_hba_file', 'auth_type', 'client_tls_sslmode', 'listen_addr'], {
        en: 'rules as strict as the server’s',
        zh: '规则不弱于数据库',
      }),
      rulesEvidence(server, { en: 'at least as strict in PgBouncer', zh: 'PgBouncer 不弱于此' }),
    ];
    if (usesFile && (hba === null || hba.path !== findSetting(config, 'auth_hba_file'))) {
      return undecided(
        {
          en: 'the rules that PgBouncer runs with are not the file that was read on the node',
          zh: 'PgBouncer 运行中的规则文件与节点上读取的文件不一致，无法判定',
        },
        ...evidence,
      );
    }
    const superusers = roles.roles.filter(({ superuser }) => superuser).map(({ name }) => name);
    const paths =
      reachOf(config) === 'network'
        ? mergePaths(
            widerThanServer(
              server.rules,
              poolerRules(config, hba),
              principalsOf(roles, facts['pg.databases']),
              superusers,
            ),
          )
        : [];
    if (paths.length === 0 && server.errors.length > 0) {
      return undecided(
        {
          en: 'a line of pg_hba.conf does not parse, so the server may run on other rules',
          zh: 'pg_hba.conf 存在无法解析的行，当前生效规则可能不同，无法判定',
        },
        ...evidence,
      );
    }
    return verdictOf({
      complaints: paths.map((path) => describe(path, usesFile)),
      good: {
        en: 'whoever gets through PgBouncer could have come to the server directly',
        zh: '能通过 PgBouncer 的连接均符合数据库自身的准入规则',
      },
      evidence: [...evidence, ...ruleLines(hba, paths)],
    });
  },
});

function describe({ kind, users, databases, address, rule }: WiderPath, usesFile: boolean): Complaint {
  const where = usesFile
    ? { en: `line ${rule.line}`, zh: `第 ${rule.line} 行` }
    : { en: `auth_type ${rule.method}`, zh: `auth_type ${rule.method}` };
  const who = nameList(users, 3);
  const to = nameList(databases, 3);
  const from = addressText(address);
  const why = {
    refused: { en: 'whom the server refuses', zh: '而数据库自身拒绝该来源' },
    clear: { en: 'without the TLS that the server demands', zh: '未使用数据库所要求的 TLS' },
    superuser: { en: 'as a superuser', zh: '且为超级用户' },
    relayed: { en: 'whom the server limits to networks', zh: '而数据库限制其来源网络' },
  }[kind];
  return complaint(
    'fail',
    `${where.en} lets ${who.en} into ${to.en} from ${from}, ${why.en}`,
    `${where.zh}允许 ${who.zh} 从 ${from} 访问 ${to.zh}，${why.zh}`,
  );
}

/** The rules of the file that let somebody in. */
const ruleLines = (hba: FactMap['node.pgbouncer-hba'], paths: readonly WiderPath[]): readonly Evidence[] => {
  if (hba === null) return [];
  const lines = [...new Set(paths.map(({ rule }) => rule.line))].filter((line) => line > 0).slice(0, 5);
  return lines.flatMap((line): readonly Evidence[] => {
    const rule = hba.rules.find((other) => other.line === line);
    return rule === undefined
      ? []
      : [
          {
            fact: 'node.pgbouncer-hba',
            at: `line ${line}`,
            actual: rule.type,
            expected: { en: 'no wider than pg_hba.conf', zh: '不宽于 pg_hba.conf' },
            shell: `awk 'NR == ${line} { print $1 }' ${shellWord(hba.path)}`,
          },
        ];
  });
};
