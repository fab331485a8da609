import { defineCheck, fail, pass, undecided, warn, type SqlEvidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { ruleErrorEvidence, ruleLineText } from '../hba-evidence.ts';
import { evidenceRows, nameList } from '../name-list.ts';

export const pgHbaParses = defineCheck({
  id: 'pg-hba-parses',
  catalogue: ['AUTH-007'],
  title: { en: 'The access rules on file are valid and loaded', zh: '访问规则文件无语法错误且已加载' },
  severity: 'high',
  rationale: {
    en: 'One bad line makes the server keep the old rules at every reload, and refuse to start at the next failover.',
    zh: '规则文件存在错误时，重新加载不会生效，服务器继续使用旧规则，且下次启动或切换时将无法启动。',
  },
  remediation: {
    en: 'Correct the lines named here, reload, and let one tool own the file on every member.',
    zh: '修正所列错误行并重新加载，由统一的工具管理所有成员的规则文件。',
  },
  fix: ['SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL', 'SELECT pg_reload_conf()'],
  needs: ['pg.hba'],
  params: {},
  evaluate({ 'pg.hba': hba }) {
    const { rules, errors, changedSinceReload } = hba;
    if (errors.length > 0) {
      const named = errors.map((error) => ({ place: ruleLineText(hba, error), message: error.message }));
      const en = nameList(named.map(({ place, message }) => `${place.en} (${message})`)).en;
      const zh = nameList(named.map(({ place, message }) => `${place.zh}（${message}）`)).zh;
      return fail(
        {
          en: `${errors.length} line(s) do not parse, so a reload keeps the old rules: ${en}`,
          zh: `经核查，规则文件有 ${errors.length} 行无法解析，重新加载不会生效：${zh}`,
        },
        ...errors.slice(0, evidenceRows).map((error) => ruleErrorEvidence(hba, error)),
      );
    }
    const count: SqlEvidence = {
      fact: 'pg.hba',
      at: 'rules, errors',
      actual: `${rules.length}|0`,
      expected: { en: 'rules, and no error', zh: '有规则且无错误' },
      sql: 'SELECT count(*), count(error) FROM pg_hba_file_rules',
    };
    if (changedSinceReload === null) {
      return undecided(
        {
          en: `all ${rules.length} rules parse; whether they are loaded is out of sight: grant EXECUTE on pg_stat_file(text), and pg_read_server_files where the file lies outside the data directory`,
          zh: `${rules.length} 条规则均可解析，但无法判定是否已重新加载：请授予 pg_stat_file(text) 的执行权限；文件位于数据目录之外时还需 pg_read_server_files`,
        },
        count,
      );
    }
    if (changedSinceReload) {
      return warn(
        {
          en: 'the rule file was changed after the last reload: the server does not run on what is on file',
          zh: '经核查，规则文件在最近一次重新加载之后被修改，当前生效规则与文件不一致',
        },
        count,
        changeEvidence(hba, 't'),
      );
    }
    return pass(
      {
        en: `all ${rules.length} rules parse and are older than the last reload`,
        zh: `经核查，${rules.length} 条规则均可解析，且文件在最近一次重新加载之后未被修改，符合要求`,
      },
      count,
      changeEvidence(hba, 'f'),
    );
  },
});

const changeEvidence = ({ rules }: FactMap['pg.hba'], actual: 't' | 'f'): SqlEvidence => ({
  fact: 'pg.hba',
  at: 'changed since reload',
  actual,
  expected: { en: 'f', zh: 'f' },
  sql: rules.some(({ file }) => file !== null)
    ? 'SELECT coalesce(bool_or((pg_stat_file(file_name)).modification > pg_conf_load_time()), false) FROM (SELECT DISTINCT file_name FROM pg_hba_file_rules) AS files'
    : `SELECT (pg_stat_file(current_setting('hba_file'))).modification > pg_conf_load_time()`,
});
