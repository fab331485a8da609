import { defineCheck, undecided } from '../../check.ts';
import { isSevere, shownScore, standingOf } from '../advisories.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { softwareReleases } from '../software-releases.ts';

const dayMs = 86_400_000;

export const pgMinorCurrent = defineCheck({
  id: 'pg-minor-current',
  catalogue: ['VULN-002'],
  title: { en: 'The running minor version has no known flaws', zh: '运行的 PostgreSQL 小版本无已知漏洞' },
  severity: 'high',
  rationale: {
    en: 'Minor releases hold fixes only; a server that is behind runs with flaws whose exploits are described in public.',
    zh: '小版本仅包含修复，落后的服务器存在已公开的漏洞。',
  },
  remediation: {
    en: 'Update the packages on every member, restart the replicas, switch over, and restart the former primary.',
    zh: '在各成员更新软件包，先重启从库，切换后重启原主库。',
  },
  fix: ['apt-get install --only-upgrade postgresql-{major}', 'patronictl restart {cluster} {member}'],
  needs: ['pg.settings'],
  /** A flaw of this score or more fails; a table older than `staleAfterDays` warns. */
  params: { failScore: 7, staleAfterDays: 180 },
  evaluate({ 'pg.settings': settings }, { failScore, staleAfterDays }, { at }) {
    const shown = settingEvidence(settings, 'server_version_num', {
      en: 'the newest of its series',
      zh: '所在主版本的最新小版本',
    });
    const number = Number(shown.actual);
    const version = `${Math.floor(number / 10_000)}.${number % 10_000}`;
    const { postgresql } = softwareReleases;
    const { asOf, unlisted } = postgresql;
    if (!(number >= 100_000)) {
      return undecided({ en: 'the server told no version', zh: '未取得版本号，无法判定' }, shown);
    }
    const standing = standingOf(version, postgresql);
    const [worst] = standing.flaws;
    const isStale = Date.parse(at) - Date.parse(asOf) > staleAfterDays * dayMs;
    return verdictOf({
      complaints: [
        ...(worst === undefined
          ? []
          : [
              complaint(
                isSevere(worst, failScore) ? 'fail' : 'warn',
                `${version} has ${standing.flaws.map(({ id }) => id).join(', ')}${shownScore(worst)}${worst.fixedIn === undefined ? '' : `, mended in ${worst.fixedIn}`}`,
                `${version} 存在 ${standing.flaws.map(({ id }) => id).join('、')}${shownScore(worst)}${worst.fixedIn === undefined ? '' : `，已在 ${worst.fixedIn} 修复`}`,
                shown,
              ),
            ]),
        ...(worst === undefined && standing.isBehind
          ? [
              complaint(
                'warn',
                `${version} is behind ${standing.newest ?? 'every supported series'}`,
                `${version} 落后于 ${standing.newest ?? '受支持版本'}`,
                shown,
              ),
            ]
          : []),
        ...(standing.isBeyond || isStale
          ? [
              complaint(
                'warn',
                `the release table of ${asOf} does not know ${version} well enough${unlisted === undefined ? '' : `: look for a release of ${unlisted.releasedAt} or later`}`,
                `版本表日期 ${asOf}，不足以判断 ${version}${unlisted === undefined ? '' : `，请核对 ${unlisted.releasedAt} 及之后的发布`}`,
                shown,
              ),
            ]
          : []),
      ],
      good: {
        en: `${version} has no known flaw (table of ${asOf})`,
        zh: `${version} 无已知漏洞（版本表日期 ${asOf}）`,
      },
      evidence: [shown],
    });
  },
});
