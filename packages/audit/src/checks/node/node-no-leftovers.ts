import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

export const nodeNoLeftovers = defineCheck({
  id: 'node-no-leftovers',
  scope: 'node',
  catalogue: ['ENC-008'],
  title: { en: 'No forgotten copies of data lie around', zh: '无残留的数据目录或转储文件' },
  severity: 'high',
  rationale: {
    en: 'A copy that nobody watches is read by whoever finds it, and no deletion of data reaches it.',
    zh: '无人管理的副本可被任意读取，且不受数据删除影响。',
  },
  remediation: {
    en: 'Delete renamed data directories, finished restores and dumps securely; let drills clean up after themselves.',
    zh: '安全删除改名的数据目录、恢复残留及转储文件，演练后自动清理。',
  },
  fix: ['shred -u {file}', 'rm -r {folder}'],
  needs: ['node.leftovers'],
  params: { maxDays: 7 },
  evaluate({ 'node.leftovers': { found, denied, isCut, root } }, { maxDays }, { at }) {
    const paths = found.map(({ path }) => path);
    const shown = nodeEvidence(
      'node.leftovers',
      'copies that were found',
      paths.length === 0
        ? `find ${shellWord(root)} -maxdepth 5 -name '*.dump' -type f 2>/dev/null | LC_ALL=C sort`
        : `ls -1d ${paths.slice(0, 20).map(shellWord).join(' ')}`,
      paths.slice(0, 20).toSorted().join('\n'),
      { en: 'none', zh: '无' },
    );
    return verdictOf({
      complaints: found.map(({ path, mode, modifiedAt }) => {
        const days = Math.floor((Date.parse(at) - Date.parse(modifiedAt)) / 86_400_000);
        const isOpen = (Number.parseInt(mode, 8) & 0o044) !== 0;
        const level = isOpen || days > maxDays ? 'fail' : 'warn';
        return complaint(
          level,
          `${path} is a copy of data (${mode}, ${days} days old)`,
          `${path} 为数据副本（权限 ${mode}，${days} 天前）`,
          shown,
        );
      }),
      unknown: [
        ...denied.map((path) => ({ en: `${path} may not be entered`, zh: `无权进入 ${path}` })),
        ...(isCut ? [{ en: `${root} has more folders than were searched`, zh: `${root} 目录过多，未全部检索` }] : []),
      ],
      good: { en: `no other data directory and no dump is below ${root}`, zh: `${root} 下无其他数据目录或转储文件` },
      evidence: [shown],
    });
  },
});
