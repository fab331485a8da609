import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence } from '../node-evidence.ts';
import { isWithoutServer } from '../host-without-server.ts';

export const nodeMemoryResidue = defineCheck({
  id: 'node-memory-residue',
  scope: 'node',
  catalogue: ['ENC-007'],
  title: { en: 'Memory leaves nothing on disk', zh: '内存残留信息受控' },
  severity: 'medium',
  rationale: {
    en: 'Swap and core files keep passwords and rows on disk long after the process has gone.',
    zh: '交换分区和核心转储会将口令及数据长期残留在磁盘上。',
  },
  remediation: {
    en: 'Switch swap off or encrypt it, and set LimitCORE=0 for the server and Patroni.',
    zh: '关闭或加密交换分区，并将数据库与 Patroni 的 LimitCORE 设为 0。',
  },
  fix: ['swapoff -a', 'systemctl edit patroni   # [Service] LimitCORE=0'],
  needs: ['node.kernel'],
  params: {},
  evaluate({ 'node.kernel': { swaps, coreLimit, sysctl } }, _params, context) {
    const swapShown = nodeEvidence(
      'node.kernel',
      'swap areas',
      "awk 'NR > 1 { print $1 }' /proc/swaps",
      swaps.map(({ path }) => path).join('\n'),
      { en: 'none, or encrypted', zh: '无或已加密' },
    );
    const pattern = sysctl['kernel.core_pattern'] ?? '';
    const coreShown = nodeEvidence('node.kernel', 'core pattern', 'cat /proc/sys/kernel/core_pattern', pattern, {
      en: 'with a core limit of 0',
      zh: '且核心转储上限为 0',
    });
    const open = swaps.filter(({ isEncrypted }) => isEncrypted !== true);
    return verdictOf({
      complaints: [
        ...(open.length > 0
          ? [
              complaint(
                'warn',
                `${open.map(({ path }) => path).join(', ')} is swap in clear`,
                `${open.map(({ path }) => path).join('、')} 为未加密交换分区`,
                swapShown,
              ),
            ]
          : []),
        ...(coreLimit !== null && coreLimit !== '0'
          ? [
              complaint(
                'warn',
                `the server may write core files (limit ${coreLimit})`,
                `数据库可生成核心转储（上限 ${coreLimit}）`,
                coreShown,
              ),
            ]
          : []),
      ],
      unknown:
        coreLimit === null && !isWithoutServer(context)
          ? [{ en: 'the limits of the server process were not seen', zh: '未取得数据库进程的资源限制' }]
          : [],
      good: { en: 'no swap in clear and no core files', zh: '无明文交换分区且禁止核心转储' },
      evidence: [swapShown, coreShown],
    });
  },
});
