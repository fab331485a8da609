import { defineCheck } from '../../check.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { sectionEvidence, sectionsOf, startsWith } from '../haproxy-sections.ts';
import { configOrVerdict, isVerdict } from '../haproxy-services.ts';

export const haproxyListenersDeclared = defineCheck({
  id: 'haproxy-listeners-declared',
  scope: 'haproxy',
  catalogue: ['HAP-014'],
  title: { en: 'HAProxy listens where it is declared to', zh: 'HAProxy 监听端口与声明一致' },
  severity: 'medium',
  rationale: {
    en: 'A listener that nobody declared is a way to the database that nobody watches; a wildcard also opens it on networks added later.',
    zh: '未声明的监听端口是无人关注的数据库入口；通配地址还会在新增网络上自动开放。',
  },
  remediation: {
    en: 'Remove listeners that nobody needs, declare the others, and bind to an address instead of *.',
    zh: '删除不需要的监听，声明其余监听，并以具体地址替代通配地址。',
  },
  fix: ['bind {address}:5433'],
  needs: ['haproxy.stats', 'node.haproxy-config'],
  params: { furtherPorts: [9101] },
  evaluate({ 'haproxy.stats': stats, 'node.haproxy-config': found }, { furtherPorts }) {
    const config = configOrVerdict(found);
    if (isVerdict(config)) return config;
    const listening = sectionsOf(config).filter(({ section }) => ['listen', 'frontend'].includes(section.kind));
    const declared = new Map(stats.services.map(({ port, role }) => [port, role]));
    const complaints = listening.flatMap(({ section }) =>
      section.directives.flatMap((directive): readonly Complaint[] => {
        if (!startsWith(directive, 'bind')) return [];
        return (directive.words[1] ?? '').split(',').flatMap((address) => {
          const port = Number(/:(\d+)$/u.exec(address)?.[1] ?? Number.NaN);
          const isWildcard = /^(?:ipv[46]@)?(?:\*|0\.0\.0\.0|\[?::\]?)?:\d+$/u.test(address);
          const role = declared.get(port);
          const where = {
            en: `${section.name ?? ''} listens at ${address}`,
            zh: `${section.name ?? ''} 监听 ${address}`,
          };
          if (Number.isNaN(port)) return [];
          if (role === undefined && !furtherPorts.includes(port)) {
            return [complaint('fail', `${where.en}, which nobody declared`, `${where.zh}，未经声明`)];
          }
          if (isWildcard && (role === undefined || role === 'offline')) {
            return [complaint('warn', `${where.en}, on every address`, `${where.zh}，使用通配地址`)];
          }
          return [];
        });
      }),
    );
    const ports = [...declared.keys(), ...furtherPorts].join(', ');
    return verdictOf({
      complaints,
      good: { en: `it listens at no other port than ${ports}`, zh: `仅监听已声明端口 ${ports}` },
      evidence: listening.flatMap((placed) =>
        sectionEvidence(config, placed, ['bind'], {
          en: `a declared port: ${ports}`,
          zh: `已声明端口：${ports}`,
        }).slice(0, 1),
      ),
    });
  },
});
