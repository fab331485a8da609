import { defineCheck } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { isSevere, shownScore, standingOf } from '../advisories.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';
import { softwareReleases } from '../software-releases.ts';

type Package = FactMap['node.packages']['components'][string];

export const nodeComponentsCurrent = defineCheck({
  id: 'node-components-current',
  scope: 'node',
  catalogue: ['VULN-004'],
  title: {
    en: 'Patroni, etcd, HAProxy, PgBouncer and pgBackRest have no known flaws',
    zh: 'Patroni、etcd、HAProxy、PgBouncer、pgBackRest 无已知漏洞',
  },
  severity: 'high',
  rationale: {
    en: 'These stand in front of the database or decide who is its primary; a flaw in one of them is a flaw of the cluster.',
    zh: '上述组件位于数据库之前或决定主库归属，其漏洞即集群漏洞。',
  },
  remediation: {
    en: 'Update the component to a release that still gets fixes, one node after the other.',
    zh: '逐节点升级到仍在维护的版本。',
  },
  fix: ['apt-get install --only-upgrade {package}'],
  needs: ['node.packages'],
  params: { failScore: 7 },
  evaluate({ 'node.packages': { components, manager } }, { failScore }) {
    const seen = Object.entries(softwareReleases.components).flatMap(([component, releases]) => {
      const found = components[component];
      return found === undefined
        ? []
        : [{ component, found, asOf: releases.asOf, standing: standingOf(found.version, releases) }];
    });
    return verdictOf({
      complaints: seen.flatMap(({ component, found, asOf, standing }): readonly Complaint[] => {
        const shown = packageEvidence(found, manager);
        const [worst] = standing.flaws;
        const ids = standing.flaws.map(({ id }) => id).join(', ');
        if (worst !== undefined && patchesBackwards(found)) {
          // A distribution mends old versions without a new number; its own update list says whether it did.
          return [
            complaint(
              'warn',
              `${component} ${found.version} had ${ids} upstream; the distribution may have mended it (node-security-updates)`,
              `${component} ${found.version} 上游存在 ${ids}，发行版可能已回移补丁（见 node-security-updates）`,
              shown,
            ),
          ];
        }
        if (worst !== undefined) {
          return [
            complaint(
              isSevere(worst, failScore) ? 'fail' : 'warn',
              `${component} ${found.version} has ${ids}${shownScore(worst)}`,
              `${component} ${found.version} 存在 ${ids}${shownScore(worst)}`,
              shown,
            ),
          ];
        }
        if (standing.isBeyond) {
          return [
            complaint(
              'warn',
              `the release table of ${asOf} does not know ${component} ${found.version}`,
              `版本表日期 ${asOf}，不足以判断 ${component} ${found.version}`,
              shown,
            ),
          ];
        }
        return standing.isBehind
          ? [
              complaint(
                'warn',
                `${component} ${found.version} is behind ${standing.newest ?? 'every series that gets fixes'}`,
                `${component} ${found.version} 落后于 ${standing.newest ?? '受支持版本'}`,
                shown,
              ),
            ]
          : [];
      }),
      unknown:
        seen.length === 0
          ? [
              {
                en: 'no component was installed by a package, so no version is known',
                zh: '组件均非软件包安装，无法获知版本',
              },
            ]
          : [],
      good: {
        en: `${seen.length} components have no known flaw (${seen.map(({ component, asOf }) => `${component} as of ${asOf}`).join(', ')})`,
        zh: `${seen.length} 个组件无已知漏洞（版本表日期：${seen.map(({ component, asOf }) => `${component} ${asOf}`).join('，')}）`,
      },
      evidence: seen.map(({ found }) => packageEvidence(found, manager)),
    });
  },
});

/** Packages of Debian, Ubuntu and Red Hat keep a version and mend it. */
const patchesBackwards = ({ version, vendor }: Package): boolean =>
  (/deb\d+u\d+|ubuntu|\+b\d+$/.test(version) || /debian|ubuntu|red hat|rocky|alma/i.test(vendor)) &&
  !/pgdg|pigsty/i.test(version);

const packageEvidence = ({ name, version }: Package, manager: FactMap['node.packages']['manager']) =>
  nodeEvidence(
    'node.packages',
    `package ${name}`,
    manager === 'rpm'
      ? `rpm -q --qf '%{VERSION}-%{RELEASE}\\n' ${shellWord(name)}`
      : `dpkg-query -W -f='\${Version}\\n' ${shellWord(name)}`,
    version,
    { en: 'a release without known flaws', zh: '无已知漏洞的版本' },
  );
