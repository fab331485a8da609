import { defineClusterCheck, fail, notApplicable, pass, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { findSeen, seenMembers, type Seen } from '../members.ts';
import { psqlRow, psqlRows } from '../psql-output.ts';

export const clusterSameVersion = defineClusterCheck({
  id: 'cluster-same-version',
  catalogue: ['VULN-003'],
  title: { en: 'All members run the same software', zh: '各成员软件版本一致' },
  severity: 'medium',
  rationale: {
    en: 'A member left behind lacks security fixes, and after a failover may miss an extension or sort text differently.',
    zh: '未同步升级的成员缺少安全补丁，故障切换后还可能缺少扩展或出现排序差异。',
  },
  remediation: {
    en: 'Finish the rolling update: same PostgreSQL minor version, extension packages and operating system libraries everywhere.',
    zh: '完成滚动升级，保证各成员 PostgreSQL 小版本、扩展软件包和系统库一致。',
  },
  fix: ['apt-get install --only-upgrade postgresql-{major}', 'patronictl restart {cluster} {member}'],
  needs: ['pg.server', 'pg.extensions', 'pg.collations'],
  members: 'complete',
  params: {},
  evaluate({ 'pg.server': servers, 'pg.extensions': extensions, 'pg.collations': collations }) {
    const members = seenMembers(servers);
    const evidence = members.flatMap((seen) => [
      versionEvidence(seen),
      extensionEvidence(seen.member, findSeen(extensions, seen.member) ?? []),
      ...(seen.value.versionNum >= 150000
        ? [collationEvidence(seen.member, findSeen(collations, seen.member)?.databases ?? [])]
        : []),
    ]);
    if (members.length < 2) {
      return notApplicable({ en: 'there is only one member', zh: '仅有一个成员，本项不适用' }, ...evidence);
    }
    const versions = members.map(({ value }) => value.versionNum);
    const majors = new Set(versions.map((version) => Math.floor(version / 10000)));
    const lists = seenMembers(extensions);
    const names = [...new Set(lists.flatMap(({ value }) => value.map(({ name }) => name)))].toSorted();
    const available = (name: string) =>
      lists.map(({ value }) => value.find((extension) => extension.name === name)?.availableVersion ?? null);
    const missing = names.filter((name) => available(name).includes(null));
    const differing = names.filter((name) => !missing.includes(name) && new Set(available(name)).size > 1);
    if (majors.size > 1 || missing.length > 0 || differing.length > 0) {
      const parts = [
        ...(majors.size > 1 ? [{ en: 'the major versions differ', zh: '主版本不一致' }] : []),
        ...(missing.length > 0
          ? [
              {
                en: `a member lacks the files of ${missing.join(', ')}`,
                zh: `部分成员缺少扩展 ${missing.join('、')} 的文件`,
              },
            ]
          : []),
        ...(differing.length > 0
          ? [
              {
                en: `the installed packages of ${differing.join(', ')} differ`,
                zh: `扩展 ${differing.join('、')} 的软件包版本不一致`,
              },
            ]
          : []),
      ];
      return fail(
        { en: parts.map(({ en }) => en).join('; '), zh: `经核查，${parts.map(({ zh }) => zh).join('；')}` },
        ...evidence,
      );
    }
    const minors = members.map(({ member, value }) => `${member} ${value.version}`).join(', ');
    if (new Set(versions).size > 1) {
      return warn({ en: `the minor versions differ: ${minors}`, zh: `经核查，小版本不一致：${minors}` }, ...evidence);
    }
    const libraries = seenMembers(collations).map(({ value }) =>
      psqlRows(value.databases.map(({ database, actual }) => [database, actual])),
    );
    if (new Set(libraries).size > 1) {
      return warn(
        {
          en: 'the collation libraries differ, so text indexes may be out of order after a failover',
          zh: '经核查，各成员排序规则库版本不一致，切换后文本索引可能失序',
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `all ${members.length} members run ${members[0]?.value.version ?? ''} with the same extensions and collations`,
        zh: `经核查，${members.length} 个成员均运行 ${members[0]?.value.version ?? ''}，扩展及排序规则库一致，符合要求`,
      },
      ...evidence,
    );
  },
});

const versionEvidence = ({ member, value }: Seen<FactMap['pg.server']>): Evidence => ({
  fact: 'pg.server',
  subject: member,
  at: 'version',
  actual: psqlRow(value.version),
  expected: { en: 'the same on every member', zh: '各成员一致' },
  sql: `SELECT current_setting('server_version')`,
});

const extensionEvidence = (member: string, extensions: FactMap['pg.extensions']): Evidence => ({
  fact: 'pg.extensions',
  subject: member,
  at: 'extensions of the connected database and the version this node has files for',
  actual: psqlRows(extensions.map(({ name, availableVersion }) => [name, availableVersion])),
  expected: { en: 'the same on every member', zh: '各成员一致' },
  sql: 'SELECT e.extname, a.default_version FROM pg_extension e LEFT JOIN pg_available_extensions a ON a.name = e.extname ORDER BY e.extname',
});

const collationEvidence = (member: string, databases: FactMap['pg.collations']['databases']): Evidence => ({
  fact: 'pg.collations',
  subject: member,
  at: 'collation version of this node by database',
  actual: psqlRows(databases.map(({ database, actual }) => [database, actual])),
  expected: { en: 'the same on every member', zh: '各成员一致' },
  sql: 'SELECT datname, pg_database_collation_actual_version(oid) FROM pg_database WHERE datallowconn ORDER BY datname',
});
