import { defineCheck, fail, pass, undecided, warn, type Evidence } from '../../check.ts';

export const etcdStable = defineCheck({
  id: 'etcd-stable',
  scope: 'etcd',
  catalogue: ['ETCD-008'],
  title: { en: 'etcd’s leadership is stable and its disk quick', zh: 'etcd 主节点稳定且磁盘延迟合格' },
  severity: 'medium',
  rationale: {
    en: 'Each election stops writes for a moment, and a slow disk causes elections: Patroni then misses its renewals and demotes a healthy primary.',
    zh: '每次选举都会短暂停止写入，而磁盘缓慢会引发选举，Patroni 因此错过续约并降级健康的主库。',
  },
  remediation: {
    en: 'Give etcd a disk of its own (SSD), keep backups and other writers off it, and raise heartbeat-interval and election-timeout together on slow networks.',
    zh: '为 etcd 提供独立 SSD，避免与备份等写入共用；网络较慢时成组调大 heartbeat-interval 与 election-timeout。',
  },
  fix: ['heartbeat-interval: 100\nelection-timeout: 1000', 'systemctl restart etcd'],
  needs: ['etcd.status'],
  /** Elections a day since the member started; upper bound of 99 % of the writes to disk, seconds. */
  params: { maxChangesPerDay: 3, maxFsyncSeconds: 0.032 },
  evaluate({ 'etcd.status': status }, { maxChangesPerDay, maxFsyncSeconds }, { at }) {
    const { leaderId, leaderChanges, startedAt, walFsyncP99 } = status;
    const leader: Evidence = {
      fact: 'etcd.status',
      at: 'has a leader',
      actual: leaderId === null ? '0' : '1',
      expected: { en: '1', zh: '1' },
      shell: `{curl} {url}/metrics | awk '$1=="etcd_server_has_leader"{print $2}'`,
    };
    if (leaderId === null) {
      return fail({ en: 'this member sees no leader', zh: '经核查，该成员没有主节点' }, leader);
    }
    if (leaderChanges === null || startedAt === null || walFsyncP99 === null) {
      return undecided(
        {
          en: 'the member shows no metrics of elections or of its disk',
          zh: '该成员未提供选举或磁盘延迟指标，无法判定',
        },
        leader,
      );
    }
    // A day at least: the elections of the start are no sign of anything.
    const days = Math.max(1, (Date.parse(at) - Date.parse(startedAt)) / 86_400_000);
    const allowed = Math.floor(days * maxChangesPerDay);
    const isSlow = walFsyncP99 === '+Inf' || Number(walFsyncP99) > maxFsyncSeconds;
    const evidence = [
      leader,
      {
        fact: 'etcd.status' as const,
        at: `elections since the start within ${allowed}`,
        actual: String(leaderChanges <= allowed),
        expected: { en: 'true', zh: 'true' },
        shell: `{curl} {url}/metrics | awk '$1=="etcd_server_leader_changes_seen_total"{print ($2<=${allowed}?"true":"false")}'`,
      },
      {
        fact: 'etcd.status' as const,
        at: `99 % of writes to disk within ${maxFsyncSeconds} s`,
        actual: String(!isSlow),
        expected: { en: 'true', zh: 'true' },
        shell: `{curl} {url}/metrics | awk -F'[" ]' '/^etcd_disk_wal_fsync_duration_seconds_bucket/{if($2!="+Inf"&&$2<=${maxFsyncSeconds})n=$NF; t=$NF} END{print (n>=0.99*t?"true":"false")}'`,
      },
    ];
    if (leaderChanges > allowed || isSlow) {
      return warn(
        {
          en: `${leaderChanges} elections in ${Math.ceil(days)} days (${allowed} allowed); 99 % of writes to disk end within ${walFsyncP99} s (${maxFsyncSeconds} wanted)`,
          zh: `经核查，${Math.ceil(days)} 天内选举 ${leaderChanges} 次（上限 ${allowed}），99% 的落盘在 ${walFsyncP99} 秒内完成（要求 ${maxFsyncSeconds}）`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `${leaderChanges} elections in ${Math.ceil(days)} days, 99 % of writes to disk within ${walFsyncP99} s`,
        zh: `经核查，${Math.ceil(days)} 天内选举 ${leaderChanges} 次，99% 的落盘在 ${walFsyncP99} 秒内完成，符合要求`,
      },
      ...evidence,
    );
  },
});
