import { defineClusterCheck, notApplicable, type Evidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { seenMembers, unseenMembers } from '../members.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

const hourMs = 3_600_000;

export const clusterEtcdSnapshot = defineClusterCheck({
  id: 'cluster-etcd-snapshot',
  catalogue: ['ETCD-010'],
  title: { en: 'A recent snapshot of etcd is kept', zh: '保存有近期 etcd 快照' },
  severity: 'low',
  rationale: {
    en: 'Members of etcd copy each other, mistakes included: users, roles and the state of every cluster come back only from a snapshot, or by a rebuild that was rehearsed.',
    zh: 'etcd 成员会同步误操作，账户、角色及各集群状态只能通过快照或经演练的重建流程恢复。',
  },
  remediation: {
    en: 'Save a snapshot every day on one member and copy it elsewhere; or rehearse the rebuild and name its document in the parameters of this check.',
    zh: '每日在一个成员上保存快照并复制到异地；或演练重建流程，并在本检查参数中登记文档。',
  },
  fix: ['0 2 * * * root etcdctl snapshot save /data/backups/etcd/$(date +\\%F).db'],
  needs: ['etcd.status', 'node.etcd-snapshots'],
  members: 'partial',
  /** `rebuildProcedure`: the document that says how etcd is rebuilt without a snapshot; empty: there is none. */
  params: { warnHours: 24, rebuildProcedure: '' },
  evaluate({ 'etcd.status': etcd, 'node.etcd-snapshots': facts }, { warnHours, rebuildProcedure }, { at }) {
    if (rebuildProcedure !== '') {
      return notApplicable({
        en: `as declared, etcd is rebuilt by ${rebuildProcedure} and needs no snapshot`,
        zh: `按声明，etcd 依据 ${rebuildProcedure} 重建，无需快照，本项不适用`,
      });
    }
    const seen = seenMembers(facts);
    const [newest] = seen
      .flatMap(({ member, value }) => (value.newest === null ? [] : [{ member, ...value.newest }]))
      .toSorted((a, b) => (a.modifiedAt < b.modifiedAt ? 1 : -1));
    const hours = newest === undefined ? 0 : Math.floor((Date.parse(at) - Date.parse(newest.modifiedAt)) / hourMs);
    const wanted = { en: `within ${warnHours} hours`, zh: `${warnHours} 小时以内` };
    const evidence: readonly Evidence[] =
      newest === undefined
        ? seen.map(({ member, value }) =>
            nodeEvidence(
              'node.etcd-snapshots',
              'snapshots of etcd',
              `find ${value.folders.map(shellWord).join(' ')} -maxdepth 1 -type f -size +0 2>/dev/null | grep -E '\\.(db|snap|snapshot|bak)(\\.(gz|zst|xz|bz2))?$' || true`,
              '',
              { en: 'one at least', zh: '至少一个' },
              member,
            ),
          )
        : [
            nodeEvidence(
              'node.etcd-snapshots',
              `end of ${newest.path}`,
              `date -u -r ${shellWord(newest.path)} +%FT%TZ`,
              `${newest.modifiedAt.slice(0, 19)}Z`,
              wanted,
              newest.member,
            ),
          ];
    const isFresh = newest !== undefined && hours <= warnHours;
    const hosts = new Set([...facts.keys()].map(hostOf));
    const unseen = [
      ...unseenMembers(facts).map(hostOf),
      ...[...etcd.keys()].map(hostOf).filter((one) => !hosts.has(one)),
    ];
    const denied = seen.flatMap(({ value }) => value.denied);
    return verdictOf({
      complaints: isFresh
        ? []
        : [
            newest === undefined
              ? complaint('warn', 'no snapshot of etcd lies on any node', '各节点均无 etcd 快照')
              : complaint(
                  'warn',
                  `the newest snapshot of etcd is ${hours} hours old`,
                  `最新 etcd 快照距今 ${hours} 小时`,
                ),
          ],
      unknown: isFresh
        ? []
        : [
            ...unseen.map((host) => ({ en: `nobody looked at ${host}`, zh: `未采集主机 ${host}` })),
            ...denied.map((folder) => ({ en: `${folder} may not be entered`, zh: `无权进入 ${folder}` })),
          ],
      good: {
        en: `the newest snapshot of etcd is ${hours} hours old (${newest?.path ?? ''})`,
        zh: `最新 etcd 快照距今 ${hours} 小时（${newest?.path ?? ''}）`,
      },
      evidence,
    });
  },
});

const hostOf = (subject: string): string => subject.replace(/\.(?:etcd|node)$/u, '');
