import { defineCheck } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';
import { isWithoutServer } from '../host-without-server.ts';

type Volume = FactMap['node.volumes'][number];

export const nodeDiskHeadroom = defineCheck({
  id: 'node-disk-headroom',
  scope: 'node',
  catalogue: ['OS-016'],
  title: { en: 'Volumes have room left', zh: '磁盘空间及 inode 余量充足' },
  severity: 'high',
  rationale: {
    en: 'A full volume stops the server, WAL archiving and failover at the same time.',
    zh: '磁盘写满会同时导致数据库停止、归档中断和切换失败。',
  },
  remediation: {
    en: 'Extend the volume or remove what is not needed, and alert long before it is full.',
    zh: '扩容或清理，并提前告警。',
  },
  fix: ['lvextend -r -L +{size} {volume}'],
  needs: ['node.volumes'],
  params: { warnPercent: 80, failPercent: 90 },
  evaluate({ 'node.volumes': volumes }, { warnPercent, failPercent }, context) {
    const mounted = [...new Map(volumes.map((volume) => [volume.mountPoint, volume])).values()];
    const limit = { en: `below ${warnPercent} %`, zh: `低于 ${warnPercent}%` };
    return verdictOf({
      complaints: mounted.flatMap((volume) => {
        const used = usedPercent(volume);
        const inodes = usedInodePercent(volume);
        const worst = Math.max(used, inodes);
        if (worst < warnPercent) return [];
        const level = worst >= failPercent ? 'fail' : 'warn';
        const what = used >= inodes ? 'full' : 'without inodes';
        return [
          complaint(
            level,
            `${volume.mountPoint} (${volume.what}) is ${Math.floor(worst)} % ${what}`,
            `${volume.mountPoint}（${volume.what}）已使用 ${Math.floor(worst)}%`,
            spaceEvidence(volume, limit),
          ),
        ];
      }),
      unknown:
        volumes.some(({ what }) => what === 'pgdata') || (isWithoutServer(context) && volumes.length > 0)
          ? []
          : [{ en: 'the volume of the data folder was not found', zh: '未找到数据目录所在卷' }],
      good: { en: `${mounted.length} volumes have room left`, zh: `${mounted.length} 个卷余量充足` },
      evidence: mounted.map((volume) => spaceEvidence(volume, limit)),
    });
  },
});

const usedPercent = ({ sizeBytes, availableBytes }: Volume): number =>
  sizeBytes === 0 ? 0 : (1 - availableBytes / sizeBytes) * 100;
const usedInodePercent = ({ inodes, availableInodes }: Volume): number =>
  inodes === 0 ? 0 : (1 - availableInodes / inodes) * 100;

/** The size of the volume is what stays the same; the share that is used moves on. */
const spaceEvidence = ({ mountPoint, sizeBytes }: Volume, limit: { readonly en: string; readonly zh: string }) =>
  nodeEvidence(
    'node.volumes',
    `size of ${mountPoint} in bytes (df shows what is used)`,
    `df --block-size=1 --output=size ${shellWord(mountPoint)} | tail -n 1 | tr -d ' '`,
    String(sizeBytes),
    limit,
  );
