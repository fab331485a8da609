import { askJson, declaredPart, fieldsOf, labelsOf, listOf } from './ask.ts';
import { defineProbe } from '../../probe.ts';
import { hostLoadQueries, type HostLoadKind } from '../../host-load-queries.ts';

/** How busy one host was: 95 of 100 samples of the period are at or below the share. */
export interface HostLoad {
  readonly what: HostLoadKind;
  /** Label `instance` of the host's own exporter. */
  readonly instance: string;
  /** 0 to 1 and more. */
  readonly share: number;
}

/** Processors, network and connection tracking of the hosts at their peak, from the metrics of node_exporter. */
export const monitoringHostLoad = defineProbe({
  id: 'monitoring.host-load',
  subject: 'monitoring',
  title: 'Share of processors, network and connection tracking that hosts use at the peak of 30 days (/api/v1/query)',
  privilege: 'read access to the HTTP API of Prometheus or VictoriaMetrics',
  grants: [],
  async collect({ prometheus, signal }): Promise<readonly HostLoad[]> {
    const target = declaredPart(prometheus, 'Prometheus');
    const loads: HostLoad[] = [];
    for (const { what, query } of hostLoadQueries) {
      const path = `/api/v1/query?timeout=10s&query=${encodeURIComponent(query)}`;
      const answer = await askJson(target, path, signal);
      for (const item of listOf(fieldsOf(fieldsOf(answer)['data'])['result'], 'samples')) {
        const { metric, value } = fieldsOf(item);
        const share = Array.isArray(value) ? Number(value[1]) : Number.NaN;
        const { instance } = labelsOf(metric);
        if (instance !== undefined && Number.isFinite(share)) loads.push({ what, instance, share });
      }
    }
    return loads.toSorted((a, b) => (`${a.what} ${a.instance}` < `${b.what} ${b.instance}` ? -1 : 1));
  },
});
