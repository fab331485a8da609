import { defineCheck, manual } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { isLoopback, isWildcard } from '../../node/sockets.ts';
import { findAddress, inRange, parseRange } from '../address-range.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { deniesByDefault, firewallEvidence } from '../firewall-evidence.ts';
import { nameList } from '../name-list.ts';
import { nodeEvidence } from '../node-evidence.ts';

type Listener = FactMap['node.listeners'][number];

export const nodePortsNotPublic = defineCheck({
  id: 'node-ports-not-public',
  scope: 'node',
  catalogue: ['NET-003'],
  title: { en: 'Untrusted networks do not reach the ports of the cluster', zh: '不可信网络无法访问数据库端口' },
  severity: 'critical',
  rationale: {
    en: 'A port that the internet reaches is tried within minutes, and every flaw before the login is open to it.',
    zh: '暴露于互联网的端口数分钟内即会被扫描，登录前的漏洞均可被利用。',
  },
  remediation: {
    en: 'Bind the services to addresses of the database network, let the firewall accept them from there only, then try the ports from outside and say what was seen under params.node-ports-not-public.outside.',
    zh: '将服务绑定到数据库网段地址，防火墙仅放行该网段，并从外部网络探测端口，将结果填入 params.node-ports-not-public.outside。',
  },
  fix: [
    'nft add rule inet filter input ip saddr != {trusted network} tcp dport {5432, 6432, 8008, 2379, 2380} drop',
    'params:\n  node-ports-not-public:\n    outside: {pg-test-1: refused}',
  ],
  needs: ['node.listeners', 'node.firewall'],
  params: {
    ports: [
      '2379',
      '2380',
      '5432',
      '5433',
      '5434',
      '5436',
      '5438',
      '6432',
      '8008',
      '9630',
      '9631',
      '9100',
      '9101',
      '9854',
      '9855',
    ],
    /** Addresses that no untrusted network reaches by its routing alone. */
    privateNetworks: [
      '10.0.0.0/8',
      '100.64.0.0/10',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '169.254.0.0/16',
      'fc00::/7',
      'fe80::/10',
    ],
    /** Member -> what a trial from an untrusted network saw: `refused` or `reached`. No fact of the host can show it. */
    outside: {},
  },
  evaluate(
    { 'node.listeners': listeners, 'node.firewall': firewall },
    { ports, privateNetworks, outside },
    { subject },
  ) {
    const open = listeners.filter(
      ({ protocol, port, address }) =>
        protocol.startsWith('tcp') && ports.includes(String(port)) && !isLoopback(address),
    );
    const evidence = [...open.slice(0, 20).map(portEvidence), firewallEvidence(firewall)];
    const isRefused = ({ protocol }: Listener): boolean =>
      deniesByDefault(firewall, protocol === 'tcp6' ? 'ip6' : 'ip');
    const ranges = privateNetworks.map(parseRange);
    const isPublic = ({ address }: Listener): boolean => {
      const parsed = isWildcard(address) ? undefined : findAddress(address);
      return parsed !== undefined && !ranges.some((range) => range.family === parsed.family && inRange(parsed, range));
    };
    const exposed = open.filter((one) => isPublic(one) && !isRefused(one));
    const tried = new Map<string, unknown>(Object.entries(outside)).get(subject.replace(/\.node$/u, ''));
    const list = nameList([...new Set(open.map(({ port }) => String(port)))], 10);
    if (exposed.length === 0 && open.length > 0 && tried !== 'refused' && tried !== 'reached') {
      return manual(
        {
          en: `ports ${list.en} take connections from the network; the host cannot show which networks reach them: try them from outside and say so (params.node-ports-not-public.outside)`,
          zh: `端口 ${list.zh} 对网络监听，本机信息无法证明外部网络不可达，应从外部探测并填写 params.node-ports-not-public.outside`,
        },
        ...evidence,
      );
    }
    return verdictOf({
      complaints: [
        ...exposed.map((one) =>
          complaint(
            'fail',
            `port ${one.port} listens on the public address ${one.address} and no firewall denies by default`,
            `端口 ${one.port} 监听公网地址 ${one.address} 且防火墙未默认拒绝`,
            portEvidence(one),
            firewallEvidence(firewall),
          ),
        ),
        ...(tried === 'reached' && open.length > 0
          ? [
              complaint(
                'fail',
                `an untrusted network reached ports of this host, as declared (${list.en})`,
                `按声明，不可信网络可访问本机端口（${list.zh}）`,
              ),
            ]
          : []),
      ],
      unknown: listeners.length === 0 ? [{ en: 'no listening socket was seen', zh: '未采集到任何监听端口' }] : [],
      good:
        open.length === 0
          ? { en: 'no port of the cluster takes connections from the network', zh: '数据库相关端口均未对网络监听' }
          : {
              en: `a trial from an untrusted network was refused, as declared, and no port listens on a public address unguarded (${list.en})`,
              zh: `按声明外部探测被拒绝，且无端口在公网地址上无防护监听（${list.zh}）`,
            },
      evidence,
    });
  },
});

const portEvidence = ({ protocol, raw, address, port }: Listener) =>
  nodeEvidence(
    'node.listeners',
    `${protocol} ${address} port ${port}, as the kernel writes it`,
    `awk '$2 == "${raw}" && $4 == "0A" { print $2; exit }' /proc/net/${protocol}`,
    raw,
    { en: 'reached by trusted networks only', zh: '仅可信网络可达' },
  );
