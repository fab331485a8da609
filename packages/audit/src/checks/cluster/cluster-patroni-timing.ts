import { defineClusterCheck, fail, pass } from '../../check.ts';
import { agreedConfig, configEvidence } from '../patroni-config.ts';

export const clusterPatroniTiming = defineClusterCheck({
  id: 'cluster-patroni-timing',
  catalogue: ['HA-003'],
  title: { en: 'Patroni’s timers fit together', zh: 'Patroni 时间参数满足约束' },
  severity: 'high',
  rationale: {
    en: 'The lease must outlive one loop and two retries: ttl below loop_wait + 2 × retry_timeout lets it end while its holder still tries to renew it, so a slow store alone demotes the primary.',
    zh: '租约必须长于一次循环加两次重试：ttl 小于 loop_wait + 2×retry_timeout 时，持有者仍在续约而租约已到期，仅因存储变慢就会触发主库降级。',
  },
  remediation: {
    en: 'Take the timers of one plan together: 20/5/5, 30/5/10, 60/10/20 or 120/20/30 for ttl, loop_wait and retry_timeout.',
    zh: '按同一方案成组设置 ttl、loop_wait、retry_timeout：20/5/5、30/5/10、60/10/20 或 120/20/30。',
  },
  fix: ['patronictl edit-config {cluster} -s ttl=30 -s loop_wait=5 -s retry_timeout=10'],
  members: 'partial',
  needs: ['patroni.config'],
  /** Patroni’s own minimums in seconds. */
  params: { minTtl: 20, minLoopWait: 1, minRetryTimeout: 3 },
  evaluate({ 'patroni.config': configs }, { minTtl, minLoopWait, minRetryTimeout }) {
    const found = agreedConfig(configs);
    if (!found.ok) return found.verdict;
    const { ttl, loopWait, retryTimeout } = found.agreed.settings;
    const needed = loopWait + 2 * retryTimeout;
    const least = Math.max(needed, minTtl);
    const evidence = [
      configEvidence(found.agreed, 'ttl', { en: `at least ${least}`, zh: `不小于 ${least}` }),
      configEvidence(found.agreed, 'loop_wait', { en: `${minLoopWait} or more`, zh: `不小于 ${minLoopWait}` }),
      configEvidence(found.agreed, 'retry_timeout', {
        en: `${minRetryTimeout} or more`,
        zh: `不小于 ${minRetryTimeout}`,
      }),
    ];
    const sum = `${loopWait} + 2 × ${retryTimeout} = ${needed}`;
    if (ttl < needed) {
      return fail(
        {
          en: `ttl is ${ttl} s, but loop_wait + 2 × retry_timeout = ${sum} s`,
          zh: `经核查，ttl 为 ${ttl} 秒，小于 loop_wait + 2×retry_timeout（${sum} 秒）`,
        },
        ...evidence,
      );
    }
    if (ttl < minTtl || loopWait < minLoopWait || retryTimeout < minRetryTimeout) {
      return fail(
        {
          en: `ttl, loop_wait, retry_timeout are ${ttl}, ${loopWait}, ${retryTimeout} s; the least are ${minTtl}, ${minLoopWait}, ${minRetryTimeout}`,
          zh: `经核查，ttl、loop_wait、retry_timeout 为 ${ttl}、${loopWait}、${retryTimeout} 秒，低于下限 ${minTtl}、${minLoopWait}、${minRetryTimeout}`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `ttl ${ttl} s is at least loop_wait + 2 × retry_timeout = ${sum} s`,
        zh: `经核查，ttl ${ttl} 秒不小于 loop_wait + 2×retry_timeout（${sum} 秒），符合要求`,
      },
      ...evidence,
    );
  },
});
