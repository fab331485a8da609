import { defineClusterCheck, fail } from '../../check.ts';
import { ageHours, backupViews, infoEvidence, missingEvidence, missingReason, newestOf } from '../backup-views.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const backupWalContinuous = defineClusterCheck({
  id: 'backup-wal-continuous',
  catalogue: ['BKP-007'],
  title: { en: 'WAL reaches from the oldest backup to now', zh: 'WAL 覆盖时间点恢复窗口' },
  severity: 'critical',
  rationale: {
    en: 'One missing segment ends every recovery that has to pass it.',
    zh: '缺失任一 WAL 段，恢复将止步于此。',
  },
  remediation: {
    en: 'Take a new full backup, find out why archiving lost a segment, and verify the repository weekly.',
    zh: '重新执行全量备份，排查归档缺失原因，并每周校验仓库。',
  },
  fix: ['pgbackrest --stanza={stanza} --type=full backup', 'pgbackrest --stanza={stanza} verify'],
  needs: ['node.pgbackrest-info'],
  members: 'partial',
  params: { windowHours: 168 },
  evaluate({ 'node.pgbackrest-info': infos }, { windowHours }, { at }) {
    const views = backupViews(infos);
    const [view] = views;
    if (view === undefined) return fail(missingReason(infos), ...missingEvidence(infos));
    const { backups, archives, repositories } = view.stanza;
    const shown = infoEvidence(
      view,
      'WAL of each repository',
      '[.archive[] | "\\(.database["repo-key"] // 1) \\(.id) \\(.min) \\(.max)"] | sort | join("\\n")',
      archives
        .map(({ repoKey, id, min, max }) => `${repoKey} ${id} ${min ?? 'null'} ${max ?? 'null'}`)
        .toSorted()
        .join('\n'),
      { en: 'from the oldest backup on', zh: '自最早备份起连续' },
    );
    const complaints = (repositories.length === 0 ? [1] : repositories.map(({ key }) => key)).flatMap((key) => {
      const own = backups.filter(({ repoKey }) => repoKey === key);
      const oldest = own.toSorted((a, b) => a.stopSeconds - b.stopSeconds)[0];
      if (oldest === undefined)
        return [complaint('fail', `repository ${key} has no backup`, `仓库 ${key} 无备份`, shown)];
      const lost = own.flatMap(({ references, label }) =>
        references.filter((name) => !own.some((one) => one.label === name)).map((name) => `${label} → ${name}`),
      );
      if (lost.length > 0)
        return [
          complaint(
            'fail',
            `repository ${key} lost what backups rest on: ${lost.join(', ')}`,
            `仓库 ${key} 缺少被依赖的备份：${lost.join('、')}`,
            shown,
          ),
        ];
      const wal = archives.filter(({ repoKey, databaseId }) => repoKey === key && databaseId === oldest.databaseId);
      const first = wal.flatMap(({ min }) => min ?? []).toSorted()[0];
      const last = wal
        .flatMap(({ max }) => max ?? [])
        .toSorted()
        .at(-1);
      if (oldest.wal !== undefined && (first === undefined || first.slice(8) > oldest.wal.start.slice(8))) {
        return [
          complaint(
            'fail',
            `repository ${key} has WAL from ${first ?? 'nowhere'} on, ${oldest.label} needs ${oldest.wal.start}`,
            `仓库 ${key} 的 WAL 起始于 ${first ?? '无'}，备份 ${oldest.label} 需要 ${oldest.wal.start}`,
            shown,
          ),
        ];
      }
      const newest = newestOf(own);
      if (newest?.wal !== undefined && (last === undefined || last.slice(8) < newest.wal.stop.slice(8))) {
        return [
          complaint(
            'fail',
            `repository ${key} ends at ${last ?? 'nothing'}, before ${newest.label} is consistent (${newest.wal.stop})`,
            `仓库 ${key} 的 WAL 止于 ${last ?? '无'}，备份 ${newest.label} 需要 ${newest.wal.stop}`,
            shown,
          ),
        ];
      }
      return ageHours(oldest, at) < windowHours
        ? [
            complaint(
              'warn',
              `repository ${key} reaches back ${Math.floor(ageHours(oldest, at))} hours only`,
              `仓库 ${key} 仅可恢复至 ${Math.floor(ageHours(oldest, at))} 小时前`,
              shown,
            ),
          ]
        : [];
    });
    return verdictOf({
      complaints,
      good: {
        en: `WAL begins before the oldest backup and ends after the newest in ${Math.max(1, repositories.length)} repositories`,
        zh: `${Math.max(1, repositories.length)} 个仓库的 WAL 均覆盖最早至最新备份`,
      },
      evidence: [shown],
    });
  },
});
