import { defineCheck } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { nodeEvidence } from '../node-evidence.ts';

export const nodeMinimalInstallation = defineCheck({
  id: 'node-minimal-installation',
  scope: 'node',
  catalogue: ['VULN-007'],
  title: { en: 'Nothing is installed that a database host does not need', zh: '系统遵循最小安装原则' },
  severity: 'medium',
  rationale: {
    en: 'A compiler lets an intruder build tools on the spot; a service in clear text or a desktop is a way in.',
    zh: '编译器便于入侵者现场构建工具，明文服务和桌面环境则是入口。',
  },
  remediation: {
    en: 'Remove compilers, desktops and clear-text services from database hosts; build elsewhere.',
    zh: '在数据库主机上移除编译器、桌面及明文服务，构建工作移至他处。',
  },
  fix: ['apt-get purge gcc make', 'dnf remove gcc make'],
  needs: ['node.packages'],
  params: {},
  evaluate({ 'node.packages': { groups, manager, installed } }) {
    const names = (group: keyof FactMap['node.packages']['groups']): readonly string[] =>
      groups[group].map(({ name }) => name);
    const [forbidden, desktop, toolchain] = [names('forbidden'), names('desktop'), names('toolchain')];
    const shown = (list: readonly string[]) =>
      nodeEvidence(
        'node.packages',
        'packages that should not be there',
        manager === 'rpm'
          ? `rpm -qa --qf '%{NAME}\\n' | grep -xE '${list.length === 0 ? 'gcc|make|telnet-server|vsftpd' : list.map(plain).join('|')}' | LC_ALL=C sort -u`
          : `dpkg-query -W -f='\${db:Status-Abbrev} \${Package}\\n' | sed -n 's/^ii *//p' | grep -xE '${list.length === 0 ? 'gcc|make|telnetd|vsftpd' : list.map(plain).join('|')}' | LC_ALL=C sort -u`,
        list.toSorted().join('\n'),
        { en: 'none', zh: '无' },
      );
    return verdictOf({
      complaints: [
        ...(forbidden.length > 0
          ? [
              complaint(
                'fail',
                `services that must not be here: ${nameList(forbidden).en}`,
                `存在禁用服务：${nameList(forbidden).zh}`,
                shown(forbidden),
              ),
            ]
          : []),
        ...(desktop.length > 0
          ? [
              complaint(
                'warn',
                `a desktop is installed: ${nameList(desktop).en}`,
                `安装了桌面环境：${nameList(desktop).zh}`,
                shown(desktop),
              ),
            ]
          : []),
        ...(toolchain.length > 0
          ? [
              complaint(
                'warn',
                `compilers are installed: ${nameList(toolchain).en}`,
                `安装了编译工具：${nameList(toolchain).zh}`,
                shown(toolchain),
              ),
            ]
          : []),
      ],
      unknown: manager === null ? [{ en: 'no package manager answers', zh: '未能查询软件包' }] : [],
      good: { en: `${installed} packages, none of them out of place`, zh: `共 ${installed} 个软件包，无多余组件` },
      evidence: [shown([])],
    });
  },
});

const plain = (name: string): string => name.replaceAll(/[.+]/g, String.raw`[$&]`);
