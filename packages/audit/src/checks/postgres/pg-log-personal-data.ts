import { defineCheck } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

type Settings = FactMap['pg.settings'];

export const pgLogPersonalData = defineCheck({
  id: 'pg-log-personal-data',
  catalogue: ['LOG-022'],
  title: { en: 'The log does not collect personal data', zh: '日志不泄露个人及敏感信息' },
  severity: 'medium',
  rationale: {
    en: 'Parameters of logged statements are the data itself; in the log they are read by more people, shipped further and kept longer.',
    zh: '被记录语句的参数就是业务数据本身，进入日志后可读人员更多、传播更远、留存更久。',
  },
  remediation: {
    en: 'Bound log_parameter_max_length and log_parameter_max_length_on_error, keep pgaudit.log_parameter off, and mask what is left in the shipping agent.',
    zh: '限制 log_parameter_max_length 与 log_parameter_max_length_on_error，关闭 pgaudit.log_parameter，其余在采集端脱敏。',
  },
  fix: [`ALTER SYSTEM SET log_parameter_max_length = 0`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings', 'node.log-sample'],
  params: {},
  evaluate({ 'pg.settings': settings, 'node.log-sample': sample }) {
    const unproven = findUnprovenSettings(settings, ['log_statement', 'log_min_duration_statement']);
    if (unproven !== undefined) return unproven;
    const full = inFull(settings);
    const shown = [
      'log_statement',
      'log_min_duration_statement',
      'log_parameter_max_length',
      'log_parameter_max_length_on_error',
      'pgaudit.log_parameter',
      'auto_explain.log_parameter_max_length',
    ].flatMap((name) =>
      settings[name] === undefined
        ? []
        : [settingEvidence(settings, name, { en: 'parameters bounded or off', zh: '参数长度受限或不记录' })],
    );
    const found = Object.entries(sample?.personalData ?? {}).filter(([, count]) => count > 0);
    const kinds = found.map(([kind, count]) => `${count} × ${kind}`).join(', ');
    const evidence = [
      ...shown,
      ...(sample === null
        ? []
        : [
            nodeEvidence(
              'node.log-sample',
              `file that was sampled (${kinds === '' ? 'nothing personal' : kinds})`,
              `ls ${shellWord(sample.path)}`,
              sample.path,
              { en: 'a log without personal data', zh: '不含个人信息的日志' },
            ),
          ]),
    ];
    const how = full.length === 0 ? 'in statements' : `and parameters are logged in full (${full.join(', ')})`;
    return verdictOf({
      complaints:
        found.length === 0
          ? []
          : [
              complaint(
                'warn',
                `the sample of the log holds what looks like personal data (${kinds}), ${how}`,
                `日志样本中存在疑似个人信息（${kinds}）${full.length === 0 ? '' : `，且完整记录参数（${full.join('、')}）`}`,
              ),
            ],
      unknown:
        sample === null && full.length > 0
          ? [
              {
                en: `parameters are logged in full (${full.join(', ')}), and no log was found on the node to look for data`,
                zh: `完整记录参数（${full.join('、')}），但节点上未找到可核查的日志`,
              },
            ]
          : [],
      good:
        full.length === 0
          ? { en: 'parameters are not logged in full', zh: '未完整记录语句参数' }
          : {
              en: `parameters are logged in full (${full.join(', ')}), and nothing personal is in the sample`,
              zh: `完整记录参数（${full.join('、')}），样本中未发现个人信息`,
            },
      evidence,
    });
  },
});

/** Settings by which whole parameters reach the log. Version 12 has no bound for those of logged statements. */
function inFull(settings: Settings): readonly string[] {
  const value = (name: string): string | undefined => settings[name]?.value;
  const logsStatements = value('log_statement') !== 'none' || value('log_min_duration_statement') !== '-1';
  const isExplained =
    value('auto_explain.log_min_duration') !== undefined && value('auto_explain.log_min_duration') !== '-1';
  return [
    ...(logsStatements && (value('log_parameter_max_length') ?? '-1') === '-1' ? ['log_parameter_max_length'] : []),
    ...(value('log_parameter_max_length_on_error') === '-1' ? ['log_parameter_max_length_on_error'] : []),
    ...(isExplained && value('auto_explain.log_parameter_max_length') === '-1'
      ? ['auto_explain.log_parameter_max_length']
      : []),
    ...(value('pgaudit.log_parameter') === 'on' && (value('pgaudit.log_parameter_max_size') ?? '0') === '0'
      ? ['pgaudit.log_parameter']
      : []),
  ];
}
