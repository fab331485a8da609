import { defineCheck, fail, pass, undecided, warn, type Evidence } from '../../check.ts';

export const etcdSpace = defineCheck({
  id: 'etcd-space',
  scope: 'etcd',
  catalogue: ['ETCD-007'],
  title: { en: 'etcd raises no alarm and has room', zh: 'etcd 无告警且空间充足' },
  severity: 'high',
  rationale: {
    en: 'At its quota etcd raises NOSPACE and refuses every write: no leader can renew its lease, and the primary goes. CORRUPT says that members hold different data.',
    zh: '达到配额后 etcd 触发 NOSPACE 并拒绝写入，主库无法续约而降级；CORRUPT 表示成员数据不一致。',
  },
  remediation: {
    en: 'Compact and defragment member by member, disarm the alarm, raise quota-backend-bytes, and let auto-compaction run; rebuild a corrupt member.',
    zh: '逐个成员压缩并整理碎片，解除告警，提高 quota-backend-bytes 并启用自动压缩；数据损坏的成员应重建。',
  },
  fix: ['etcdctl compact {revision}', 'etcdctl defrag', 'etcdctl alarm disarm'],
  needs: ['etcd.status', 'etcd.alarms'],
  /** Size of the database in percent of the quota. */
  params: { warnPercent: 75, failPercent: 90 },
  evaluate({ 'etcd.status': status, 'etcd.alarms': alarms }, { warnPercent, failPercent }) {
    const { dbSizeBytes, quotaBytes } = status;
    const list: Evidence = {
      fact: 'etcd.alarms',
      at: 'alarms',
      actual: [...new Set(alarms.map(({ alarm }) => alarm))].toSorted().join('\n'),
      expected: { en: 'none', zh: '无' },
      shell: `{etcdctl} alarm list | sed 's/.*alarm://' | LC_ALL=C sort -u`,
    };
    if (alarms.length > 0) {
      return fail(
        {
          en: `alarms are raised: ${alarms.map(({ alarm, memberId }) => `${alarm} by ${memberId}`).join(', ')}`,
          zh: `经核查，存在告警：${alarms.map(({ alarm, memberId }) => `${memberId} 的 ${alarm}`).join('、')}`,
        },
        list,
      );
    }
    if (quotaBytes === null || quotaBytes <= 0) {
      return undecided(
        {
          en: 'the member does not show its quota (etcd_server_quota_backend_bytes in /metrics)',
          zh: '该成员未提供配额指标（/metrics 中的 etcd_server_quota_backend_bytes），无法判定',
        },
        list,
      );
    }
    const percent = Math.floor((100 * dbSizeBytes) / quotaBytes);
    const bound = percent >= failPercent ? failPercent : warnPercent;
    const room: Evidence = {
      fact: 'etcd.status',
      at: `database within ${bound} % of the quota`,
      actual: String(percent < bound),
      expected: { en: 'true', zh: 'true' },
      shell: `{curl} {url}/metrics | awk '$1=="etcd_mvcc_db_total_size_in_bytes"{s=$2} $1=="etcd_server_quota_backend_bytes"{q=$2} END{print (int(100*s/q)<${bound}?"true":"false")}'`,
    };
    const reason = {
      en: `the database fills ${percent} % of its quota of ${quotaBytes} bytes`,
      zh: `经核查，无告警，数据库占配额（${quotaBytes} 字节）的 ${percent}%`,
    };
    if (percent >= failPercent) return fail(reason, list, room);
    if (percent >= warnPercent) return warn(reason, list, room);
    return pass({ en: `no alarm, and ${reason.en}`, zh: `${reason.zh}，符合要求` }, list, room);
  },
});
