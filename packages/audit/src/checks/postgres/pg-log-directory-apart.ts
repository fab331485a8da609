import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { findLogVolume, isWithin, logFolderOf } from '../log-folder.ts';
import { writesLogFiles } from '../log-destinations.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

export const pgLogDirectoryApart = defineCheck({
  id: 'pg-log-directory-apart',
  catalogue: ['LOG-012'],
  title: { en: 'Log files lie outside the data directory', zh: '日志目录位于数据目录之外' },
  severity: 'low',
  rationale: {
    en: 'Logs inside the data directory fill its volume, travel with every base backup, and go when a member is rebuilt.',
    zh: '日志位于数据目录内会挤占数据空间、随基础备份传播，并在重建成员时丢失。',
  },
  remediation: {
    en: 'Point log_directory to a folder outside the data directory, best on a volume of its own; where that is required, set the parameter ownVolume.',
    zh: '将 log_directory 指向数据目录之外（宜使用独立卷）；要求独立卷时将参数 ownVolume 设为 true。',
  },
  fix: [`ALTER SYSTEM SET log_directory = '/pg/log/postgres'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings', 'node.volumes'],
  /** ownVolume: another mount than that of the data directory is asked for. */
  params: { ownVolume: false },
  evaluate({ 'pg.settings': settings, 'node.volumes': volumes }, { ownVolume }) {
    const names = ['logging_collector', 'log_destination', 'log_directory', 'data_directory'];
    const unproven = findUnprovenSettings(settings, names);
    if (unproven !== undefined) return unproven;
    if (!writesLogFiles(settings)) {
      return notApplicable(
        { en: 'the server writes no log files itself', zh: '服务器自身不写日志文件，本项不适用' },
        settingEvidence(settings, 'logging_collector', { en: 'on', zh: 'on' }),
        settingEvidence(settings, 'log_destination', { en: 'a file destination', zh: '文件型目标' }),
      );
    }
    const folder = logFolderOf(settings);
    const data = settings['data_directory']?.value ?? '';
    const evidence = [
      settingEvidence(settings, 'log_directory', { en: `outside ${data}`, zh: `位于 ${data} 之外` }),
      settingEvidence(settings, 'data_directory', { en: 'without the logs', zh: '不含日志' }),
    ];
    const good = { en: `logs lie in ${folder}`, zh: `日志位于 ${folder}` };
    const inside = complaint('warn', `${folder} lies inside the data directory`, `${folder} 位于数据目录内`);
    if (isWithin(folder, data)) return verdictOf({ complaints: [inside], good, evidence });

    const log = findLogVolume(folder, volumes);
    const pgdata = volumes.find(({ what }) => what === 'pgdata');
    if (log === undefined || pgdata === undefined) {
      return verdictOf({
        complaints: [],
        unknown: [
          {
            en: `the node was not looked at in ${log === undefined ? folder : data}; name it with collect-node --paths (pgLog, pgData)`,
            zh: `节点采集未包含 ${log === undefined ? folder : data}，请用 collect-node --paths（pgLog、pgData）指定`,
          },
        ],
        good,
        evidence,
      });
    }
    const shown = [
      ...evidence,
      nodeEvidence('node.volumes', `real path of ${folder}`, `readlink -f ${shellWord(folder)}`, log.realPath, {
        en: `outside ${pgdata.realPath}`,
        zh: `位于 ${pgdata.realPath} 之外`,
      }),
      nodeEvidence(
        'node.volumes',
        `mount of ${log.realPath}`,
        `df --output=target ${shellWord(log.realPath)} | tail -n 1`,
        log.volume.mountPoint,
        ownVolume
          ? { en: `another than ${pgdata.mountPoint}`, zh: `不同于 ${pgdata.mountPoint}` }
          : { en: `best another than ${pgdata.mountPoint}`, zh: `宜不同于 ${pgdata.mountPoint}` },
      ),
    ];
    const shares = log.volume.mountPoint === pgdata.mountPoint;
    return verdictOf({
      complaints: [
        ...(isWithin(log.realPath, pgdata.realPath) ? [inside] : []),
        ...(ownVolume && shares
          ? [
              complaint(
                'warn',
                `${log.realPath} is on the volume of the data, ${pgdata.mountPoint}`,
                `${log.realPath} 与数据位于同一卷 ${pgdata.mountPoint}`,
              ),
            ]
          : []),
      ],
      good: {
        en: `logs lie in ${log.realPath}, ${shares ? 'on the volume of the data' : 'on a volume of their own'}`,
        zh: `日志位于 ${log.realPath}，${shares ? '与数据同卷' : '使用独立卷'}`,
      },
      evidence: shown,
    });
  },
});
