import { defineClusterCheck, undecided } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { maxUnsoundRelations, unsoundRelationsSql } from '../../unsound-relations.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { findSeen, seenMembers } from '../members.ts';
import { nameList } from '../name-list.ts';
import { psqlRows } from '../psql-output.ts';

type Relation = FactMap['pg.unsound-relations']['examined'][number]['relations'][number];
type Named = Relation & { readonly database: string };

export const clusterRelationsSound = defineClusterCheck({
  id: 'cluster-relations-sound',
  catalogue: ['INT-007'],
  title: { en: 'Tables survive a failover, indexes and constraints hold', zh: '数据表可在切换后保留，索引与约束有效' },
  severity: 'medium',
  rationale: {
    en: 'An unlogged table is empty after a crash and on every replica; an invalid index costs writes and answers nothing; a constraint that was never validated lets old rows break it.',
    zh: '无日志表在崩溃或切换后被清空，无效索引只增加写入开销，未验证的约束不能保证存量数据符合规则。',
  },
  remediation: {
    en: 'Make tables with data that matters logged, rebuild or drop invalid indexes, validate constraints; list unlogged tables that may be lost in the parameters of this check.',
    zh: '将业务表改为有日志表，重建或删除无效索引，验证约束；允许丢失的无日志表应登记在本检查参数中。',
  },
  fix: [
    'ALTER TABLE {schema.table} SET LOGGED',
    'REINDEX INDEX CONCURRENTLY {schema.index}',
    'ALTER TABLE {schema.table} VALIDATE CONSTRAINT {constraint}',
  ],
  needs: ['pg.server', 'pg.unsound-relations'],
  members: 'partial',
  /** Unlogged tables that may be lost: `database.schema.table`, or `database.schema.*`. */
  params: { unloggedAllowed: [] as readonly string[] },
  evaluate({ 'pg.server': servers, 'pg.unsound-relations': facts }, { unloggedAllowed }) {
    // Copies hold the same relations, but only the primary knows which of its indexes are being built.
    const seen = seenMembers(facts);
    const primary = seen.find(({ member }) => findSeen(servers, member)?.inRecovery === false);
    const chosen = primary ?? seen[0];
    if (chosen === undefined) return undecided({ en: 'no member answered', zh: '没有成员应答，无法判定' });
    const { examined, closed } = chosen.value;
    const versionNum = findSeen(servers, chosen.member)?.versionNum;
    if (versionNum === undefined) {
      return undecided({
        en: `the version of ${chosen.member} is out of sight`,
        zh: `无法读取 ${chosen.member} 的版本，无法判定`,
      });
    }
    const evidenceOf = ({ database, relations }: (typeof examined)[number]) => ({
      fact: 'pg.unsound-relations' as const,
      subject: chosen.member,
      at: `database ${database}: unlogged tables, invalid indexes, unvalidated constraints`,
      actual: psqlRows(relations.map(({ what, name }) => [what, name])),
      expected: { en: 'none', zh: '无' },
      sql: unsoundRelationsSql(versionNum),
      database,
    });
    const all = examined.flatMap(({ database, relations }) => relations.map((one) => ({ ...one, database })));
    const complaints = [
      complain(
        all.filter((one) => one.what === 'unlogged' && !isAllowed(one, unloggedAllowed)),
        'unlogged, so empty after a crash or failover',
        '为无日志表，崩溃或切换后清空',
      ),
      complain(
        all.filter(({ what }) => what === 'invalid'),
        'invalid indexes',
        '为无效索引',
      ),
      complain(
        all.filter(({ what }) => what === 'unvalidated'),
        'constraints that were never validated',
        '为未验证的约束',
      ),
    ].flat();
    const cut = examined.filter(({ relations }) => relations.length >= maxUnsoundRelations);
    return verdictOf({
      complaints,
      unknown: [
        ...closed.map(({ database, message }) => ({
          en: `the audit role cannot enter ${database} (${message}); GRANT CONNECT on it, and admit it in pg_hba`,
          zh: `审计账号无法进入数据库 ${database}，请授予 CONNECT 权限并在 pg_hba 中放行`,
        })),
        ...(complaints.length === 0
          ? cut.map(({ database }) => ({
              en: `${database} has more than ${maxUnsoundRelations} such relations, not all of them were looked at`,
              zh: `${database} 中此类对象超过 ${maxUnsoundRelations} 个，未全部检查`,
            }))
          : []),
      ],
      good: {
        en: `${examined.length} databases on ${chosen.member} have no unlogged table, invalid index or unvalidated constraint that was not declared`,
        zh: `${chosen.member} 上 ${examined.length} 个数据库均无未声明的无日志表、无效索引或未验证约束`,
      },
      evidence: examined.slice(0, 20).map(evidenceOf),
    });
  },
});

const nameOf = ({ database, name }: Named): string => `${database}.${name}`;

const isAllowed = (one: Named, allowed: readonly string[]): boolean =>
  allowed.some((pattern) =>
    pattern.endsWith('*') ? nameOf(one).startsWith(pattern.slice(0, -1)) : nameOf(one) === pattern,
  );

function complain(found: readonly Named[], en: string, zh: string): readonly Complaint[] {
  const list = nameList(found.map(nameOf));
  return found.length === 0 ? [] : [complaint('warn', `${en}: ${list.en}`, `${list.zh} ${zh}`)];
}
