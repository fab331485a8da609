import { defineCheck, fail, pass, type SqlEvidence } from '../../check.ts';
import { databaseEvidence, findUnseenDatabases } from '../database-scan.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { psqlRow } from '../psql-output.ts';

export const pgPublicSchemaNoCreate = defineCheck({
  id: 'pg-public-schema-no-create',
  catalogue: ['ROLE-010'],
  title: { en: 'PUBLIC cannot create objects in schema public', zh: 'PUBLIC 不能在 public 模式中创建对象' },
  severity: 'high',
  rationale: {
    en: 'Whoever may create in a schema on everyone’s search_path can plant functions that others run by accident; upgraded databases keep the old right.',
    zh: '任意账号可在默认搜索路径的模式中创建对象时，可植入被他人误调用的函数；由旧版本升级的数据库仍保留该权限。',
  },
  remediation: {
    en: 'Revoke CREATE on schema public from PUBLIC in every database, template1 included.',
    zh: '在每个数据库（含 template1）中收回 PUBLIC 对 public 模式的 CREATE 权限。',
  },
  fix: ['REVOKE CREATE ON SCHEMA public FROM PUBLIC'],
  needs: ['pg.databases'],
  params: {},
  evaluate({ 'pg.databases': { publicSchema } }) {
    const { examined, closed } = publicSchema;
    const evidence = (databases: typeof examined): readonly SqlEvidence[] =>
      databases
        .slice(0, evidenceRows)
        .map(({ database, exists, publicCreate }) =>
          databaseEvidence(
            'pg.databases',
            database,
            'PUBLIC may create in schema public',
            exists ? psqlRow(publicCreate) : '',
            `SELECT EXISTS (SELECT FROM aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS a WHERE a.grantee = 0 AND a.privilege_type = 'CREATE') FROM pg_namespace WHERE nspname = 'public'`,
            { en: 'f', zh: 'f' },
          ),
        );
    const open = examined.filter((schema) => schema.publicCreate);
    if (open.length > 0) {
      const list = nameList(open.map(({ database }) => database));
      return fail(
        {
          en: `every role may create objects in schema public of ${list.en}`,
          zh: `经核查，数据库 ${list.zh} 的 public 模式允许 PUBLIC 创建对象`,
        },
        ...evidence(open),
      );
    }
    const unseen = findUnseenDatabases('pg.databases', closed);
    if (unseen !== undefined) return unseen;
    const list = nameList(examined.map(({ database }) => database));
    return pass(
      {
        en: `PUBLIC cannot create in schema public of ${list.en} (templates are not entered)`,
        zh: `经核查，数据库 ${list.zh} 的 public 模式均不允许 PUBLIC 创建对象，符合要求（模板库未进入核查）`,
      },
      ...evidence(examined),
    );
  },
});
