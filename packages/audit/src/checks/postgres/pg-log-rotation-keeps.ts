import { defineCheck, fail, notApplicable, pass, warn } from '../../check.ts';
import { logFileCycleDays } from '../log-file-cycle.ts';
import { writesLogFiles } from '../log-destinations.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

export const pgLogRotationKeeps = defineCheck({
  id: 'pg-log-rotation-keeps',
  catalogue: ['LOG-013'],
  title: { en: 'Rotation does not overwrite logs before their time', zh: '日志轮转不会提前覆盖' },
  severity: 'high',
  rationale: {
    en: 'A file name that comes round, truncated on rotation, erases the audit trail on its own after a few days.',
    zh: '日志文件名循环使用且轮转时截断，会在数天后自动清除审计记录，达不到留存期限。',
  },
  remediation: {
    en: 'Put the full date into log_filename, or turn log_truncate_on_rotation off; where logs are shipped to a central store and that was proven, set the parameter shippingProven.',
    zh: '在 log_filename 中使用完整日期，或关闭 log_truncate_on_rotation；若已核实日志集中外送留存，可将参数 shippingProven 设为 true。',
  },
  fix: [
    `ALTER SYSTEM SET log_filename = 'postgresql-%Y-%m-%d.log'`,
    `ALTER SYSTEM SET log_truncate_on_rotation = 'off'`,
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.settings'],
  /** 180 days: six months, as the Cybersecurity Law (article 21) and the high-risk guidance ask. */
  params: { minimumDays: 180, shippingProven: false },
  evaluate({ 'pg.settings': settings }, { minimumDays, shippingProven }) {
    const unproven = findUnprovenSettings(settings, [
      'logging_collector',
      'log_destination',
      'log_filename',
      'log_truncate_on_rotation',
      'log_rotation_age',
    ]);
    if (unproven !== undefined) return unproven;
    if (!writesLogFiles(settings)) {
      return notApplicable(
        { en: 'the server writes no log files itself', zh: '服务器自身不写日志文件，本项不适用' },
        settingEvidence(settings, 'logging_collector', { en: 'on', zh: 'on' }),
        settingEvidence(settings, 'log_destination', { en: 'a file destination', zh: '文件型目标' }),
      );
    }
    const filename = settingEvidence(settings, 'log_filename', { en: 'holds the full date', zh: '包含完整日期' });
    const truncate = settingEvidence(settings, 'log_truncate_on_rotation', {
      en: `off, unless names repeat after ${minimumDays} days or more`,
      zh: `off，或文件名至少 ${minimumDays} 天不重复`,
    });
    const age = settingEvidence(settings, 'log_rotation_age', { en: 'minutes', zh: '单位：分钟' });
    const evidence = [filename, truncate, age];

    // Only rotation by time truncates; rotation by size and restarts append (PostgreSQL docs 19.8.1).
    const truncates = truncate.actual === 'on' && age.actual !== '0';
    const cycleDays = logFileCycleDays(filename.actual);
    if (!truncates || cycleDays >= minimumDays) {
      return pass(
        {
          en: truncates
            ? `log file names (${filename.actual}) do not repeat within ${minimumDays} days`
            : 'the server never truncates a log file it wrote',
          zh: truncates
            ? `经核查，日志文件名 ${filename.actual} 在 ${minimumDays} 天内不重复，符合要求`
            : '经核查，服务器轮转时不截断已有日志文件，符合要求',
        },
        ...evidence,
      );
    }
    const reason = {
      en: `${filename.actual} is overwritten after ${cycleDays < 1 ? 'each rotation' : `${cycleDays} days`}; ${minimumDays} days are asked for`,
      zh: `经核查，日志文件 ${filename.actual} 在${cycleDays < 1 ? '每次轮转时' : ` ${cycleDays} 天后`}被覆盖，不足 ${minimumDays} 天`,
    };
    return shippingProven
      ? warn({ en: `${reason.en}, but shipping was proven`, zh: `${reason.zh}，但日志外送已核实` }, ...evidence)
      : fail(reason, ...evidence);
  },
});
