import { defineCheck } from '../../check.ts';
import { isSevere, standingOf } from '../advisories.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { softwareReleases } from '../software-releases.ts';
import { isOlder } from '../version-order.ts';

export const pgbouncerNoKnownFlaw = defineCheck({
  id: 'pgbouncer-no-known-flaw',
  scope: 'pgbouncer',
  catalogue: ['VULN-004'],
  title: { en: 'The version of PgBouncer has no known flaw', zh: 'PgBouncer 版本不存在已知漏洞' },
  severity: 'high',
  rationale: {
    en: 'PgBouncer answers strangers before they have logged in; several of its flaws need no login.',
    zh: 'PgBouncer 在登录之前即与外部交互，多个漏洞无需登录即可利用。',
  },
  remediation: {
    en: 'Upgrade to the newest release, or to a package in which the distribution has mended the flaws (then waive this with its advisory).',
    zh: '升级到最新版本，或使用发行版已修复的软件包（此时凭其公告登记例外）。',
  },
  fix: ['pgbouncer --version', 'apt-get install --only-upgrade pgbouncer'],
  needs: ['pgbouncer.version'],
  /** A flaw of this score or more fails, and so does one without a score. */
  params: { failScore: 7 },
  evaluate({ 'pgbouncer.version': { version } }, { failScore }) {
    const releases = softwareReleases.components['pgbouncer'];
    if (releases === undefined) throw new Error('there is no table of releases of pgbouncer');
    const { asOf } = releases;
    const { flaws, newest, isBeyond } = standingOf(version, releases);
    const evidence = {
      fact: 'pgbouncer.version' as const,
      at: 'version',
      actual: `PgBouncer ${version}`,
      expected: { en: `no flaw of the list of ${asOf}`, zh: `不在 ${asOf} 漏洞列表中` },
      shell: `{psql} -c 'SHOW VERSION'`,
    };
    const list = flaws.map(({ id }) => id).join(', ');
    const level = flaws.some((flaw) => isSevere(flaw, failScore)) ? 'fail' : 'warn';
    return verdictOf({
      complaints: [
        ...(flaws.length === 0 ? [] : [complaint(level, `${version} has ${list}`, `${version} 存在 ${list}`)]),
        ...(isBeyond
          ? [complaint('warn', `the list of ${asOf} does not know ${version}`, `${asOf} 的列表不含 ${version}`)]
          : []),
      ],
      good:
        newest !== undefined && isOlder(newest, version)
          ? {
              en: `${version} has no flaw of the list of ${asOf}, and is newer than it`,
              zh: `${version} 不存在 ${asOf} 列表中的漏洞，且比该列表更新`,
            }
          : { en: `${version} has no flaw of the list of ${asOf}`, zh: `${version} 不存在 ${asOf} 列表中的漏洞` },
      evidence: [evidence],
    });
  },
});
