import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { psqlRows } from '../psql-output.ts';

export const pgExtensionsCurrent = defineCheck({
  id: 'pg-extensions-current',
  catalogue: ['VULN-005'],
  title: { en: 'Extensions are wanted and up to date', zh: '扩展在许可清单内且为最新版本' },
  severity: 'medium',
  rationale: {
    en: 'An extension is code in the server: one that nobody wants, or whose fix was never applied, is an open door.',
    zh: '扩展是运行在数据库内的代码，多余或未更新的扩展即为风险入口。',
  },
  remediation: {
    en: 'Drop what is not used and update the rest; name the extensions that are allowed in the parameters of this check.',
    zh: '删除不使用的扩展，更新其余扩展，并在本检查参数中登记许可清单。',
  },
  fix: ['ALTER EXTENSION {extension} UPDATE', 'DROP EXTENSION {extension}'],
  needs: ['pg.extensions'],
  /** `allowed`: empty allows every extension that is not forbidden. */
  params: { allowed: [] as readonly string[], forbidden: ['adminpack', 'lo', 'xml2', 'dblink_unsafe'] },
  evaluate({ 'pg.extensions': extensions }, { allowed, forbidden }) {
    const shown = {
      fact: 'pg.extensions',
      at: 'extensions, installed and available version',
      sql: 'SELECT e.extname, e.extversion, a.default_version FROM pg_extension e LEFT JOIN pg_available_extensions a ON a.name = e.extname ORDER BY e.extname',
      actual: psqlRows(extensions.map(({ name, version, availableVersion }) => [name, version, availableVersion])),
      expected: { en: 'allowed, and both versions alike', zh: '在许可清单内且两个版本一致' },
    } as const;
    const strange = extensions
      .map(({ name }) => name)
      .filter((name) => forbidden.includes(name) || (allowed.length > 0 && !allowed.includes(name)));
    const old = extensions
      .filter(({ version, availableVersion }) => availableVersion !== null && availableVersion !== version)
      .map(({ name }) => name);
    const lost = extensions.filter(({ availableVersion }) => availableVersion === null).map(({ name }) => name);
    return verdictOf({
      complaints: [
        ...(strange.length > 0
          ? [complaint('fail', `not allowed: ${nameList(strange).en}`, `不在许可清单：${nameList(strange).zh}`, shown)]
          : []),
        ...(old.length > 0
          ? [complaint('warn', `not updated: ${nameList(old).en}`, `未更新：${nameList(old).zh}`, shown)]
          : []),
        ...(lost.length > 0
          ? [
              complaint(
                'warn',
                `without files on this node: ${nameList(lost).en}`,
                `本节点缺少文件：${nameList(lost).zh}`,
                shown,
              ),
            ]
          : []),
      ],
      good: {
        en: `${extensions.length} extensions are allowed and up to date`,
        zh: `${extensions.length} 个扩展均许可且为最新`,
      },
      evidence: [shown],
    });
  },
});
