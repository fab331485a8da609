import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';
import { isOlder } from '../version-order.ts';

export const nodeRunningVersionInstalled = defineCheck({
  id: 'node-running-version-installed',
  scope: 'node',
  catalogue: ['VULN-002'],
  title: { en: 'The server runs the version that is installed', zh: '运行版本与已安装版本一致' },
  severity: 'medium',
  rationale: {
    en: 'An update that was installed without a restart mends nothing, though every inventory says it did.',
    zh: '仅更新软件包而未重启，漏洞并未修复，但资产清单会显示已修复。',
  },
  remediation: {
    en: 'Restart the server at the next opportunity, replicas first.',
    zh: '尽快重启数据库，先从库后主库。',
  },
  fix: ['patronictl restart {cluster} {member}'],
  needs: ['pg.server', 'node.packages'],
  params: {},
  evaluate({ 'pg.server': server, 'node.packages': { components, manager } }) {
    const found = components['postgresql'];
    const running = {
      fact: 'pg.server',
      at: 'version',
      sql: 'SHOW server_version',
      actual: server.version,
      expected: { en: 'what is installed', zh: '与已安装版本一致' },
    } as const;
    if (found === undefined) {
      return notApplicable(
        { en: 'no package of this host brought the server', zh: '服务器程序非软件包安装，本项不适用' },
        running,
      );
    }
    const runs = `${Math.floor(server.versionNum / 10_000)}.${server.versionNum % 10_000}`;
    const installed = nodeEvidence(
      'node.packages',
      `package ${found.name}`,
      manager === 'rpm'
        ? `rpm -q --qf '%{VERSION}-%{RELEASE}\\n' ${shellWord(found.name)}`
        : `dpkg-query -W -f='\${Version}\\n' ${shellWord(found.name)}`,
      found.version,
      { en: runs, zh: runs },
    );
    const isSameMajor = found.version.replace(/^\d+:/, '').startsWith(`${Math.floor(server.versionNum / 10_000)}.`);
    if (!isSameMajor) {
      return notApplicable(
        {
          en: `the package is ${found.version}, another major version than the server's ${runs}`,
          zh: `软件包 ${found.version} 与运行版本 ${runs} 主版本不同，本项不适用`,
        },
        running,
        installed,
      );
    }
    return verdictOf({
      complaints: isOlder(runs, found.version)
        ? [
            complaint(
              'warn',
              `${found.version} is installed, ${runs} still runs`,
              `已安装 ${found.version}，仍在运行 ${runs}`,
              running,
              installed,
            ),
          ]
        : [],
      good: { en: `${runs} runs, as installed`, zh: `运行版本 ${runs} 与安装一致` },
      evidence: [running, installed],
    });
  },
});
