import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { writesLogFiles } from '../log-destinations.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

const typesZh: Readonly<Record<string, string>> = {
  login: '登录成功',
  'login failure': '登录失败',
  DDL: 'DDL',
  grant: '授权变更',
  'configuration reload': '配置重载',
};

const inZh = (types: readonly string[]): string => types.map((type) => typesZh[type] ?? type).join('、');

export const pgLogSampleComplete = defineCheck({
  id: 'pg-log-sample-complete',
  catalogue: ['LOG-024'],
  title: { en: 'Records in the log do say when, who and where from', zh: '实际日志记录要素完整' },
  severity: 'high',
  rationale: {
    en: 'Settings promise fields; only records show them. An assessor asks for authentic ones of every type.',
    zh: '参数只是承诺，日志记录才是证据；测评时需要各类型的真实记录。',
  },
  remediation: {
    en: 'Complete log_line_prefix or log as csvlog; for a type that was not seen, cause one event (a refused login, a GRANT in a test database) and look again.',
    zh: '补全 log_line_prefix 或使用 csvlog；未观察到的类型可触发一次（如失败登录、测试库授权）后复查。',
  },
  fix: [`ALTER SYSTEM SET log_destination = 'csvlog'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings', 'node.log-sample'],
  /** Types that the sample must hold; the others are named when they were not seen. */
  params: { requiredTypes: ['login'] },
  evaluate({ 'pg.settings': settings, 'node.log-sample': sample }, { requiredTypes }) {
    const unproven = findUnprovenSettings(settings, ['logging_collector', 'log_destination']);
    if (unproven !== undefined) return unproven;
    const destination = settingEvidence(settings, 'log_destination', { en: 'a file destination', zh: '文件型目标' });
    if (!writesLogFiles(settings)) {
      return notApplicable(
        { en: 'the server writes no log files itself', zh: '服务器自身不写日志文件，本项不适用' },
        settingEvidence(settings, 'logging_collector', { en: 'on', zh: 'on' }),
        destination,
      );
    }
    const good = { en: '', zh: '' };
    if (sample === null || sample.records === 0) {
      const en = sample === null ? 'no log file was found on the node' : `no record of ${sample.path} could be read`;
      const zh = sample === null ? '节点上未找到日志文件' : `未能解析 ${sample.path} 中的记录`;
      return verdictOf({ complaints: [], unknown: [{ en, zh }], good, evidence: [destination] });
    }
    const seen = sample.events.filter(({ count }) => count > 0);
    const unseen = sample.events.filter(({ count }) => count === 0).map(({ type }) => type);
    const required = unseen.filter((type) => requiredTypes.includes(type));
    return verdictOf({
      complaints: [
        ...seen.flatMap(({ type, count, lacking }) =>
          lacking.length === 0
            ? []
            : [
                complaint(
                  'fail',
                  `of ${count} records of type ${type} some lack ${lacking.join(', ')}`,
                  `${count} 条${inZh([type])}记录中存在缺少 ${lacking.join('、')} 的记录`,
                ),
              ],
        ),
        ...(required.length === 0
          ? []
          : [
              complaint(
                'warn',
                `no record of type ${required.join(', ')} in the last ${sample.records}`,
                `最近 ${sample.records} 条记录中未观察到：${inZh(required)}`,
              ),
            ]),
      ],
      good: {
        en: `${seen.map(({ type, count }) => `${count} ${type}`).join(', ')} of ${sample.records} records are complete${unseen.length === 0 ? '' : `; not seen: ${unseen.join(', ')}`}`,
        zh: `${sample.records} 条记录中 ${inZh(seen.map(({ type }) => type))}记录要素完整${unseen.length === 0 ? '' : `，未观察到：${inZh(unseen)}`}`,
      },
      evidence: [
        destination,
        nodeEvidence(
          'node.log-sample',
          `file that was sampled (${sample.bytes} bytes, SHA-256 ${sample.sha256})`,
          `ls ${shellWord(sample.path)}`,
          sample.path,
          { en: 'a log with complete records', zh: '记录要素完整的日志' },
        ),
      ],
    });
  },
});
