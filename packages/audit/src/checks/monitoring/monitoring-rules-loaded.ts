import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { compareAlerts, healthEvidence, loadedEvidence, parseRequired } from '../monitoring-evidence.ts';
import { nameList } from '../name-list.ts';

export const monitoringRulesLoaded = defineCheck({
  id: 'monitoring-rules-loaded',
  scope: 'monitoring',
  catalogue: ['MON-002'],
  title: { en: 'The alerts that must exist are loaded and evaluated', zh: '必备告警规则已加载并正常评估' },
  severity: 'high',
  rationale: {
    en: 'A rule that was never loaded, or fails at every evaluation, is silent just like one that finds nothing.',
    zh: '未加载或评估出错的规则与“无告警”的表现相同，故障会被掩盖。',
  },
  remediation: {
    en: 'Load the generated rule files into what evaluates them, and mend the rules that fail.',
    zh: '将生成的规则文件加载到规则评估组件，并修复评估出错的规则。',
  },
  fix: ['pgattest-monitoring generate', 'vmalert -rule=/etc/rules/*.yml'],
  needs: ['monitoring.rules'],
  params: {
    required: [
      'member down=PostgresDown',
      'no primary=PostgresNoPrimary|PatroniClusterUnlocked|PatroniNoLeader',
      'two primaries=PostgresMoreThanOnePrimary|HaproxyTwoPrimaries',
      'replication lag=PostgresReplicationLagBytes|PostgresReplicationLagSeconds',
      'slot at risk=PostgresSlotAtRisk',
      'archive failing=PostgresArchiverFailing',
      'backup late=BackupLate|BackupFullLate|BackupMissing',
      'disk full=NodeDiskFull|NodeDiskFilling',
      'connections=PostgresConnectionsNearlyExhausted',
      'wraparound=PostgresWraparoundNear|PostgresFreezeBehind',
      'certificate=PostgresCertificateExpiring|CertificateExpiring|AuditCertificateExpiring',
      'failover paused=PatroniPaused',
      'quorum=EtcdQuorumLost|EtcdQuorumAtRisk|EtcdNoLeader',
      'audit stale=AuditEvidenceStale',
    ],
    maxAgeMinutes: 15,
  },
  evaluate({ 'monitoring.rules': loaded }, { required, maxAgeMinutes }, { at }) {
    const wanted = required.map(parseRequired);
    const { missing, broken } = compareAlerts(loaded, wanted);
    const oldest = Date.parse(at) - maxAgeMinutes * 60_000;
    const names = wanted.flatMap((item) => item.names);
    const asleep = loaded.rules.filter(
      ({ name, kind, lastEvaluation }) =>
        kind === 'alert' && names.includes(name) && lastEvaluation !== null && Date.parse(lastEvaluation) < oldest,
    );
    // Just loaded, or never to be: their first turn comes an interval after the start, which nobody can tell apart here.
    const waiting = loaded.rules.filter(
      ({ name, kind, lastEvaluation }) => kind === 'alert' && names.includes(name) && lastEvaluation === null,
    );
    const failing = loaded.rules.filter(({ health }) => health === 'err').map(({ name }) => name);
    const others = [...new Set(failing)].filter((name) => !broken.includes(name));
    return verdictOf({
      complaints: [
        ...(missing.length === 0
          ? []
          : [
              complaint(
                'fail',
                `no alert for ${
                  nameList(
                    missing.map(({ purpose }) => purpose),
                    6,
                  ).en
                }`,
                `缺少告警：${
                  nameList(
                    missing.map(({ names: [name = ''] }) => name),
                    6,
                  ).zh
                }`,
              ),
            ]),
        ...(broken.length === 0
          ? []
          : [complaint('fail', `evaluation fails: ${nameList(broken).en}`, `评估出错：${nameList(broken).zh}`)]),
        ...(asleep.length === 0
          ? []
          : [
              complaint(
                'fail',
                `not evaluated for ${maxAgeMinutes} minutes: ${nameList(asleep.map(({ name }) => name)).en}`,
                `超过 ${maxAgeMinutes} 分钟未评估：${nameList(asleep.map(({ name }) => name)).zh}`,
              ),
            ]),
        ...(others.length === 0
          ? []
          : [
              complaint('warn', `other rules fail: ${nameList(others).en}`, `其他规则评估出错：${nameList(others).zh}`),
            ]),
      ],
      unknown:
        waiting.length === 0
          ? []
          : [
              {
                en: `loaded and not evaluated yet: ${nameList(waiting.map(({ name }) => name)).en}; audit again after the interval of their group`,
                zh: `已加载但尚未首次评估：${nameList(waiting.map(({ name }) => name)).zh}，请在规则组评估周期后重新审计`,
              },
            ],
      good: {
        en: `all ${required.length} required alerts are loaded and evaluated`,
        zh: `${required.length} 类必备告警均已加载并正常评估`,
      },
      evidence: [
        loadedEvidence(loaded, names, { en: 'one of each purpose, ok', zh: '每类至少一条且为 ok' }),
        healthEvidence(loaded, { en: 'ok', zh: 'ok' }),
      ],
    });
  },
});
