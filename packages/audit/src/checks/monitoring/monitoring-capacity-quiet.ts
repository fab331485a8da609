import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { compareAlerts, firingEvidence, loadedEvidence, parseRequired } from '../monitoring-evidence.ts';

export const monitoringCapacityQuiet = defineCheck({
  id: 'monitoring-capacity-quiet',
  scope: 'monitoring',
  catalogue: ['MON-009'],
  title: { en: 'Capacity is watched and within its limits', zh: '容量指标受监控且处于阈值内' },
  severity: 'medium',
  rationale: {
    en: 'Connections, disks and transaction ids run out slowly and stop everything at once.',
    zh: '连接数、磁盘与事务号缓慢耗尽，耗尽时整体中断。',
  },
  remediation: {
    en: 'Load the alerts on capacity, and act on those that fire: more connections or a pooler, more disk, vacuum.',
    zh: '加载容量告警并处理正在触发者：扩充连接或使用连接池、扩容磁盘、执行 vacuum。',
  },
  fix: ['VACUUM (FREEZE, VERBOSE) {table}', 'ALTER SYSTEM SET max_connections = {number}'],
  needs: ['monitoring.rules', 'monitoring.alerts'],
  params: {
    required: [
      'connections=PostgresConnectionsNearlyExhausted',
      'disk=NodeDiskFull|NodeDiskFilling',
      'wraparound=PostgresWraparoundNear|PostgresFreezeBehind',
    ],
  },
  evaluate({ 'monitoring.rules': loaded, 'monitoring.alerts': alerts }, { required }) {
    const wanted = required.map(parseRequired);
    const names = wanted.flatMap((item) => item.names);
    const { missing, broken } = compareAlerts(loaded, wanted);
    const active = alerts.active.filter(({ name }) => names.includes(name));
    return verdictOf({
      complaints: [
        ...active.map(({ name, state, labels }) =>
          complaint(
            state === 'firing' ? 'fail' : 'warn',
            `${name} is ${state} for ${labels['ins'] ?? labels['instance'] ?? 'the cluster'}`,
            `${name} 对 ${labels['ins'] ?? labels['instance'] ?? '集群'} 处于 ${state} 状态`,
          ),
        ),
        ...missing.map(({ purpose, names: [name = ''] }) =>
          complaint('fail', `nobody watches ${purpose}`, `未监控容量项：缺少告警 ${name}`),
        ),
        ...broken.map((name) => complaint('fail', `${name} fails at every evaluation`, `${name} 评估出错`)),
      ],
      good: { en: 'capacity alerts are loaded and quiet', zh: '容量告警均已加载且未触发' },
      evidence: [
        loadedEvidence(loaded, names, { en: 'one of each, ok', zh: '每类一条且为 ok' }),
        firingEvidence(alerts, { en: 'none of them', zh: '不包含上述告警' }),
      ],
    });
  },
});
