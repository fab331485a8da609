import { defineClusterCheck, fail, pass, type Evidence } from '../../check.ts';
import { seenMembers } from '../members.ts';
import { clusterEvidence, leadersOf } from '../patroni-evidence.ts';

export const clusterLeaderKey = defineClusterCheck({
  id: 'cluster-leader-key',
  catalogue: ['HA-001'],
  title: {
    en: 'The leader’s key in etcd is held on a lease by the leader Patroni names',
    zh: 'etcd 中的主库键由当前主库以租约持有',
  },
  severity: 'critical',
  rationale: {
    en: 'The key is the lock: without a lease it never ends with its holder, and a holder that Patroni does not name means that two sides decide.',
    zh: '该键即主库锁：没有租约则持有者失效后永不释放，键与 Patroni 视图不一致则意味着两套判断并存。',
  },
  remediation: {
    en: 'Find out who wrote the key (a vip-manager, a script, a second cluster of the same name), remove that writer, and let Patroni take the lock again.',
    zh: '查明该键的写入者（vip-manager、脚本或同名集群）并停用，由 Patroni 重新取得主库锁。',
  },
  fix: ['etcdctl get --prefix /pg/{cluster}/leader', 'patronictl list {cluster}'],
  members: 'partial',
  needs: ['etcd.keys', 'patroni.cluster'],
  params: {},
  evaluate({ 'etcd.keys': keys, 'patroni.cluster': clusters }) {
    const seen = seenMembers(keys);
    const views = seenMembers(clusters);
    const evidence = [
      ...seen.map(({ member, value }): Evidence => ({
        fact: 'etcd.keys',
        subject: member,
        at: 'leader, held on a lease',
        actual: value.leader === null ? 'null' : `${value.leader.name} ${value.leader.hasLease}`,
        expected: { en: 'the leader, true', zh: '当前主库，true' },
        shell: `{etcdctl} get {prefix}leader -w json | jq -r 'if .kvs then "\\(.kvs[0].value | @base64d) \\((.kvs[0].lease // 0) != 0)" else "null" end'`,
      })),
      ...views
        .slice(0, 1)
        .map(({ member, value }) => clusterEvidence(member, value, { en: 'the same leader', zh: '相同的主库' })),
    ];
    const [first] = seen;
    const holder = first?.value.leader ?? null;
    const different = seen.filter(({ value }) => value.leader?.name !== holder?.name);
    const leaders = new Set(views.flatMap(({ value }) => leadersOf(value)));
    if (different.length > 0) {
      return fail(
        {
          en: `members of etcd hold different leader keys: ${seen.map(({ member, value }) => `${member} ${value.leader?.name ?? 'none'}`).join(', ')}`,
          zh: `经核查，etcd 各成员的主库键不一致：${seen.map(({ member, value }) => `${member} 为 ${value.leader?.name ?? '无'}`).join('、')}`,
        },
        ...evidence,
      );
    }
    if (holder === null) {
      return fail({ en: 'nobody holds the leader key', zh: '经核查，主库键无人持有' }, ...evidence);
    }
    if (!holder.hasLease) {
      return fail(
        {
          en: `the leader key (${holder.name}) hangs on no lease and would never end`,
          zh: `经核查，主库键（${holder.name}）未绑定租约，持有者失效后不会释放`,
        },
        ...evidence,
      );
    }
    if (!leaders.has(holder.name) || leaders.size > 1) {
      return fail(
        {
          en: `the leader key is held by ${holder.name}, Patroni names ${[...leaders].join(', ') || 'nobody'}`,
          zh: `经核查，主库键由 ${holder.name} 持有，而 Patroni 认定为 ${[...leaders].join('、') || '无'}`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `${holder.name} holds the leader key on a lease and is the leader Patroni names`,
        zh: `经核查，${holder.name} 以租约持有主库键且与 Patroni 视图一致，符合要求`,
      },
      ...evidence,
    );
  },
});
