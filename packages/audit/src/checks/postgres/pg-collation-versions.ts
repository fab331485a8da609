import { defineCheck, fail, pass, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { psqlRows } from '../psql-output.ts';
import { serverVersionNum } from '../setting-verdict.ts';

export const pgCollationVersions = defineCheck({
  id: 'pg-collation-versions',
  catalogue: ['INT-006'],
  title: { en: 'Sort order is the one the indexes were built with', zh: '排序规则版本一致' },
  severity: 'medium',
  rationale: {
    en: 'A new glibc or ICU sorts some strings differently: indexes built before then miss rows and let duplicates in, silently.',
    zh: 'glibc 或 ICU 升级会改变字符串排序，旧索引可能漏查数据或放入重复值且无任何报错。',
  },
  remediation: {
    en: 'Rebuild the indexes on text of the databases named, then record the new version; keep the library versions of all members equal.',
    zh: '重建所列数据库的文本索引，随后更新记录的版本；保持各成员的库版本一致。',
  },
  fix: [
    'REINDEX DATABASE {database}',
    'ALTER DATABASE {database} REFRESH COLLATION VERSION',
    'ALTER COLLATION {schema.collation} REFRESH VERSION',
  ],
  needs: ['pg.settings', 'pg.collations'],
  params: {},
  evaluate({ 'pg.settings': settings, 'pg.collations': collations }) {
    const byDatabase = serverVersionNum(settings) >= 150000;
    const different = collations.databases.filter(({ recorded, actual }) => recorded !== actual);
    const indexed = collations.changed.filter((collation) => collation.indexed);
    const evidence = [...(byDatabase ? [databaseEvidence(collations)] : []), changedEvidence(collations)];
    if (different.length === 0 && collations.changed.length === 0) {
      return pass(
        {
          en: `every recorded collation version is the one in use${byDatabase ? '' : '; this version records none for the databases themselves'}`,
          zh: `经核查，已记录的排序规则版本与实际一致${byDatabase ? '' : '（该版本不记录数据库默认排序规则版本）'}，符合要求`,
        },
        ...evidence,
      );
    }
    const names = [
      ...different.map(({ database, recorded, actual }) => `${database} (${recorded ?? '-'} → ${actual ?? '-'})`),
      ...(indexed.length > 0 ? indexed : collations.changed).map(
        ({ name, recorded, actual }) => `${name} (${recorded} → ${actual ?? '-'})`,
      ),
    ];
    const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` … +${names.length - 5}` : '');
    if (different.length > 0 || indexed.length > 0) {
      return fail(
        { en: `the collation library changed under ${shown}`, zh: `经核查，以下排序规则版本与记录不一致：${shown}` },
        ...evidence,
      );
    }
    return warn(
      {
        en: `collations that no index uses changed: ${shown}`,
        zh: `经核查，以下未被索引使用的排序规则版本与记录不一致：${shown}`,
      },
      ...evidence,
    );
  },
});

const databaseEvidence = ({ databases }: FactMap['pg.collations']): Evidence => ({
  fact: 'pg.collations',
  at: 'databases: recorded and actual version',
  actual: psqlRows(databases.map(({ database, recorded, actual }) => [database, recorded, actual])),
  expected: { en: 'equal in each row', zh: '每行两个版本相同' },
  sql: 'SELECT datname, datcollversion, pg_database_collation_actual_version(oid) FROM pg_database WHERE datallowconn ORDER BY datname',
});

const changedEvidence = ({ changed }: FactMap['pg.collations']): Evidence => ({
  fact: 'pg.collations',
  at: 'changed collations of the connected database, and how many of them an index uses',
  actual: psqlRows([[changed.length, changed.filter(({ indexed }) => indexed).length]]),
  expected: { en: '0|0', zh: '0|0' },
  sql: 'SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM pg_index i WHERE c.oid = ANY (i.indcollation))) FROM pg_collation c WHERE collversion IS NOT NULL AND collversion IS DISTINCT FROM pg_collation_actual_version(c.oid)',
});
