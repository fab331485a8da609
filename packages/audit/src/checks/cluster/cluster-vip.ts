import { defineClusterCheck, fail, notApplicable, pass, undecided, type Evidence } from '../../check.ts';
import { seenMembers, unseenMembers } from '../members.ts';

export const clusterVip = defineClusterCheck({
  id: 'cluster-vip',
  catalogue: ['HA-024'],
  title: { en: 'The virtual address is on the primary alone', zh: '虚拟地址仅位于主库' },
  severity: 'medium',
  rationale: {
    en: 'Clients follow the address, not the cluster: on a replica they cannot write, on two hosts at once they reach either by chance. vip-manager leaves the address behind when systemd stops it.',
    zh: '客户端只认地址：地址位于备库则无法写入，同时位于两台主机则随机到达；systemd 停止 vip-manager 时不会移除地址。',
  },
  remediation: {
    en: 'Restart vip-manager where the address is wrong, remove a leftover by hand, and check its login and certificates for etcd.',
    zh: '在地址错误的节点重启 vip-manager，手工移除残留地址，并检查其访问 etcd 的账号与证书。',
  },
  fix: ['systemctl restart vip-manager', 'ip addr del {address} dev {interface}'],
  members: 'partial',
  needs: ['node.vip', 'pg.server'],
  params: {},
  evaluate({ 'node.vip': nodes, 'pg.server': servers }) {
    const seen = seenMembers(nodes);
    const managed = seen.flatMap(({ member, value }) =>
      value.manager === null ? [] : [{ member, manager: value.manager }],
    );
    const unseen = unseenMembers(nodes);
    if (managed.length === 0) {
      const reason = { en: 'no node has a vip-manager', zh: '没有节点配置 vip-manager，本项不适用' };
      return unseen.length > 0
        ? undecided({
            en: `${reason.en} as far as seen; ${unseen.join(', ')} was not`,
            zh: `${unseen.join('、')} 未能核查，无法判定`,
          })
        : notApplicable(reason);
    }
    const addresses = [...new Set(managed.map(({ manager }) => manager.ip))];
    const [address = ''] = addresses;
    const evidence = seen.map(({ member, value }): Evidence => ({
      fact: 'node.vip',
      subject: member,
      at: `holds ${address}`,
      actual: String(value.addresses.includes(address)),
      expected: { en: 'true on the primary alone', zh: '仅主库为 true' },
      shell: `ip -o addr show | grep -qF ' ${address}/' && echo true || echo false`,
    }));
    if (addresses.length > 1) {
      return fail(
        {
          en: `nodes are told different addresses: ${addresses.join(', ')}`,
          zh: `经核查，各节点配置的虚拟地址不一致：${addresses.join('、')}`,
        },
        ...evidence,
      );
    }
    const holders = seen.filter(({ value }) => value.addresses.includes(address)).map(({ member }) => member);
    const primaries = seenMembers(servers)
      .filter(({ value }) => !value.inRecovery)
      .map(({ member }) => member);
    const [holder] = holders;
    if (holders.length > 1) {
      return fail(
        {
          en: `${address} is on ${holders.join(' and ')} at once`,
          zh: `经核查，${address} 同时位于 ${holders.join('、')}`,
        },
        ...evidence,
      );
    }
    if (unseen.length > 0 || primaries.length !== 1) {
      return undecided(
        {
          en: `${holder ?? 'nobody'} holds ${address}; not seen: ${unseen.join(', ') || '-'}, primaries: ${primaries.join(', ') || '-'}`,
          zh: `${address} 位于 ${holder ?? '无'}，未核查节点：${unseen.join('、') || '无'}，主库：${primaries.join('、') || '无'}，无法判定`,
        },
        ...evidence,
      );
    }
    if (holder === undefined) {
      return fail({ en: `nobody holds ${address}`, zh: `经核查，没有节点持有 ${address}` }, ...evidence);
    }
    if (holder.replace(/\.node$/u, '') !== primaries[0]) {
      return fail(
        {
          en: `${address} is on ${holder}, the primary is ${primaries[0] ?? ''}`,
          zh: `经核查，${address} 位于 ${holder}，而主库为 ${primaries[0] ?? ''}`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `${address} is on the primary alone (${holder})`,
        zh: `经核查，${address} 仅位于主库（${holder}），符合要求`,
      },
      ...evidence,
    );
  },
});
