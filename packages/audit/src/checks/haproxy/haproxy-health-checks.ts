import { defineCheck } from '../../check.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import {
  findDirectives,
  findProxy,
  findValue,
  sectionEvidence,
  serversOf,
  type HaproxyService,
  type PlacedSection,
} from '../haproxy-sections.ts';
import { configOrVerdict, isVerdict, isWriteService, servicesOf, withoutServices } from '../haproxy-services.ts';
import type { FactMap } from '../../facts.ts';

type Config = NonNullable<FactMap['node.haproxy-config']>;

export const haproxyHealthChecks = defineCheck({
  id: 'haproxy-health-checks',
  scope: 'haproxy',
  catalogue: ['HAP-001'],
  title: {
    en: 'Each service asks Patroni for the role it serves',
    zh: '各服务按角色使用正确的 Patroni 健康检查端点',
  },
  severity: 'critical',
  rationale: {
    en: 'A health check that only sees an open port sends writes to a replica, or to a former primary.',
    zh: '仅检测端口连通的健康检查会把写请求发往备库或已降级的旧主库。',
  },
  remediation: {
    en: 'Check over HTTP at Patroni’s port: /primary for services that write, /replica or /read-only for services that read; expect status 200.',
    zh: '通过 HTTP 访问 Patroni 端口进行检查：写服务使用 /primary，读服务使用 /replica 或 /read-only，并要求状态码 200。',
  },
  fix: [
    'option httpchk',
    'http-check send meth OPTIONS uri /primary',
    'http-check expect status 200',
    'server {member} {address}:6432 check port 8008',
  ],
  needs: ['haproxy.stats', 'node.haproxy-config'],
  params: {
    writePaths: ['/', '/primary', '/read-write', '/leader', '/master'],
    readPaths: [
      '/replica',
      '/read-only',
      '/sync',
      '/synchronous',
      '/read-only-sync',
      '/quorum',
      '/read-only-quorum',
      '/async',
      '/asynchronous',
    ],
  },
  evaluate({ 'haproxy.stats': stats, 'node.haproxy-config': found }, { writePaths, readPaths }) {
    const unnamed = withoutServices(stats);
    if (unnamed !== undefined) return unnamed;
    const config = configOrVerdict(found);
    if (isVerdict(config)) return config;
    const judged = servicesOf(stats).map((service) => {
      const proxy = findProxy(config, service.name);
      const paths = isWriteService(service) ? writePaths : readPaths;
      return proxy === undefined
        ? { complaints: [missing(service.name)], evidence: [] }
        : {
            complaints: judge(config, proxy, service, paths),
            evidence: sectionEvidence(
              config,
              proxy,
              ['option httpchk', 'option tcp-check', 'option pgsql-check', 'http-check', 'default-server', 'server'],
              { en: `an HTTP check of ${paths.join(', ')}`, zh: `HTTP 检查 ${paths.join('、')}` },
            ),
          };
    });
    const names = servicesOf(stats).map(({ name }) => name);
    return verdictOf({
      complaints: judged.flatMap(({ complaints }) => complaints),
      good: {
        en: `${names.join(', ')} ask Patroni for the role they serve`,
        zh: `${names.join('、')} 均使用与角色一致的 Patroni 端点`,
      },
      evidence: judged.flatMap(({ evidence }) => evidence),
    });
  },
});

const missing = (name: string): Complaint =>
  complaint('fail', `service ${name} is not in the configuration on disk`, `磁盘配置中没有服务 ${name}`);

function judge(
  config: Config,
  proxy: PlacedSection,
  { name, role }: Pick<HaproxyService, 'name' | 'role'>,
  paths: readonly string[],
): readonly Complaint[] {
  const other = ['option pgsql-check', 'option tcp-check'].find(
    (option) => findDirectives(config, proxy, option).length > 0,
  );
  const httpchk = findDirectives(config, proxy, 'option httpchk')[0];
  if (other !== undefined || httpchk === undefined) {
    const how = other ?? 'no HTTP check';
    return [complaint('fail', `${name} uses ${how}, which does not know roles`, `${name} 使用 ${how}，无法识别角色`)];
  }
  const uri = uriOf(config, proxy, httpchk.words);
  const path = uri.split('?', 1)[0] ?? '';
  const expects = findDirectives(config, proxy, 'http-check expect');
  const unchecked = serversOf(config, proxy).filter(({ words }) => !words.includes('check'));
  const wrongPort = serversOf(config, proxy).filter(
    ({ words }) => words.includes('check') && findValue(words, 'port') === undefined,
  );
  return [
    ...(paths.includes(path)
      ? []
      : [
          complaint(
            'fail',
            `${name} (${role}) checks ${uri}, which is not its role`,
            `${name}（${role}）检查 ${uri}，与其角色不符`,
          ),
        ]),
    ...(unchecked.length === 0
      ? []
      : [
          complaint(
            'fail',
            `${name} does not check ${unchecked.map((server) => server.name).join(', ')}`,
            `${name} 未对 ${unchecked.map((server) => server.name).join('、')} 进行健康检查`,
          ),
        ]),
    ...(wrongPort.length === 0
      ? []
      : [
          complaint(
            'fail',
            `${name} checks ${wrongPort.map((server) => server.name).join(', ')} at the database port, not at Patroni's`,
            `${name} 对 ${wrongPort.map((server) => server.name).join('、')} 的检查未指向 Patroni 端口`,
          ),
        ]),
    ...(expects.some(({ words }) => words.includes('200'))
      ? []
      : [complaint('warn', `${name} does not say that it expects status 200`, `${name} 未声明期望状态码 200`)]),
  ];
}

/** `http-check send … uri X` wins over `option httpchk [method] X`, whose default is `/`. */
function uriOf(config: Config, proxy: PlacedSection, httpchk: readonly string[]): string {
  const sent = findDirectives(config, proxy, 'http-check send')
    .map(({ words }) => findValue(words, 'uri'))
    .find((uri) => uri !== undefined);
  const [first, second] = httpchk.slice(2);
  return sent ?? second ?? (first?.startsWith('/') === true ? first : '/');
}
