import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence } from '../node-evidence.ts';

const wanted = { en: 'SELinux enforcing, or AppArmor on', zh: 'SELinux 为 enforcing 或启用 AppArmor' };

export const nodeAccessControlEnforcing = defineCheck({
  id: 'node-access-control-enforcing',
  scope: 'node',
  catalogue: ['OS-007'],
  title: { en: 'Mandatory access control is enforced', zh: '强制访问控制已启用' },
  severity: 'medium',
  rationale: {
    en: 'Level 3 asks for security labels on subjects and objects: what a service may touch must not depend on file modes alone.',
    zh: '三级要求对主体和客体设置安全标记，服务的访问范围不应仅依赖文件权限。',
  },
  remediation: {
    en: 'Switch SELinux to enforcing with a policy for the database, or confine it with an AppArmor profile.',
    zh: '将 SELinux 置为 enforcing 并配置数据库策略，或使用 AppArmor 约束数据库进程。',
  },
  fix: ['setenforce 1', "sed -i 's/^SELINUX=.*/SELINUX=enforcing/' /etc/selinux/config"],
  needs: ['node.access-control'],
  params: {},
  evaluate({ 'node.access-control': { selinux, isApparmorEnabled, serverLabel } }) {
    const selinuxShown = nodeEvidence(
      'node.access-control',
      'SELinux enforcing',
      'cat /sys/fs/selinux/enforce 2>/dev/null || true',
      selinux === null ? '' : selinux === 'enforcing' ? '1' : '0',
      wanted,
    );
    const apparmorShown = nodeEvidence(
      'node.access-control',
      'AppArmor enabled',
      'grep -c Y /sys/module/apparmor/parameters/enabled 2>/dev/null || true',
      isApparmorEnabled ? '1' : selinux === null ? '' : '',
      wanted,
    );
    const shown = isApparmorEnabled ? [apparmorShown] : [selinuxShown];
    const complaints =
      selinux === 'enforcing'
        ? []
        : isApparmorEnabled
          ? serverLabel === null || serverLabel === 'unconfined'
            ? [
                complaint(
                  'warn',
                  'AppArmor is on, but confines the server by no profile',
                  'AppArmor 已启用，但数据库进程未受任何配置约束',
                  ...shown,
                ),
              ]
            : []
          : selinux === 'permissive'
            ? [complaint('warn', 'SELinux only warns (permissive)', 'SELinux 处于 permissive 模式', ...shown)]
            : [complaint('fail', 'neither SELinux nor AppArmor is on', '未启用 SELinux 或 AppArmor', ...shown)];
    return verdictOf({
      complaints,
      good: {
        en:
          selinux === 'enforcing'
            ? 'SELinux enforces its policy'
            : `AppArmor confines the server (${serverLabel ?? ''})`,
        zh:
          selinux === 'enforcing' ? 'SELinux 处于 enforcing 模式' : `AppArmor 已约束数据库进程（${serverLabel ?? ''}）`,
      },
      evidence: shown,
    });
  },
});
