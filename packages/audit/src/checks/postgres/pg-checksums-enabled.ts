import { defineCheck } from '../../check.ts';
import { judgeSettings, wants } from '../setting-verdict.ts';

export const pgChecksumsEnabled = defineCheck({
  id: 'pg-checksums-enabled',
  catalogue: ['INT-001'],
  title: { en: 'Data pages carry checksums', zh: '数据页校验和已启用' },
  severity: 'critical',
  rationale: {
    en: 'Without checksums a page damaged by disk or memory is returned as if it were good, and copied into every backup.',
    zh: '未启用校验和时，磁盘或内存损坏的数据页会被当作正常数据返回，并进入备份。',
  },
  remediation: {
    en: 'Stop the member and run pg_checksums --enable on its data directory (12 and later), replicas first, then switch over; initdb turns them on by default from version 18.',
    zh: '停止该成员后对数据目录执行 pg_checksums --enable（12 及以上），先备库后切换主库；18 版本起 initdb 默认启用。',
  },
  fix: [
    'pg_ctl stop -D {data directory}',
    'pg_checksums --enable --progress -D {data directory}',
    'pg_ctl start -D {data directory}',
  ],
  needs: ['pg.settings'],
  params: {},
  evaluate: ({ 'pg.settings': settings }) => judgeSettings(settings, [wants('data_checksums', 'on', 'fail')]),
});
