import { defineCheck, fail, pass, warn, type Evidence } from '../../check.ts';
import { psqlRows } from '../psql-output.ts';

export const pgConfigFilesClean = defineCheck({
  id: 'pg-config-files-clean',
  catalogue: ['CHG-004'],
  title: { en: 'The configuration files load without errors', zh: '配置文件无错误' },
  severity: 'low',
  rationale: {
    en: 'While a file has an error a reload changes nothing, and the next restart may fail.',
    zh: '配置文件存在错误时重新加载不生效，下次重启可能失败。',
  },
  remediation: { en: 'Correct the lines named and reload.', zh: '修正所列配置行后重新加载配置。' },
  fix: [
    'SELECT sourcefile, sourceline, name, error FROM pg_file_settings WHERE error IS NOT NULL',
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.file-settings', 'pg.settings'],
  params: {},
  evaluate({ 'pg.file-settings': errors, 'pg.settings': settings }) {
    const count: Evidence = {
      fact: 'pg.file-settings',
      at: 'lines with an error',
      actual: String(errors.length),
      expected: { en: '0', zh: '0' },
      sql: 'SELECT count(*) FROM pg_file_settings WHERE error IS NOT NULL',
    };
    if (errors.length === 0) {
      return pass({ en: 'no line has an error', zh: '经核查，配置文件无错误行，符合要求' }, count);
    }
    const lines: Evidence = {
      fact: 'pg.file-settings',
      at: 'file, line, setting',
      actual: psqlRows(errors.map(({ file, line, name }) => [file, line, name])),
      expected: { en: 'none', zh: '无' },
      sql: 'SELECT sourcefile, sourceline, name FROM pg_file_settings WHERE error IS NOT NULL ORDER BY seqno',
    };
    // A change that only waits for a restart is listed with an error too; pg-no-pending-restart judges it.
    const wrong = errors.filter(({ name }) => name === null || settings[name]?.pendingRestart !== true);
    const where = wrong.map(({ file, line, name, error }) => `${file ?? '?'}:${line ?? '?'} ${name ?? ''} (${error})`);
    if (wrong.length > 0) {
      return fail(
        { en: `errors at ${where.join('; ')}`, zh: `经核查，配置文件存在错误：${where.join('；')}` },
        count,
        lines,
      );
    }
    return warn(
      {
        en: 'lines that only a restart can apply (pg-no-pending-restart)',
        zh: '经核查，存在需重启才能生效的配置行（见 pg-no-pending-restart）',
      },
      count,
      lines,
    );
  },
});
