import { defineClusterCheck, fail, pass, warn } from '../../check.ts';
import { agreedConfig, configEvidence } from '../patroni-config.ts';

export const clusterFailoverLag = defineClusterCheck({
  id: 'cluster-failover-lag',
  catalogue: ['HA-008'],
  title: { en: 'A failover loses no more than the recovery point allows', zh: '故障切换允许的延迟不超过 RPO' },
  severity: 'medium',
  rationale: {
    en: 'maximum_lag_on_failover is how far behind a replica may be and still be promoted: what it lacks is lost.',
    zh: 'maximum_lag_on_failover 决定备库落后多少仍可被提升，落后的部分即为丢失的数据。',
  },
  remediation: {
    en: 'Set maximum_lag_on_failover to the bytes that may be lost; where none may be, use a synchronous mode, which decides by acknowledged commits.',
    zh: '将 maximum_lag_on_failover 设为允许丢失的字节数；要求零丢失时启用同步模式，由提交确认决定候选者。',
  },
  fix: ['patronictl edit-config {cluster} -s maximum_lag_on_failover=1048576'],
  members: 'partial',
  needs: ['patroni.config'],
  /** Bytes of WAL that may be lost (`pg_rpo`); 0 asks for a synchronous mode. */
  params: { rpoBytes: 1_048_576 },
  evaluate({ 'patroni.config': configs }, { rpoBytes }) {
    const found = agreedConfig(configs);
    if (!found.ok) return found.verdict;
    const { maximumLagBytes, synchronousMode } = found.agreed.settings;
    const evidence = [
      configEvidence(found.agreed, 'maximum_lag_on_failover', {
        en: `at most ${rpoBytes} (default 1048576)`,
        zh: `不大于 ${rpoBytes}（默认 1048576）`,
      }),
      configEvidence(found.agreed, 'synchronous_mode', {
        en: 'true or quorum where rpoBytes is 0',
        zh: 'RPO 为 0 时应为 true 或 quorum',
      }),
    ];
    if (synchronousMode !== 'off') {
      // Only standbys that acknowledged every commit are candidates, so the lag decides nothing more.
      return pass(
        {
          en: `synchronous_mode is ${synchronousMode}: only a standby that has every acknowledged commit is promoted`,
          zh: `经核查，synchronous_mode 为 ${synchronousMode}，仅拥有全部已确认提交的备库可被提升，符合要求`,
        },
        ...evidence,
      );
    }
    if (rpoBytes === 0) {
      return fail(
        {
          en: 'nothing may be lost, but replication is asynchronous: any promotion may lose commits',
          zh: '经核查，要求零数据丢失，但复制为异步模式，任何提升都可能丢失提交',
        },
        ...evidence,
      );
    }
    if (maximumLagBytes > rpoBytes) {
      return fail(
        {
          en: `a replica ${maximumLagBytes} bytes behind may be promoted, ${rpoBytes} may be lost`,
          zh: `经核查，落后 ${maximumLagBytes} 字节的备库仍可被提升，超过允许丢失的 ${rpoBytes} 字节`,
        },
        ...evidence,
      );
    }
    if (maximumLagBytes === 0) {
      return warn(
        {
          en: 'a replica must not be a single byte behind: under load no failover happens at all',
          zh: '经核查，允许延迟为 0 字节，有写入负载时将无法自动切换',
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `a replica is promoted only within ${maximumLagBytes} bytes, ${rpoBytes} may be lost`,
        zh: `经核查，仅落后不超过 ${maximumLagBytes} 字节的备库可被提升，符合 RPO（${rpoBytes} 字节）`,
      },
      ...evidence,
    );
  },
});
