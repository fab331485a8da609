import { defineClusterCheck, pass, warn } from '../../check.ts';
import { agreedConfig, configEvidence } from '../patroni-config.ts';

export const clusterStartTimeout = defineClusterCheck({
  id: 'cluster-start-timeout',
  catalogue: ['HA-029'],
  title: { en: 'A crashed primary is not waited for longer than the objective', zh: '主库崩溃后的等待时限不超过目标' },
  severity: 'medium',
  rationale: {
    en: 'When PostgreSQL crashes and Patroni lives, the leader first tries to start it again for primary_start_timeout (300 s by default); without primary_stop_timeout a shutdown that hangs holds the lock for ever.',
    zh: 'PostgreSQL 崩溃而 Patroni 存活时，主库会先尝试重启至 primary_start_timeout（默认 300 秒）；未设置 primary_stop_timeout 时，停滞的关闭会一直占有主库锁。',
  },
  remediation: {
    en: 'Set primary_start_timeout to what crash recovery may take within the objective (15 to 95 s by plan), and primary_stop_timeout where commits are synchronous.',
    zh: '将 primary_start_timeout 设为目标内可接受的崩溃恢复时间（按方案 15 至 95 秒），同步复制场景同时设置 primary_stop_timeout。',
  },
  fix: ['patronictl edit-config {cluster} -s primary_start_timeout=25 -s primary_stop_timeout=30'],
  members: 'partial',
  needs: ['patroni.config'],
  /** Seconds that a crashed primary may take to come back. */
  params: { objectiveSeconds: 60 },
  evaluate({ 'patroni.config': configs }, { objectiveSeconds }) {
    const found = agreedConfig(configs);
    if (!found.ok) return found.verdict;
    const { agreed } = found;
    const { primaryStartTimeout, primaryStopTimeout, synchronousMode } = agreed.settings;
    const isOld =
      agreed.config['primary_start_timeout'] === undefined && agreed.config['master_start_timeout'] !== undefined;
    const evidence = [
      configEvidence(agreed, isOld ? 'master_start_timeout' : 'primary_start_timeout', {
        en: `at most ${objectiveSeconds} (default 300)`,
        zh: `不大于 ${objectiveSeconds}（默认 300）`,
      }),
      configEvidence(agreed, isOld ? 'master_stop_timeout' : 'primary_stop_timeout', {
        en: 'more than 0 where commits are synchronous',
        zh: '同步复制时大于 0',
      }),
    ];
    if (primaryStartTimeout > objectiveSeconds) {
      return warn(
        {
          en: `a crashed primary is waited for ${primaryStartTimeout} s, the objective is ${objectiveSeconds} s`,
          zh: `经核查，主库崩溃后最多等待 ${primaryStartTimeout} 秒，超过目标 ${objectiveSeconds} 秒`,
        },
        ...evidence,
      );
    }
    // Source: Patroni docs: primary_stop_timeout has an effect with synchronous_mode only.
    if (synchronousMode !== 'off' && primaryStopTimeout === 0) {
      return warn(
        {
          en: 'a primary that hangs while it stops keeps the lock for ever: primary_stop_timeout is 0',
          zh: '经核查，primary_stop_timeout 为 0，停止过程停滞的主库会一直占有主库锁',
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `a crashed primary is waited for ${primaryStartTimeout} s at most`,
        zh: `经核查，主库崩溃后最多等待 ${primaryStartTimeout} 秒，符合要求`,
      },
      ...evidence,
    );
  },
});
