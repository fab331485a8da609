import { defineCheck, insufficientData } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { hostLoadQueries } from '../../host-load-queries.ts';
import { shellQuote } from '../../psql-command.ts';
import { complaint, verdictOf } from '../complaints.ts';

type HostLoad = FactMap['monitoring.host-load'][number];

const names: Readonly<Record<HostLoad['what'], { readonly en: string; readonly zh: string }>> = {
  cpu: { en: 'processors', zh: 'CPU' },
  network: { en: 'network', zh: '网络带宽' },
  conntrack: { en: 'connection tracking', zh: '连接跟踪表' },
};

export const monitoringHostCapacity = defineCheck({
  id: 'monitoring-host-capacity',
  scope: 'monitoring',
  catalogue: ['NET-011'],
  title: { en: 'Hosts and their network have room at the peak', zh: '主机与网络在业务高峰期留有余量' },
  severity: 'info',
  rationale: {
    en: 'A host or link that is full at the peak of the day is the one that cannot take over what fails beside it.',
    zh: '高峰期已饱和的主机或链路无法承接故障转移的负载。',
  },
  remediation: {
    en: 'Add processors or bandwidth, spread the load over replicas, raise nf_conntrack_max.',
    zh: '扩容 CPU 或带宽，将负载分散到备库，提高 nf_conntrack_max。',
  },
  fix: ['sysctl -w net.netfilter.nf_conntrack_max={number}'],
  needs: ['monitoring.host-load'],
  params: { warnPercent: 80 },
  evaluate({ 'monitoring.host-load': loads }, { warnPercent }) {
    const evidence = hostLoadQueries
      .filter(({ what }) => what === 'cpu' || loads.some((load) => load.what === what))
      .map(({ what, query }) => ({
        fact: 'monitoring.host-load' as const,
        at: `hosts with a figure: ${names[what].en}`,
        // The figure itself moves on with every minute.
        actual: loads
          .filter((load) => load.what === what)
          .map(({ instance }) => instance)
          .join('\n'),
        expected: { en: `each below ${warnPercent} %`, zh: `均低于 ${warnPercent}%` },
        shell: `{curlprometheus} -G --data-urlencode ${shellQuote(`query=${query}`)} {prometheus}/api/v1/query | jq -r '.data.result[].metric.instance' | LC_ALL=C sort`,
      }));
    if (!loads.some(({ what }) => what === 'cpu')) {
      return insufficientData(
        {
          en: 'the monitoring holds no metrics of hosts (node_cpu_seconds_total)',
          zh: '监控中没有主机指标（node_cpu_seconds_total），无法评估容量',
        },
        ...evidence,
      );
    }
    const hosts = new Set(loads.map(({ instance }) => instance)).size;
    return verdictOf({
      complaints: loads
        .filter(({ share }) => share * 100 > warnPercent)
        .map(({ what, instance, share }) =>
          complaint(
            'warn',
            `${names[what].en} of ${instance} at ${Math.round(share * 100)} % for one sample in twenty`,
            `${instance} 的${names[what].zh} P95 为 ${Math.round(share * 100)}%`,
          ),
        ),
      good: {
        en: `${hosts} hosts stay below ${warnPercent} % for 95 of 100 samples of 30 days`,
        zh: `${hosts} 台主机 30 天 P95 均低于 ${warnPercent}%`,
      },
      evidence,
    });
  },
});
