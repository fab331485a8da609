import { defineClusterCheck, fail, pass, undecided, type Evidence } from '../../check.ts';
import { findSeen, seenMembers, unseenMembers } from '../members.ts';
import { clusterEvidence, leadersOf } from '../patroni-evidence.ts';

export const clusterLeaderAgreed = defineClusterCheck({
  id: 'cluster-leader-agreed',
  catalogue: ['HA-001'],
  title: {
    en: 'Every member names the same leader, and that one takes writes',
    zh: '各成员对主库的认知一致且主库可写',
  },
  severity: 'critical',
  rationale: {
    en: 'Patroni’s view and PostgreSQL’s state can part: after Patroni alone dies, its server stays writable while another member is promoted.',
    zh: 'Patroni 视图与数据库实际状态可能背离：Patroni 单独退出后其数据库仍可写，而另一成员已被提升。',
  },
  remediation: {
    en: 'Fence the server that writes without being leader (stop it, close its address), bring its Patroni back, reinitialise it; look at the store where members disagree.',
    zh: '隔离非主库但仍可写的服务器（停止服务、断开网络），恢复其 Patroni 后重建；成员认知不一致时检查配置存储。',
  },
  fix: ['patronictl list {cluster}', 'patronictl reinit {cluster} {member}'],
  members: 'partial',
  needs: ['patroni.cluster', 'pg.server'],
  params: {},
  evaluate({ 'patroni.cluster': clusters, 'pg.server': servers }) {
    const expected = { en: 'one leader, the same for all, running', zh: '唯一且一致的主库，状态为 running' };
    const seen = seenMembers(clusters);
    const evidence = [
      ...seen.map(({ member, value }) => clusterEvidence(member, value, expected)),
      ...seenMembers(servers).map(({ member, value }): Evidence => ({
        fact: 'pg.server',
        subject: member,
        at: 'in recovery',
        actual: value.inRecovery ? 't' : 'f',
        expected: { en: 'f on the leader alone', zh: '仅主库为 f' },
        sql: 'SELECT pg_is_in_recovery()',
      })),
    ];
    const views = new Set(seen.map(({ value }) => leadersOf(value).join(',')));
    const [view = ''] = views;
    if (views.size > 1) {
      return fail(
        {
          en: `members name different leaders: ${seen.map(({ member, value }) => `${member} says ${leadersOf(value).join(', ') || 'nobody'}`).join('; ')}`,
          zh: `经核查，各成员认定的主库不一致：${seen.map(({ member, value }) => `${member} 认为是 ${leadersOf(value).join('、') || '无'}`).join('；')}`,
        },
        ...evidence,
      );
    }
    if (view === '' || view.includes(',')) {
      return fail(
        {
          en: view === '' ? 'no member leads the cluster' : `more than one leader is named: ${view}`,
          zh: view === '' ? '经核查，集群没有主库' : `经核查，存在多个主库：${view}`,
        },
        ...evidence,
      );
    }
    const isStandbyCluster = seen[0]?.value.members.some(({ role }) => role === 'standby_leader') === true;
    const server = findSeen(servers, view);
    const writers = seenMembers(servers).filter(
      ({ member, value }) => !value.inRecovery && (isStandbyCluster || member !== view),
    );
    if (writers.length > 0) {
      const list = writers.map(({ member }) => member).join(', ');
      return fail(
        {
          en: `${list} takes writes, but the leader is ${view}${isStandbyCluster ? ', and a standby cluster takes none' : ''}`,
          zh: `经核查，${list} 可写，但主库应为 ${view}${isStandbyCluster ? '，且备集群不应可写' : ''}`,
        },
        ...evidence,
      );
    }
    if (server?.inRecovery === true && !isStandbyCluster) {
      return fail(
        {
          en: `${view} is the leader, but its PostgreSQL is in recovery`,
          zh: `经核查，${view} 为主库，但其 PostgreSQL 处于恢复状态`,
        },
        ...evidence,
      );
    }
    const unseen = [...new Set([...unseenMembers(clusters), ...unseenMembers(servers)])];
    if (unseen.length > 0 || server === undefined) {
      const list = unseen.length > 0 ? unseen.join(', ') : view;
      return undecided(
        {
          en: `those that answered agree on ${view}; ${list} could not be seen and may take writes or think otherwise`,
          zh: `已应答成员一致认定 ${view} 为主库，但 ${list} 未能核查，无法判定`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `${seen.length} members name ${view} as leader, and ${isStandbyCluster ? 'nobody' : 'it alone'} takes writes`,
        zh: `经核查，${seen.length} 个成员一致认定 ${view} 为主库，${isStandbyCluster ? '备集群无成员可写' : '且仅其可写'}，符合要求`,
      },
      ...evidence,
    );
  },
});
