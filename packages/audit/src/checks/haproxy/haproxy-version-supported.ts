import { defineCheck, fail, pass, undecided, warn } from '../../check.ts';
import { haproxySupport } from '../haproxy-support.ts';
import { isOlder } from '../version-order.ts';

export const haproxyVersionSupported = defineCheck({
  id: 'haproxy-version-supported',
  scope: 'haproxy',
  catalogue: ['VULN-004'],
  title: { en: 'The branch of HAProxy still gets fixes', zh: 'HAProxy 分支仍在维护期内' },
  severity: 'high',
  rationale: {
    en: 'HAProxy is the first program that strangers talk to; a branch past its end gets no fix for what is found in it.',
    zh: 'HAProxy 是外部首先接触的组件，停止维护的分支不再修复漏洞。',
  },
  remediation: {
    en: 'Move to a long-term branch (even second number) that is still maintained, or to a package that its distribution maintains.',
    zh: '升级到仍在维护的长期支持分支（第二位为偶数），或使用发行版持续维护的软件包。',
  },
  fix: ['haproxy -v', 'apt-get install --only-upgrade haproxy'],
  needs: ['haproxy.info'],
  params: { warnDays: 120 },
  evaluate({ 'haproxy.info': { version } }, { warnDays }, { at }) {
    const { asOf, endOfLife } = haproxySupport;
    const evidence = {
      fact: 'haproxy.info' as const,
      at: 'version',
      actual: version ?? '',
      expected: { en: `a maintained branch (table of ${asOf})`, zh: `仍在维护的分支（表日期 ${asOf}）` },
      shell: `{curl} {url}/metrics | sed -nE 's/^haproxy_process_build_info\\{.*version="([^"]+)".*/\\1/p'`,
    };
    const branch = /^(\d+\.\d+)/u.exec(version ?? '')?.[1];
    if (version === null || branch === undefined) {
      return undecided(
        {
          en: 'HAProxy hides its version; serve the metrics or leave out stats hide-version',
          zh: 'HAProxy 隐藏了版本号，无法判定，请开放指标端点或去除 stats hide-version',
        },
        evidence,
      );
    }
    const end = endOfLife[branch];
    if (end === undefined) {
      const isNewer = Object.keys(endOfLife).every((known) => isOlder(known, branch));
      const reason = {
        en: `branch ${branch} is not in the table of ${asOf}`,
        zh: `经核查，分支 ${branch} 不在 ${asOf} 的维护周期表中`,
      };
      return isNewer ? warn(reason, evidence) : fail(reason, evidence);
    }
    const leftMs = Date.parse(end) - Date.parse(at);
    if (leftMs <= 0) {
      // A distribution goes on mending its own packages of a branch that upstream has left.
      const reason = { en: `branch ${branch} ended on ${end}`, zh: `经核查，分支 ${branch} 已于 ${end} 停止维护` };
      return /[-+~](?:\d+)?(?:deb|ubuntu|el|fc|u\d)/u.test(version)
        ? warn(
            {
              en: `${reason.en} upstream; ${version} is fixed only as long as its distribution does so`,
              zh: `${reason.zh}，${version} 仅依赖发行版的修复`,
            },
            evidence,
          )
        : fail(reason, evidence);
    }
    const reason = { en: `branch ${branch} is maintained until ${end}`, zh: `经核查，分支 ${branch} 维护至 ${end}` };
    return leftMs < warnDays * 86_400_000
      ? warn(reason, evidence)
      : pass({ en: reason.en, zh: `${reason.zh}，符合要求` }, evidence);
  },
});
