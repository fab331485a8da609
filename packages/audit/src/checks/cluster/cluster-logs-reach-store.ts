import { defineClusterCheck, type Evidence } from '../../check.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { seenMembers, unseenMembers } from '../members.ts';

export const clusterLogsReachStore = defineClusterCheck({
  id: 'cluster-logs-reach-store',
  catalogue: ['LOG-014'],
  title: { en: 'A line of every server arrives at the central log store', zh: '各实例日志可送达集中日志平台' },
  severity: 'high',
  rationale: {
    en: 'Logs that stay on their host go with it, and whoever takes the host takes the trace; a broken pipeline looks just like a quiet night.',
    zh: '仅存于本机的日志会随主机丢失，也会被控制主机者篡改；采集链路中断与平静无事在表面上没有区别。',
  },
  remediation: {
    en: 'Mend the shipping agent of the members that are named; the unique word of the reason tells how far the line came.',
    zh: '修复所列成员的日志采集；可用原因中的唯一标识追踪日志停在哪一环节。',
  },
  fix: ['systemctl restart vector', 'journalctl -u vector --since -10m'],
  needs: ['monitoring.log-store', 'pg.log-canary'],
  members: 'partial',
  params: { warnSeconds: 300 },
  evaluate({ 'monitoring.log-store': stores, 'pg.log-canary': canaries }, { warnSeconds }) {
    const [store] = seenMembers(stores);
    const sent = seenMembers(canaries).flatMap(({ member, value }) =>
      value === null ? [] : [{ member, canary: value, evidence: findEvidence(store?.member, value) }],
    );
    const silent = [
      ...unseenMembers(canaries),
      ...seenMembers(canaries).flatMap(({ member, value }) => (value === null ? [member] : [])),
    ];
    return verdictOf({
      complaints: sent.flatMap(({ member, canary, evidence }): readonly Complaint[] => {
        const { word, foundAfterSeconds: after, waitedSeconds, earlierFound } = canary;
        if (after !== null && after <= warnSeconds) return [];
        if (after !== null) {
          return [
            complaint('warn', `a line of ${member} took ${after} s`, `${member} 的日志延迟 ${after} 秒`, evidence),
          ];
        }
        return [
          earlierFound === true
            ? complaint(
                'warn',
                `${word} of ${member} was not there after ${waitedSeconds} s; one of an earlier run was`,
                `${member} 的 ${word} 在 ${waitedSeconds} 秒内未送达，但此前的标识已送达`,
                evidence,
              )
            : complaint(
                'fail',
                `${word} of ${member} did not arrive within ${waitedSeconds} s, nor did any of the last day`,
                `${member} 的 ${word} 在 ${waitedSeconds} 秒内未送达，近一天也无任何标识送达`,
                evidence,
              ),
        ];
      }),
      unknown: [
        ...(store === undefined ? [{ en: 'the log store did not answer', zh: '日志平台未响应' }] : []),
        ...silent.map((member) => ({ en: `${member} wrote no line`, zh: `${member} 未写入标识` })),
      ],
      good: {
        en: `a line of each of ${sent.length} servers arrived within ${Math.max(0, ...sent.map(({ canary }) => canary.foundAfterSeconds ?? 0))} s`,
        zh: `${sent.length} 个实例的日志标识均已送达集中日志平台`,
      },
      evidence: sent.map(({ evidence }) => evidence),
    });
  },
});

/** Asked of the store, whichever server wrote the line. */
const findEvidence = (
  store: string | undefined,
  { word, foundAfterSeconds }: { readonly word: string; readonly foundAfterSeconds: number | null },
): Evidence => ({
  fact: 'monitoring.log-store',
  ...(store === undefined ? {} : { subject: store }),
  at: `line with ${word}`,
  actual: foundAfterSeconds === null ? '' : word,
  expected: { en: word, zh: word },
  shell: `{curllogs} --get --data-urlencode 'query="${word}"' --data-urlencode limit=1 {logs}/select/logsql/query | grep -o ${word} | head -n 1`,
});
