import { defineClusterCheck, notApplicable, undecided, type Evidence } from '../../check.ts';
import { mergePaths, poolerRules, relayedByProxy, type WiderPath } from '../access-path.ts';
import { findAddress } from '../address-range.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { findProxy, sectionEvidence, serversOf, type HaproxyService } from '../haproxy-sections.ts';
import { rulesEvidence } from '../hba-evidence.ts';
import { principalsOf } from '../hba-reach.ts';
import { findSeen, seenMembers } from '../members.ts';
import { nameList } from '../name-list.ts';
import { findSetting } from '../pgbouncer-evidence.ts';

export const clusterProxySourceLimits = defineClusterCheck({
  id: 'cluster-proxy-source-limits',
  catalogue: ['AUTH-025'],
  title: {
    en: 'Limits on where a role may come from hold behind HAProxy too',
    zh: '角色来源限制在 HAProxy 之后仍然有效',
  },
  severity: 'high',
  rationale: {
    en: 'Behind the proxy every client has the proxy’s address: a rule for the internal network admits the whole world once the proxy is in that network.',
    zh: '经代理后所有客户端均显示为代理地址，只要代理位于内网，针对内网的规则即对所有来源生效。',
  },
  remediation: {
    en: 'Limit clients at the proxy (tcp-request connection reject unless { src … }) or in the firewall, and give the proxy’s address rules of its own that name only the roles of applications.',
    zh: '在代理（tcp-request connection reject unless { src … }）或防火墙上限制来源，并为代理地址单独编写仅包含业务角色的规则。',
  },
  fix: ['tcp-request connection reject unless { src {networks} }', 'host all {admin role} {proxy address} reject'],
  needs: [
    'haproxy.stats',
    'node.haproxy-config',
    'pgbouncer.config',
    'node.pgbouncer-hba',
    'pg.hba',
    'pg.roles',
    'pg.databases',
  ],
  members: 'complete',
  params: {},
  evaluate(facts) {
    const proxies = seenMembers(facts['haproxy.stats']).flatMap(({ member, value }) =>
      value.services.map((service) => ({ proxy: member, node: `${member.replace(/\.haproxy$/u, '')}.node`, service })),
    );
    const [member] = facts['pg.hba'].keys();
    const server = member === undefined ? undefined : findSeen(facts['pg.hba'], member);
    const roles = member === undefined ? undefined : findSeen(facts['pg.roles'], member);
    const databases = member === undefined ? undefined : findSeen(facts['pg.databases'], member);
    const pooler = seenMembers(facts['pgbouncer.config'])[0];
    if (
      server === undefined ||
      roles === undefined ||
      databases === undefined ||
      member === undefined ||
      pooler === undefined
    ) {
      return undecided({ en: 'no member shows its rules', zh: '没有成员给出 HBA 规则，无法判定' });
    }
    if (proxies.length === 0) {
      return notApplicable({ en: 'no service of HAProxy is declared', zh: '未声明 HAProxy 服务，本项不适用' });
    }
    const principals = principalsOf(roles, databases);
    const poolerNode = findSeen(facts['node.pgbouncer-hba'], pooler.member.replace(/\.pgbouncer$/u, '.node')) ?? null;
    const poolerPort = findSetting(pooler.value, 'listen_port') ?? '6432';
    const judged = proxies.map(({ proxy, node, service }): Judged => {
      const config = findSeen(facts['node.haproxy-config'], node);
      const section = config === undefined || config === null ? undefined : findProxy(config, service.name);
      const address = findAddress(service.host);
      if (config === undefined || config === null || section === undefined || address === undefined)
        return { proxy, service, paths: undefined, evidence: [] };
      const isFiltered = section.section.directives.some(
        ({ words }) => words[0] === 'tcp-request' && words.includes('src'),
      );
      const toPooler = serversOf(config, section).some(({ directive }) =>
        directive.words[2]?.endsWith(`:${poolerPort}`),
      );
      const entry = toPooler ? poolerRules(pooler.value, poolerNode) : server.rules;
      const paths = isFiltered ? [] : mergePaths(relayedByProxy(server.rules, entry, principals, address));
      const evidence: readonly Evidence[] = sectionEvidence(config, section, ['bind', 'tcp-request', 'server'], {
        en: 'sources limited by tcp-request, or no role that the server limits',
        zh: '以 tcp-request 限制来源，或不涉及受限角色',
      }).map((item) => ({ ...item, subject: node }));
      return { proxy, service, paths, evidence };
    });
    const unknown = judged.filter(({ paths }) => paths === undefined);
    const complaints = judged.flatMap(({ service, paths = [] }) => describe(service.name, paths));
    if (complaints.length === 0 && unknown.length > 0) {
      const names = nameList(unknown.map(({ service }) => service.name));
      return undecided({
        en: `configuration or address of ${names.en} is not known (an address, not a name, is needed)`,
        zh: `未获知 ${names.zh} 的配置或地址（需为 IP 地址），无法判定`,
      });
    }
    return verdictOf({
      complaints,
      good: {
        en: 'no role that the server limits to networks gets in through HAProxy',
        zh: '受来源限制的角色均无法经 HAProxy 从其他网络进入',
      },
      evidence: [
        {
          ...rulesEvidence(server, { en: 'limits that hold behind the proxy', zh: '在代理之后仍有效的限制' }),
          subject: member,
        },
        ...judged.flatMap(({ evidence }) => evidence),
      ],
    });
  },
});

/** One service of one proxy; `paths` is undefined where its configuration or address is not known. */
interface Judged {
  readonly proxy: string;
  readonly service: HaproxyService;
  readonly paths: readonly WiderPath[] | undefined;
  readonly evidence: readonly Evidence[];
}

const describe = (service: string, paths: readonly WiderPath[]) => {
  const users = nameList([...new Set(paths.flatMap((path) => path.users))], 4);
  const databases = nameList([...new Set(paths.flatMap((path) => path.databases))], 3);
  return paths.length === 0
    ? []
    : [
        complaint(
          'fail',
          `${service} brings ${users.en} into ${databases.en} from any network, although the server limits them`,
          `${service} 使 ${users.zh} 可从任意网络访问 ${databases.zh}，而数据库限制其来源`,
        ),
      ];
};
