import { defineClusterCheck, fail, pass, warn } from '../../check.ts';
import { agreedConfig, configEvidence } from '../patroni-config.ts';

export const clusterRtoEstimated = defineClusterCheck({
  id: 'cluster-rto-estimated',
  catalogue: ['HA-004'],
  title: { en: 'A failover ends within the recovery time objective', zh: '故障切换耗时估算不超过 RTO 目标' },
  severity: 'medium',
  rationale: {
    en: 'Nothing is repaired before the lease ends: ttl, one loop, election, promotion and the proxy’s health checks add up to the longest outage of writes.',
    zh: '租约到期前不会开始切换：ttl、一次循环、选举、提升与负载均衡健康检查之和即为写中断的上限。',
  },
  remediation: {
    en: 'Choose a plan with shorter timers (20/5/5 or 30/5/10) and quicker health checks, or agree on a longer objective; confirm it with a drill.',
    zh: '选用更短的时间参数方案（20/5/5 或 30/5/10）和更快的健康检查，或重新批准更长的目标，并以演练验证。',
  },
  fix: ['patronictl edit-config {cluster} -s ttl=20 -s loop_wait=5 -s retry_timeout=5'],
  members: 'partial',
  needs: ['patroni.config'],
  /** Seconds. Detection is the proxy’s: checks to mark the new primary up, and the old one down. */
  params: { objectiveSeconds: 60, electionSeconds: 2, promotionSeconds: 5, detectionSeconds: 12 },
  evaluate({ 'patroni.config': configs }, { objectiveSeconds, electionSeconds, promotionSeconds, detectionSeconds }) {
    const found = agreedConfig(configs);
    if (!found.ok) return found.verdict;
    const { ttl, loopWait } = found.agreed.settings;
    const estimate = ttl + loopWait + electionSeconds + promotionSeconds + detectionSeconds;
    const rest = electionSeconds + promotionSeconds + detectionSeconds;
    const evidence = [
      configEvidence(found.agreed, 'ttl', {
        en: `ttl + loop_wait at most ${objectiveSeconds - rest}`,
        zh: `ttl + loop_wait 不大于 ${objectiveSeconds - rest}`,
      }),
      configEvidence(found.agreed, 'loop_wait', { en: 'part of the sum', zh: '计入总和' }),
    ];
    const reason = {
      en: `a failover takes up to ${estimate} s (ttl ${ttl}, loop ${loopWait}, election ${electionSeconds}, promotion ${promotionSeconds}, detection ${detectionSeconds}); the objective is ${objectiveSeconds} s`,
      zh: `经核查，故障切换最长约 ${estimate} 秒（ttl ${ttl}、循环 ${loopWait}、选举 ${electionSeconds}、提升 ${promotionSeconds}、探测 ${detectionSeconds}），目标为 ${objectiveSeconds} 秒`,
    };
    if (estimate <= objectiveSeconds) return pass(reason, ...evidence);
    return estimate <= objectiveSeconds * 1.2 ? warn(reason, ...evidence) : fail(reason, ...evidence);
  },
});
