import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { configModeEvidence, findValue, sectionEvidence, sectionsOf, startsWith } from '../haproxy-sections.ts';
import { configOrVerdict, isVerdict } from '../haproxy-services.ts';

export const haproxySocketProtected = defineCheck({
  id: 'haproxy-socket-protected',
  scope: 'haproxy',
  catalogue: ['HAP-007', 'OS-002'],
  title: {
    en: 'Runtime socket and configuration of HAProxy are for their owner',
    zh: 'HAProxy 运行时套接字与配置文件仅限属主访问',
  },
  severity: 'medium',
  rationale: {
    en: 'The socket with level admin takes servers out of service and changes their addresses; the configuration holds passwords.',
    zh: '具有 admin 级别的套接字可下线后端并修改其地址；配置文件中含有口令。',
  },
  remediation: {
    en: 'Give the socket mode 600 or 660, exporters a socket of level user, and the files mode 640 or less.',
    zh: '套接字权限设为 600 或 660，为采集程序单独提供 user 级别的套接字，配置文件权限不高于 640。',
  },
  fix: ['stats socket /run/haproxy/admin.sock mode 600 level admin', 'chmod 640 {haproxy.cfg}'],
  needs: ['haproxy.info', 'node.haproxy-config'],
  params: {},
  evaluate({ 'node.haproxy-config': found }) {
    const config = configOrVerdict(found);
    if (isVerdict(config)) return config;
    const globals = sectionsOf(config).filter(({ section }) => section.kind === 'global');
    const sockets = globals.flatMap(({ section }) =>
      section.directives.filter((directive) => startsWith(directive, 'stats socket')),
    );
    const socketComplaints = sockets.flatMap(({ words, line }) => {
      const address = words[2] ?? '';
      const level = findValue(words, 'level') ?? 'operator';
      const isNetwork = /^(?:ipv[46]@|\*|[\d.]+:|:\d)/u.test(address);
      const open = others(findValue(words, 'mode') ?? '');
      if (isNetwork) {
        return [
          complaint(
            'fail',
            `line ${line} opens the socket on the network (${address})`,
            `第 ${line} 行在网络上开放运行时套接字（${address}）`,
          ),
        ];
      }
      if (open === 0) return [];
      const severe = level === 'admin' && (open & 2) !== 0;
      return [
        complaint(
          severe ? 'fail' : 'warn',
          `line ${line} lets everybody on the host use the socket with level ${level}`,
          `第 ${line} 行允许主机上任何用户以 ${level} 级别使用套接字`,
        ),
      ];
    });
    const holdsSecret = (sections: (typeof config.files)[number]['sections']): boolean =>
      sections.some(({ directives }) => directives.some(({ isRedacted }) => isRedacted));
    const fileComplaints = config.files.flatMap(({ path, mode, sections }) => {
      const open = others(mode);
      if ((open & 2) !== 0)
        return [complaint('fail', `${path} may be written by everybody`, `${path} 可被任何用户修改`)];
      if ((open & 4) === 0) return [];
      return holdsSecret(sections)
        ? [
            complaint(
              'fail',
              `${path} holds a password and may be read by everybody`,
              `${path} 含有口令且可被任何用户读取`,
            ),
          ]
        : [complaint('warn', `${path} may be read by everybody`, `${path} 可被任何用户读取`)];
    });
    return verdictOf({
      complaints: [...socketComplaints, ...fileComplaints],
      good: {
        en: 'sockets and files of HAProxy are closed to others',
        zh: 'HAProxy 的套接字与配置文件均未对其他用户开放',
      },
      evidence: [
        configModeEvidence(config, { en: 'nothing for others', zh: '其他用户无权限' }),
        ...globals.flatMap((placed) =>
          sectionEvidence(config, placed, ['stats socket'], { en: 'mode 600 or 660', zh: '权限 600 或 660' }).slice(
            0,
            1,
          ),
        ),
      ],
    });
  },
});

/** Bits for others of an octal mode; HAProxy leaves a socket without one to the umask, which keeps others out of writing. */
const others = (mode: string): number => (/^[0-7]+$/u.test(mode) ? Number.parseInt(mode, 8) & 7 : 0);
