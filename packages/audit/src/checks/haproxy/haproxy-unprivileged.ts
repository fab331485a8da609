import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { sectionEvidence, sectionsOf, startsWith } from '../haproxy-sections.ts';
import { configOrVerdict, isVerdict } from '../haproxy-services.ts';

export const haproxyUnprivileged = defineCheck({
  id: 'haproxy-unprivileged',
  scope: 'haproxy',
  catalogue: ['HAP-011'],
  title: { en: 'HAProxy gives up root', zh: 'HAProxy 工作进程以非特权用户运行' },
  severity: 'medium',
  rationale: {
    en: 'A flaw in the program that strangers talk to should not be root’s; without a user it keeps what it was started with.',
    zh: '直接面对外部的进程存在漏洞时不应具有 root 权限；未设置 user 时沿用启动身份。',
  },
  remediation: {
    en: 'Set user and group in global to an account of its own, and chroot to an empty folder.',
    zh: '在 global 中将 user 与 group 设为专用账号，并 chroot 到空目录。',
  },
  fix: ['user haproxy', 'group haproxy', 'chroot /var/lib/haproxy'],
  needs: ['haproxy.info', 'node.haproxy-config'],
  params: {},
  evaluate({ 'node.haproxy-config': found }) {
    const config = configOrVerdict(found);
    if (isVerdict(config)) return config;
    const globals = sectionsOf(config).filter(({ section }) => section.kind === 'global');
    const value = (...names: readonly string[]): string | undefined =>
      globals
        .flatMap(({ section }) =>
          section.directives.filter((directive) => names.some((name) => startsWith(directive, name))),
        )
        .at(-1)?.words[1];
    const user = value('user', 'uid');
    return verdictOf({
      complaints: [
        ...(user === undefined
          ? [
              complaint(
                'warn',
                'global names no user: it runs as whoever started it',
                'global 未设置 user，沿用启动身份',
              ),
            ]
          : user === 'root' || user === '0'
            ? [complaint('fail', 'it is told to run as root', '被配置为以 root 运行')]
            : []),
        ...(value('chroot') === undefined ? [complaint('warn', 'it has no chroot', '未设置 chroot')] : []),
      ],
      good: { en: `it runs as ${user ?? ''} in a chroot`, zh: `以 ${user ?? ''} 身份在 chroot 中运行` },
      evidence: globals.flatMap((placed) =>
        sectionEvidence(config, placed, ['user', 'uid', 'group', 'gid', 'chroot'], {
          en: 'an account of its own, and a chroot',
          zh: '专用账号与 chroot',
        }).slice(0, 1),
      ),
    });
  },
});
