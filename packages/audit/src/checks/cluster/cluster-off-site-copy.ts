import { defineClusterCheck, manual, undecided, type Evidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { findSeen, seenMembers, unseenMembers } from '../members.ts';
import { psqlRows } from '../psql-output.ts';

export const clusterOffSiteCopy = defineClusterCheck({
  id: 'cluster-off-site-copy',
  catalogue: ['HA-023'],
  title: { en: 'Another site receives every change at once', zh: '异地实时保存数据副本' },
  severity: 'high',
  rationale: {
    en: 'What takes a site takes every copy in it. Level 3 asks for a copy in real time elsewhere: a nightly backup is a day short of that.',
    zh: '站点级灾难会同时损毁其中全部副本，三级要求异地实时备份，每日备份不能满足。',
  },
  remediation: {
    en: 'Build a standby cluster or a replica at another site, or archive WAL to a repository there; say which site each one is at under params.cluster-off-site-copy.sites.',
    zh: '在异地建立备用集群或备库，或将 WAL 归档至异地仓库，并在 params.cluster-off-site-copy.sites 中声明各自所在站点。',
  },
  fix: ['params:\n  cluster-off-site-copy:\n    sites: {pg-test-1: east, pg-test-2: east, pg-dr-1: west, repo2: west}'],
  needs: ['pg.server', 'pg.replication', 'pg.archiver', 'node.pgbackrest-config'],
  optional: ['node.pgbackrest-config'],
  members: 'partial',
  /**
   * `sites`: member, name of a receiver (application_name) or repository (`repo2`) -> site, as the operator declares it:
   * no address proves where a machine stands.
   */
  params: { sites: {}, walMinutes: 5, lagBytes: 67_108_864 },
  evaluate(
    { 'pg.server': servers, 'pg.replication': senders, 'pg.archiver': archivers, 'node.pgbackrest-config': configs },
    { sites, walMinutes, lagBytes },
    { at },
  ) {
    const primary = seenMembers(servers).find(({ value }) => !value.inRecovery)?.member;
    const receivers = primary === undefined ? undefined : findSeen(senders, primary);
    if (primary === undefined || receivers === undefined) {
      return undecided({ en: 'no primary showed who receives its WAL', zh: '未能读取主库的复制状态，无法判定' });
    }
    const siteOf = new Map(Object.entries(sites).map(([name, site]) => [name, String(site)]));
    const home = siteOf.get(primary);
    const streams = receivers.filter(({ logical, state }) => !logical && state !== 'backup');
    const evidence: Evidence = {
      fact: 'pg.replication',
      subject: primary,
      at: 'receivers of WAL and their state',
      actual: psqlRows(
        streams
          .map(({ applicationName, state }) => [applicationName, state])
          .toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
      ),
      expected: { en: 'one at another site, streaming', zh: '至少一个位于异地且处于 streaming' },
      sql: `SELECT application_name, state FROM pg_stat_replication r WHERE state <> 'backup' AND NOT EXISTS (SELECT FROM pg_replication_slots s WHERE s.active_pid = r.pid AND s.slot_type = 'logical') ORDER BY application_name COLLATE "C"`,
    };
    if (home === undefined) {
      return manual(
        {
          en: `the site of ${primary} is not declared (params.cluster-off-site-copy.sites)`,
          zh: `未声明 ${primary} 所在站点（params.cluster-off-site-copy.sites），应人工确认`,
        },
        evidence,
      );
    }
    const isAway = (name: string): boolean => (siteOf.get(name) ?? home) !== home;
    const away = streams.filter(({ applicationName }) => isAway(applicationName));
    const live = away.find(
      ({ state, flushLagBytes }) => state === 'streaming' && flushLagBytes !== null && flushLagBytes <= lagBytes,
    );
    const repositories = seenMembers(configs).flatMap(({ value }) =>
      value.isConfigured ? value.repositories.filter(({ key }) => isAway(`repo${key}`)) : [],
    );
    const archiver = findSeen(archivers, primary);
    const archivedAt = archiver?.lastArchivedAt ?? null;
    const minutes = archivedAt === null ? undefined : (Date.parse(at) - Date.parse(archivedAt)) / 60_000;
    const isArchiving = repositories.length > 0 && minutes !== undefined && minutes <= walMinutes;
    const undeclared = streams.map(({ applicationName }) => applicationName).filter((name) => !siteOf.has(name));
    const good =
      live === undefined
        ? {
            en: `WAL reached a repository at another site ${Math.max(0, Math.floor(minutes ?? 0))} minutes ago`,
            zh: `WAL 于 ${Math.max(0, Math.floor(minutes ?? 0))} 分钟前归档至异地仓库`,
          }
        : {
            en: `${live.applicationName} at ${siteOf.get(live.applicationName) ?? ''} streams from ${primary}`,
            zh: `位于 ${siteOf.get(live.applicationName) ?? ''} 的 ${live.applicationName} 正从 ${primary} 流复制`,
          };
    const isGood = live !== undefined || isArchiving;
    if (!isGood && undeclared.length > 0) {
      return manual(
        {
          en: `no copy is declared at another site than ${home}, and the site of ${undeclared.join(', ')} is not declared (params.cluster-off-site-copy.sites)`,
          zh: `未声明 ${home} 之外的副本，且 ${undeclared.join('、')} 所在站点未声明（params.cluster-off-site-copy.sites），应人工确认`,
        },
        evidence,
      );
    }
    return verdictOf({
      complaints: isGood
        ? []
        : repositories.length > 0
          ? [
              complaint(
                'warn',
                `WAL reaches the other site later than every ${walMinutes} minutes`,
                `异地 WAL 归档间隔超过 ${walMinutes} 分钟`,
              ),
            ]
          : away.length > 0
            ? [complaint('fail', 'the receivers at another site do not keep up', '异地备库未能跟上主库')]
            : [complaint('fail', 'nothing of this cluster is at another site', '异地没有该集群的任何副本')],
      unknown: isGood
        ? []
        : unseenMembers(configs).map((node) => ({
            en: `the repositories of ${node} are out of sight`,
            zh: `无法读取 ${node} 的备份仓库配置`,
          })),
      good,
      evidence: [evidence],
    });
  },
});
