import { defineCheck, fail, pass, warn } from '../../check.ts';
import { pgbouncerAdvisories } from '../pgbouncer-advisories.ts';

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
  params: {},
  evaluate({ 'pgbouncer.version': { version, versionNum } }) {
    const { asOf, flaws, newest } = pgbouncerAdvisories;
    const evidence = {
      fact: 'pgbouncer.version' as const,
      at: 'version',
      actual: `PgBouncer ${version}`,
      expected: { en: `no flaw of the list of ${asOf}`, zh: `不在 ${asOf} 漏洞列表中` },
      shell: `{psql} -c 'SHOW VERSION'`,
    };
    const open = flaws.filter(({ fixedIn }) => versionNum < fixedIn);
    const list = open.map(({ id }) => id).join(', ');
    if (open.length === 0) {
      const beyond =
        versionNum > newest
          ? { en: `, newer than the list of ${asOf}`, zh: `，比 ${asOf} 的列表更新` }
          : { en: '', zh: '' };
      return pass(
        {
          en: `${version} has no flaw of the list of ${asOf}${beyond.en}`,
          zh: `经核查，${version} 不存在 ${asOf} 列表中的漏洞${beyond.zh}，符合要求`,
        },
        evidence,
      );
    }
    const reason = { en: `${version} has ${list}`, zh: `经核查，${version} 存在 ${list}` };
    return open.some(({ isSevere }) => isSevere) ? fail(reason, evidence) : warn(reason, evidence);
  },
});
