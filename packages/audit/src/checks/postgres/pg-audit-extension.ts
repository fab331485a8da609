import { defineCheck, fail, pass, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { pgauditClasses, pgauditMajor } from '../pgaudit.ts';
import { loadsLibrary } from '../preload.ts';
import { psqlRow } from '../psql-output.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings, serverVersionNum } from '../setting-verdict.ts';

export const pgAuditExtension = defineCheck({
  id: 'pg-audit-extension',
  catalogue: ['LOG-005'],
  title: { en: 'pgaudit records security-relevant statements', zh: 'pgaudit 已记录重要操作' },
  severity: 'high',
  rationale: {
    en: 'The server log alone shows statements as they were typed; pgaudit says which class of action touched which object, also inside functions.',
    zh: '数据库自带日志仅记录语句原文；pgaudit 可按操作类别和对象记录，包括函数内部执行的语句。',
  },
  remediation: {
    en: 'Preload pgaudit (restart), create the extension in every database and log at least the classes role, ddl and write; a database audit appliance that covers local access may stand in, with a waiver.',
    zh: '预加载 pgaudit（需重启），在各数据库创建扩展，至少记录 role、ddl、write 类操作；如已部署可覆盖本地访问的数据库审计设备，可登记例外说明。',
  },
  fix: [
    `ALTER SYSTEM SET shared_preload_libraries = '{existing libraries}', 'pgaudit'`,
    'CREATE EXTENSION pgaudit',
    `ALTER SYSTEM SET pgaudit.log = 'role, ddl, write'`,
  ],
  needs: ['pg.settings', 'pg.extensions'],
  /** Classes that must be logged, and those that should be unless an object audit role (pgaudit.role) does it. */
  params: { required: ['role', 'ddl'], wanted: ['write'] },
  evaluate({ 'pg.settings': settings, 'pg.extensions': extensions }, { required, wanted }) {
    const hidden = findUnprovenSettings(settings, ['shared_preload_libraries']);
    if (hidden !== undefined) return hidden;
    const preload = settingEvidence(settings, 'shared_preload_libraries', { en: 'holds pgaudit', zh: '包含 pgaudit' });
    if (!loadsLibrary(settings, 'pgaudit')) {
      return fail({ en: 'pgaudit is not loaded', zh: '经核查，未加载 pgaudit，缺少对重要操作的细粒度审计' }, preload);
    }
    const unproven = findUnprovenSettings(settings, ['pgaudit.log', 'pgaudit.role']);
    if (unproven !== undefined) return unproven;

    const list = [...required, ...wanted].join(', ');
    const log = settingEvidence(settings, 'pgaudit.log', { en: `holds ${list}`, zh: `包含 ${list}` });
    const role = settingEvidence(settings, 'pgaudit.role', { en: 'an object audit role', zh: '对象审计角色' });
    const evidence = [preload, log, role, extensionEvidence(extensions)];
    const logged = pgauditClasses(log.actual);
    const missing = required.filter((name) => !logged.has(name));
    if (missing.length > 0) {
      const names = missing.join(', ');
      return fail(
        { en: `pgaudit does not log the class ${names}`, zh: `经核查，pgaudit 未记录 ${names} 类操作` },
        ...evidence,
      );
    }
    const weak = weaknesses(settings, extensions, role.actual === '' ? wanted.filter((name) => !logged.has(name)) : []);
    if (weak.length > 0) {
      return warn(
        { en: weak.map(({ en }) => en).join('; '), zh: `经核查，${weak.map(({ zh }) => zh).join('；')}` },
        ...evidence,
      );
    }
    return pass(
      {
        en: `pgaudit is loaded and logs ${log.actual}`,
        zh: `经核查，pgaudit 已加载，记录 ${log.actual} 类操作，符合要求`,
      },
      ...evidence,
    );
  },
});

function extensionEvidence(extensions: FactMap['pg.extensions']): Evidence {
  const found = extensions.find(({ name }) => name === 'pgaudit');
  return {
    fact: 'pg.extensions',
    at: 'pgaudit',
    actual: found === undefined ? '' : psqlRow(found.name, found.version),
    expected: { en: 'created, made for this major version', zh: '已创建且与主版本匹配' },
    sql: `SELECT extname, extversion FROM pg_extension WHERE extname = 'pgaudit'`,
  };
}

function weaknesses(
  settings: FactMap['pg.settings'],
  extensions: FactMap['pg.extensions'],
  missing: readonly string[],
): readonly { readonly en: string; readonly zh: string }[] {
  const found = extensions.find(({ name }) => name === 'pgaudit');
  const major = Math.floor(serverVersionNum(settings) / 10000);
  return [
    ...(missing.length === 0
      ? []
      : [
          {
            en: `pgaudit does not log the class ${missing.join(', ')} and no object audit role is set`,
            zh: `pgaudit 未记录 ${missing.join(', ')} 类操作，且未设置对象审计角色`,
          },
        ]),
    ...(found === undefined
      ? [
          {
            en: 'the extension is not created in the connected database, so objects of DDL stay unnamed',
            zh: '所连数据库未创建 pgaudit 扩展，DDL 涉及的对象无法完整记录',
          },
        ]
      : []),
    ...(found !== undefined && pgauditMajor(found.version) !== major
      ? [
          {
            en: `pgaudit ${found.version} is not made for PostgreSQL ${major}`,
            zh: `pgaudit ${found.version} 与 PostgreSQL ${major} 不匹配`,
          },
        ]
      : []),
  ];
}
