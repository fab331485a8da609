import { defineClusterCheck, type Evidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { seenMembers } from '../members.ts';
import { shellQuote } from '../../psql-command.ts';

/** Hosts and instances by which streams of this cluster are labelled. */
const hostOf = (subject: string): string => subject.replace(/\.[a-z]+$/u, '');

export const clusterComponentLogsCollected = defineClusterCheck({
  id: 'cluster-component-logs-collected',
  catalogue: ['LOG-021'],
  title: {
    en: 'Logs of Patroni, HAProxy, etcd, pgBackRest and the hosts are collected',
    zh: 'Patroni、HAProxy、etcd、pgBackRest 与操作系统日志均已集中采集',
  },
  severity: 'medium',
  rationale: {
    en: 'A failover, a refused client or a failed backup is explained by the log of the component, and that is overwritten first.',
    zh: '切换、连接被拒、备份失败的原因记录在各组件日志中，而这些日志最先被覆盖。',
  },
  remediation: {
    en: 'Add the log of each missing component to the shipping agent, labelled with the host or the cluster.',
    zh: '将缺失组件的日志加入采集，并标注主机或集群名称。',
  },
  fix: ['vector validate /etc/vector', 'systemctl reload vector'],
  needs: [
    'monitoring.log-streams',
    'cluster.inventory',
    'patroni.status',
    'etcd.status',
    'haproxy.info',
    'node.pgbackrest-config',
    'node.host',
  ],
  optional: ['patroni.status', 'etcd.status', 'haproxy.info', 'node.pgbackrest-config', 'node.host'],
  members: 'partial',
  /** `component=word|word`: words that a label of the stream holds. */
  params: {
    words: [
      'Patroni=patroni',
      'etcd=etcd',
      'HAProxy=haproxy',
      'pgBackRest=pgbackrest|backrest',
      'operating system=syslog|journal|journald|systemd|node|os',
    ],
  },
  evaluate(facts, { words }, { cluster }) {
    const [store] = seenMembers(facts['monitoring.log-streams']);
    const hosts = seenMembers(facts['cluster.inventory']).flatMap(({ value }) =>
      value.declared.flatMap(({ name, host }) => [name, ...(host === null ? [] : [host])]),
    );
    const backrest = seenMembers(facts['node.pgbackrest-config']).filter(({ value }) => value.isConfigured);
    const present: Readonly<Record<string, readonly string[]>> = {
      Patroni: [...facts['patroni.status'].keys()],
      etcd: [...facts['etcd.status'].keys()],
      HAProxy: [...facts['haproxy.info'].keys()],
      pgBackRest: backrest.map(({ member }) => member),
      'operating system': [...facts['node.host'].keys()],
    };
    const names = new Set([cluster, ...hosts, ...Object.values(present).flat().map(hostOf)]);
    const ours = (streams: readonly string[]): readonly string[] =>
      streams.filter((stream) => labelValues(stream).some((value) => names.has(value.replace(/:\d+$/u, ''))));
    const wanted = words.map(parseWords).filter(({ component }) => (present[component] ?? []).length > 0);
    const judged = wanted.map(({ component, pattern }) => {
      // A backup writes when it is made.
      const since = component === 'pgBackRest' ? 'day' : 'recent';
      const streams = store === undefined ? [] : ours(store.value[since]);
      return {
        component,
        isThere: streams.some((stream) => new RegExp(pattern, 'iu').test(labelValues(stream).join(' '))),
        evidence: streamEvidence(store?.member, pattern, since === 'day' ? '1d' : '15m', streams),
      };
    });
    const missing = judged.filter(({ isThere }) => !isThere);
    return verdictOf({
      complaints:
        store === undefined || store.value.isCut
          ? []
          : missing.map(({ component, evidence }) =>
              complaint(
                'fail',
                `no log of ${component} arrives for ${cluster}`,
                `集群 ${cluster} 的 ${component} 日志未被采集`,
                evidence,
              ),
            ),
      unknown: [
        ...(store === undefined ? [{ en: 'the log store did not answer', zh: '日志平台未响应' }] : []),
        ...(store?.value.isCut === true && missing.length > 0
          ? [{ en: 'the store has more streams than were listed', zh: '日志流数量超出列表上限' }]
          : []),
        ...(wanted.length === 0
          ? [{ en: 'no component besides PostgreSQL is declared', zh: '未声明 PostgreSQL 之外的组件' }]
          : []),
      ],
      good: {
        en: `logs of ${judged.map(({ component }) => component).join(', ')} arrive`,
        zh: `${judged.map(({ component }) => component).join('、')} 的日志均已采集`,
      },
      evidence: judged.map(({ evidence }) => evidence),
    });
  },
});

const parseWords = (text: string): { readonly component: string; readonly pattern: string } => {
  const [component = '', pattern = ''] = text.split('=', 2);
  return { component, pattern: `(^|[^[:alnum:]])(${pattern})([^[:alnum:]]|$)`.replaceAll('[:alnum:]', 'a-z0-9') };
};

/** Values of `{job="patroni",ins="pg-test-1"}`. */
const labelValues = (stream: string): readonly string[] =>
  [...stream.matchAll(/="((?:[^"\\]|\\.)*)"/gu)].map(([, value = '']) => value);

/** Whether a stream of that kind exists among ours: the streams themselves come and go. */
const streamEvidence = (
  store: string | undefined,
  pattern: string,
  since: string,
  streams: readonly string[],
): Evidence => {
  const found = streams.filter((stream) => new RegExp(pattern, 'iu').test(labelValues(stream).join(' ')));
  const [first = ''] = found;
  return {
    fact: 'monitoring.log-streams',
    ...(store === undefined ? {} : { subject: store }),
    at: `a stream of the last ${since}`,
    actual: first,
    expected: { en: 'one at least', zh: '至少一条' },
    shell: `{curllogs} {logs}'/select/logsql/streams?query=_time:${since}&limit=2000' | jq -r '.values[].value' | grep -xF -e ${shellQuote(first)} || true`,
  };
};
