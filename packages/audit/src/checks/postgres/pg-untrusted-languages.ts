import { defineCheck, fail, pass, warn, type SqlEvidence } from '../../check.ts';
import { databaseEvidence, findUnseenDatabases } from '../database-scan.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { psqlRow, psqlRows } from '../psql-output.ts';
import { sqlLiteral } from '../sql-literal.ts';

/** Routines of a language that no extension brought; objects below 16384 came with the server. */
const routines = `LEFT JOIN pg_proc p ON p.prolang = l.oid AND p.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')`;
const usable = `count(p.oid) FILTER (WHERE NOT o.rolsuper OR EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a LEFT JOIN pg_roles g ON g.oid = a.grantee WHERE NOT coalesce(g.rolsuper, false)))`;

export const pgUntrustedLanguages = defineCheck({
  id: 'pg-untrusted-languages',
  catalogue: ['ROLE-014'],
  title: { en: 'Untrusted languages and C functions are restricted', zh: '不受信语言与 C 函数受控' },
  severity: 'high',
  rationale: {
    en: 'Code in plpython3u, plperlu or C runs as the owner of the server: files, network and programs are open to it.',
    zh: 'plpython3u、plperlu 及 C 函数以数据库属主的系统权限运行，可访问主机文件、网络和程序。',
  },
  remediation: {
    en: 'Drop the language where it is not needed; otherwise revoke EXECUTE on its routines from everyone but those who must run them.',
    zh: '不需要时删除该语言；确需保留的，收回其函数对无关账号的 EXECUTE 权限。',
  },
  fix: ['DROP EXTENSION {language}', 'REVOKE EXECUTE ON FUNCTION {routine} FROM PUBLIC'],
  needs: ['pg.languages'],
  params: {},
  evaluate({ 'pg.languages': { examined, closed } }) {
    const found = examined.flatMap(({ database, languages }) => languages.map((language) => ({ database, language })));
    const open = found.filter(({ language }) => language.usable > 0);
    const unseen = findUnseenDatabases('pg.languages', closed);
    const evidence = (list: typeof found): readonly SqlEvidence[] =>
      list
        .slice(0, evidenceRows)
        .map(({ database, language }) =>
          databaseEvidence(
            'pg.languages',
            database,
            `language ${language.name}`,
            psqlRow(language.name, language.routines, language.usable),
            `SELECT l.lanname, count(p.oid), ${usable} FROM pg_language l ${routines} LEFT JOIN pg_roles o ON o.oid = p.proowner WHERE l.lanname = ${sqlLiteral(language.name)} GROUP BY l.lanname`,
            { en: 'no routine that an ordinary role may run', zh: '无普通账号可执行的函数' },
          ),
        );
    const names = (list: typeof found) =>
      nameList(list.map(({ database, language }) => `${database}: ${language.name} (${language.routines})`));
    if (open.length > 0) {
      return fail(
        {
          en: `ordinary roles may run or replace untrusted code in ${names(open).en}`,
          zh: `经核查，普通账号可执行或修改不受信语言编写的函数：${names(open).zh}`,
        },
        ...evidence(open),
      );
    }
    if (unseen !== undefined) return unseen;
    if (found.length > 0) {
      return warn(
        {
          en: `untrusted languages are installed, though no ordinary role can use them: ${names(found).en}`,
          zh: `经核查，已安装不受信语言，当前普通账号无法使用：${names(found).zh}`,
        },
        ...evidence(found),
      );
    }
    const list = nameList(examined.map(({ database }) => database));
    return pass(
      {
        en: `no untrusted language and no loaded C function in ${list.en}`,
        zh: `经核查，数据库 ${list.zh} 未安装不受信语言，亦无自行加载的 C 函数，符合要求`,
      },
      ...examined
        .slice(0, evidenceRows)
        .map(({ database }) =>
          databaseEvidence(
            'pg.languages',
            database,
            'untrusted languages',
            psqlRows([]),
            `SELECT l.lanname FROM pg_language l ${routines} WHERE NOT l.lanpltrusted AND l.lanname <> 'internal' GROUP BY l.lanname HAVING l.lanname <> 'c' OR count(p.oid) > 0 ORDER BY l.lanname`,
            { en: 'none', zh: '无' },
          ),
        ),
    );
  },
});
