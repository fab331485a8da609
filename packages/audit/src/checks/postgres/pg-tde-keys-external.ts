import { defineCheck, manual, notApplicable, type Evidence } from '../../check.ts';
import { tdeProvidersSql } from '../../tde-queries.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { settingEvidence } from '../setting-evidence.ts';

export const pgTdeKeysExternal = defineCheck({
  id: 'pg-tde-keys-external',
  catalogue: ['ENC-002'],
  title: {
    en: 'Transparent encryption covers the data and keeps its keys elsewhere',
    zh: '透明加密覆盖敏感数据且密钥外置',
  },
  severity: 'medium',
  rationale: {
    en: 'Encryption whose key lies in a file beside the data keeps out nobody who can read the data; a table left plain is not encrypted at all.',
    zh: '密钥文件与数据同机存放时加密形同虚设，未加密的敏感表则完全没有保护。',
  },
  remediation: {
    en: 'Use a KMIP or Vault key provider, rotate the principal key, encrypt the tables that are sensitive and WAL, and name those tables under params.pg-tde-keys-external.sensitiveTables.',
    zh: '使用 KMIP 或 Vault 密钥服务，轮换主密钥，加密敏感表及 WAL，并在 params.pg-tde-keys-external.sensitiveTables 中登记敏感表。',
  },
  fix: ['ALTER TABLE {schema.table} SET ACCESS METHOD tde_heap', `ALTER SYSTEM SET pg_tde.wal_encrypt = on`],
  needs: ['pg.tde', 'pg.settings'],
  params: {
    /** `database.schema.table`, or `database.schema.*`; empty: nobody said which tables are sensitive. */
    sensitiveTables: [] as readonly string[],
    /** Settings of other products that encrypt: where one is there, their state is for a person to show. */
    vendorSettings: [
      'data_encryption_key_unwrap_command',
      'encryption_key_command',
      'polar_enable_tde',
      'data_encryption',
    ],
  },
  evaluate({ 'pg.tde': { examined, closed }, 'pg.settings': settings }, { sensitiveTables, vendorSettings }) {
    const used = examined.filter(({ extension }) => extension !== null);
    const vendor = vendorSettings.filter((name) => (settings[name]?.value ?? '') !== '');
    const unseen = closed.map(({ database, message }) => ({
      en: `the audit role cannot enter ${database} (${message})`,
      zh: `审计账号无法进入数据库 ${database}`,
    }));
    const [first] = vendor;
    if (used.length === 0 && first !== undefined) {
      return manual(
        {
          en: `this server has the setting ${first} of another product: show its encryption and where its keys are`,
          zh: `该实例具有其他产品的加密参数 ${first}，应人工提供加密状态及密钥存放位置`,
        },
        settingEvidence(settings, first, { en: 'on, with keys elsewhere', zh: '启用且密钥外置' }),
      );
    }
    if (used.length === 0 && unseen.length === 0) {
      return notApplicable({ en: 'no extension encrypts tables here', zh: '未使用透明加密，本项不适用' });
    }
    const evidence: readonly Evidence[] = used.flatMap(({ database, providers }) =>
      providers === null
        ? []
        : [
            {
              fact: 'pg.tde',
              at: `database ${database}: key providers`,
              actual: providers.join('\n'),
              expected: { en: 'vault or KMIP', zh: 'vault 或 KMIP' },
              sql: tdeProvidersSql,
              database,
            },
          ],
    );
    const wal = settingEvidence(settings, 'pg_tde.wal_encrypt', { en: 'on', zh: 'on' });
    const plain = used.flatMap(({ database, plain: tables }) => tables.map((table) => `${database}.${table}`));
    const isSensitive = (table: string): boolean =>
      sensitiveTables.some((pattern) =>
        pattern.endsWith('*') ? table.startsWith(pattern.slice(0, -1)) : table === pattern,
      );
    const open = plain.filter(isSensitive);
    const byFile = used.filter(({ providers }) => providers?.some((provider) => provider.endsWith(' file')) === true);
    if (sensitiveTables.length === 0 && plain.length > 0 && byFile.length === 0) {
      return manual(
        {
          en: `${plain.length} tables are not encrypted, and nobody said which are sensitive (params.pg-tde-keys-external.sensitiveTables): ${nameList(plain).en}`,
          zh: `${plain.length} 张表未加密，且未声明敏感表（params.pg-tde-keys-external.sensitiveTables）：${nameList(plain).zh}`,
        },
        ...evidence,
        wal,
      );
    }
    return verdictOf({
      complaints: [
        ...(open.length > 0
          ? [
              complaint(
                'fail',
                `sensitive and not encrypted: ${nameList(open).en}`,
                `敏感表未加密：${nameList(open).zh}`,
              ),
            ]
          : []),
        ...(byFile.length > 0
          ? [complaint('warn', 'a key provider is a file on this host', '密钥存放于本机文件')]
          : []),
        ...(used.length > 0 && settings['pg_tde.wal_encrypt']?.value !== 'on'
          ? [complaint('warn', 'WAL is not encrypted (pg_tde.wal_encrypt)', 'WAL 未加密（pg_tde.wal_encrypt）')]
          : []),
      ],
      unknown: [
        ...unseen,
        ...used
          .filter(({ providers }) => providers === null || providers.length === 0)
          .map(({ database }) => ({
            en: `the key providers of ${database} are out of sight`,
            zh: `无法读取 ${database} 的密钥服务配置`,
          })),
      ],
      good: {
        en: `${used.reduce((sum, { encrypted }) => sum + encrypted, 0)} tables are encrypted with keys kept elsewhere`,
        zh: `${used.reduce((sum, { encrypted }) => sum + encrypted, 0)} 张表已加密且密钥外置`,
      },
      evidence: [...evidence, wal],
    });
  },
});
