import { fail, type Verdict } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Observation } from '../probe.ts';
import { ageHours, backupViews, missingEvidence, missingReason, newestEvidence, newestOf } from './backup-views.ts';
import { complaint, verdictOf } from './complaints.ts';

/** How old the newest backup may be. */
export interface BackupAgeLimit {
  readonly maxHours: number;
  /** Older than this many times the limit fails, where less warns. */
  readonly failFactor: number;
}

const words = {
  full: { en: 'full backup', zh: '全量备份' },
  any: { en: 'backup', zh: '备份' },
} as const;

/** Judges the age of the newest backup of a kind: over all repositories, and in each of them. */
export function judgeBackupAge(
  infos: ReadonlyMap<string, Observation<FactMap['node.pgbackrest-info']>>,
  kind: keyof typeof words,
  { maxHours, failFactor }: BackupAgeLimit,
  at: string,
): Verdict {
  const [view] = backupViews(infos);
  if (view === undefined) return fail(missingReason(infos), ...missingEvidence(infos));
  const { en, zh } = words[kind];
  const shown = newestEvidence(view, kind, { en: `at most ${maxHours} hours old`, zh: `不超过 ${maxHours} 小时` });
  const among = view.stanza.backups.filter(({ type }) => kind === 'any' || type === kind);
  const newest = newestOf(among);
  if (newest === undefined) return fail({ en: `there is no ${en}`, zh: `经核查，无${zh}` }, shown);
  const hours = ageHours(newest, at);
  const late = view.stanza.repositories.filter(({ key }) => {
    const own = newestOf(among.filter((backup) => backup.repoKey === key));
    return own === undefined || ageHours(own, at) > maxHours;
  });
  return verdictOf({
    complaints:
      hours > maxHours
        ? [
            complaint(
              hours > maxHours * failFactor ? 'fail' : 'warn',
              `the newest ${en} (${newest.label}) is ${Math.floor(hours)} hours old`,
              `最新${zh} ${newest.label} 距今 ${Math.floor(hours)} 小时`,
            ),
          ]
        : late.map(({ key }) =>
            complaint('warn', `repository ${key} has no ${en} that fresh`, `仓库 ${key} 无满足时效的${zh}`),
          ),
    good: {
      en: `${newest.label} is ${Math.floor(hours)} hours old`,
      zh: `最新${zh} ${newest.label} 距今 ${Math.floor(hours)} 小时`,
    },
    evidence: [shown],
  });
}
