import { defineClusterCheck, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { seenMembers } from '../members.ts';
import { compareAlerts, loadedEvidence, parseRequired } from '../monitoring-evidence.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

type Volume = FactMap['node.volumes'][number];

export const clusterLogSpaceWatched = defineClusterCheck({
  id: 'cluster-log-space-watched',
  catalogue: ['LOG-018'],
  title: { en: 'Room for logs is watched and left', zh: '日志存储容量受监控且余量充足' },
  severity: 'medium',
  rationale: {
    en: 'A full log volume ends the audit trail without a word, and often the server with it.',
    zh: '日志卷写满后审计记录中断且无提示，并可能导致数据库停止。',
  },
  remediation: {
    en: 'Extend the volume of the logs or remove old ones, and load an alert on its free space.',
    zh: '扩容日志卷或清理过期日志，并加载磁盘余量告警。',
  },
  fix: ['lvextend -r -L +{size} {volume}', 'pgattest-monitoring generate'],
  needs: ['node.volumes', 'monitoring.rules'],
  members: 'complete',
  params: { warnPercent: 75, failPercent: 90, required: ['log space=NodeDiskFull|NodeDiskFilling'] },
  evaluate({ 'node.volumes': nodes, 'monitoring.rules': rules }, { warnPercent, failPercent, required }) {
    const wanted = required.map(parseRequired);
    const names = wanted.flatMap((item) => item.names);
    const expected = { en: `below ${warnPercent} %`, zh: `低于 ${warnPercent}%` };
    const logs = seenMembers(nodes).flatMap(({ member, value }) => {
      const volume = findVolume(value);
      return volume === undefined ? [] : [{ member, volume, evidence: spaceEvidence(volume, member, expected) }];
    });
    const watching = seenMembers(rules).map(({ member, value }) => ({
      ...compareAlerts(value, wanted),
      evidence: { ...loadedEvidence(value, names, { en: 'one, ok', zh: '至少一条且为 ok' }), subject: member },
    }));
    return verdictOf({
      complaints: [
        ...logs.flatMap(({ member, volume, evidence }) => {
          const used = Math.floor(usedPercent(volume));
          return used < warnPercent
            ? []
            : [
                complaint(
                  used >= failPercent ? 'fail' : 'warn',
                  `${volume.mountPoint} of ${member}, with the logs, is ${used} % full`,
                  `${member} 的日志卷 ${volume.mountPoint} 已使用 ${used}%`,
                  evidence,
                ),
              ];
        }),
        ...watching.flatMap(({ missing, broken, evidence }) => [
          ...missing.map(({ names: [name = ''] }) =>
            complaint('fail', `no alert watches the room for logs (${name})`, `未加载磁盘余量告警 ${name}`, evidence),
          ),
          ...broken.map((name) => complaint('fail', `${name} fails at every evaluation`, `${name} 评估出错`, evidence)),
        ]),
      ],
      unknown: logs.length === 0 ? [{ en: 'no node showed the volume of its logs', zh: '未发现任何节点的日志卷' }] : [],
      good: {
        en: `the log volumes of ${logs.length} nodes are below ${warnPercent} % and an alert watches them`,
        zh: `${logs.length} 个节点的日志卷使用率低于 ${warnPercent}%，且已加载告警`,
      },
      evidence: [...logs.map(({ evidence }) => evidence), ...watching.map(({ evidence }) => evidence)],
    });
  },
});

/** Of a host with a data directory; logs inside that are on its volume. */
const findVolume = (volumes: readonly Volume[]): Volume | undefined => {
  const data = volumes.find(({ what }) => what === 'pgdata');
  return data === undefined ? undefined : (volumes.find(({ what }) => what === 'log') ?? data);
};

const usedPercent = ({ sizeBytes, availableBytes }: Volume): number =>
  sizeBytes === 0 ? 0 : (1 - availableBytes / sizeBytes) * 100;

/** The size of the volume is what stays the same; the share that is used moves on. */
const spaceEvidence = ({ mountPoint, sizeBytes }: Volume, node: string, expected: Evidence['expected']): Evidence =>
  nodeEvidence(
    'node.volumes',
    `size of ${mountPoint} in bytes (df shows what is used)`,
    `df --block-size=1 --output=size ${shellWord(mountPoint)} | tail -n 1 | tr -d ' '`,
    String(sizeBytes),
    expected,
    node,
  );
