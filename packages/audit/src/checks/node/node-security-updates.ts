import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { nodeEvidence } from '../node-evidence.ts';

const dayMs = 86_400_000;

export const nodeSecurityUpdates = defineCheck({
  id: 'node-security-updates',
  scope: 'node',
  catalogue: ['OS-012'],
  title: { en: 'Security updates of the system are installed', zh: '操作系统安全更新已安装' },
  severity: 'medium',
  rationale: {
    en: 'A fix that exists and is not installed tells an attacker exactly where to look.',
    zh: '已发布但未安装的补丁等于向攻击者公开漏洞位置。',
  },
  remediation: {
    en: 'Install pending security updates node by node, replicas first, and refresh the package lists daily.',
    zh: '按先从库后主库的顺序滚动安装安全更新，并每日刷新软件包列表。',
  },
  fix: ['apt-get update && apt-get upgrade', 'dnf upgrade --security'],
  needs: ['node.updates'],
  /** Lists older than this say nothing of what exists. */
  params: { maxListDays: 7, failAbove: 20 },
  evaluate({ 'node.updates': updates }, { maxListDays, failAbove }, { at }) {
    const { manager, pending, securityCount, listsUpdatedAt, needsReboot } = updates;
    const security = pending.filter(({ isSecurity }) => isSecurity).map(({ name }) => name);
    const count = nodeEvidence(
      'node.updates',
      'pending security updates',
      manager === 'dnf'
        ? "dnf -C updateinfo list --available 2>/dev/null | awk '$2 ~ /[Ss]ec/' | grep -c ."
        : "apt-get -s -o Debug::NoLocking=1 dist-upgrade | grep '^Inst .*\\[.*[Ss]ecurity' | grep -c .",
      String(securityCount),
      { en: '0', zh: '0' },
    );
    const reboot = nodeEvidence(
      'node.updates',
      'restart asked for',
      'ls /run/reboot-required 2>/dev/null || true',
      needsReboot ? '/run/reboot-required' : '',
      { en: 'nothing', zh: '无' },
    );
    const ageDays = listsUpdatedAt === null ? undefined : (Date.parse(at) - Date.parse(listsUpdatedAt)) / dayMs;
    const names = nameList(security);
    return verdictOf({
      complaints: [
        ...(securityCount > 0
          ? [
              complaint(
                securityCount > failAbove ? 'fail' : 'warn',
                `${securityCount} security updates are pending: ${names.en}`,
                `有 ${securityCount} 个安全更新未安装：${names.zh}`,
                count,
              ),
            ]
          : []),
        ...(needsReboot
          ? [complaint('warn', 'an installed update waits for a restart', '已安装的更新需重启后生效', reboot)]
          : []),
      ],
      unknown: [
        ...(manager === null
          ? [{ en: 'neither apt nor dnf answers on this host', zh: '本机 apt 与 dnf 均不可用' }]
          : []),
        ...(manager !== null && (ageDays === undefined || ageDays > maxListDays)
          ? [
              {
                en: `the package lists were ${ageDays === undefined ? 'never' : `last fetched ${Math.floor(ageDays)} days ago`}${ageDays === undefined ? ' fetched' : ''}; run apt-get update`,
                zh: ageDays === undefined ? '软件包列表从未更新' : `软件包列表已 ${Math.floor(ageDays)} 天未更新`,
              },
            ]
          : []),
      ],
      good: { en: 'no security update is pending', zh: '无待安装的安全更新' },
      evidence: manager === null ? [reboot] : [count, reboot],
    });
  },
});
