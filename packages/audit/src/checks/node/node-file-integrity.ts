import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence } from '../node-evidence.ts';

const dayMs = 86_400_000;
const watchers = ['osqueryd', 'samhain', 'ossec-syscheckd', 'wazuh-syscheckd'];

export const nodeFileIntegrity = defineCheck({
  id: 'node-file-integrity',
  scope: 'node',
  catalogue: ['OS-015'],
  title: { en: 'Changes to system files are noticed', zh: '已部署文件完整性监测' },
  severity: 'medium',
  rationale: {
    en: 'A replaced program or library shows in no log; only a comparison with what was there before finds it.',
    zh: '被替换的程序或库不会出现在日志中，仅能通过基线比对发现。',
  },
  remediation: {
    en: 'Run AIDE daily against a database kept elsewhere, or an agent that watches files.',
    zh: '每日运行 AIDE 并异地保存基线库，或部署文件监测代理。',
  },
  fix: ['aideinit', 'systemctl enable --now dailyaidecheck.timer'],
  needs: ['node.protection'],
  params: { maxDatabaseDays: 90 },
  evaluate({ 'node.protection': { agents, integrityDatabaseAt } }, { maxDatabaseDays }, { at }) {
    const running = agents.filter((name) => watchers.includes(name));
    const agentShown = nodeEvidence(
      'node.protection',
      'integrity agents',
      `ps -e -o comm= | grep -E "^(${watchers.join('|')})" | LC_ALL=C sort -u`,
      running.join('\n'),
      { en: 'one, or a database of AIDE', zh: '代理或 AIDE 基线库' },
    );
    const database = nodeEvidence(
      'node.protection',
      'day of the newest database',
      "stat -Lc '%.10y' /var/lib/aide/aide.db /var/lib/aide/aide.db.gz /var/lib/tripwire 2>/dev/null | sort | tail -n 1",
      integrityDatabaseAt?.slice(0, 10) ?? '',
      { en: `within ${maxDatabaseDays} days`, zh: `${maxDatabaseDays} 天以内` },
    );
    const ageDays =
      integrityDatabaseAt === null ? undefined : (Date.parse(at) - Date.parse(integrityDatabaseAt)) / dayMs;
    const isFresh = ageDays !== undefined && ageDays <= maxDatabaseDays;
    return verdictOf({
      complaints:
        running.length > 0 || isFresh
          ? []
          : ageDays === undefined
            ? [
                complaint(
                  'fail',
                  'nothing watches the integrity of files',
                  '未部署文件完整性监测',
                  agentShown,
                  database,
                ),
              ]
            : [
                complaint(
                  'warn',
                  `the database of file digests is ${Math.floor(ageDays)} days old`,
                  `完整性基线库已 ${Math.floor(ageDays)} 天未更新`,
                  database,
                ),
              ],
      good: { en: 'the integrity of files is watched', zh: '已部署文件完整性监测' },
      evidence: [agentShown, database],
    });
  },
});
