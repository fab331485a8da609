import { notApplicable, undecided, type ShellEvidence, type Verdict } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';
import type { HaproxyService } from './haproxy-sections.ts';

type Stats = FactMap['haproxy.stats'];
type Config = NonNullable<FactMap['node.haproxy-config']>;

/** Services as declared; where nobody declared any, proxies whose names end in a role, as Pigsty names them. */
export function servicesOf({ services, proxies }: Stats): readonly Pick<HaproxyService, 'name' | 'role'>[] {
  if (services.length > 0) return services;
  return proxies.flatMap(({ name }) => {
    const role = /-(primary|replica|default|offline)$/u.exec(name)?.[1];
    return role === 'primary' || role === 'replica' || role === 'default' || role === 'offline' ? [{ name, role }] : [];
  });
}

/** Whether a service must lead to the member that takes writes. */
export const isWriteService = ({ role }: Pick<HaproxyService, 'role'>): boolean =>
  role === 'primary' || role === 'default';

/** Servers of a proxy and their state, as the statistics show them. */
export const serversEvidence = (stats: Stats, proxy: string, expected: Text): ShellEvidence => ({
  fact: 'haproxy.stats',
  at: `servers of ${proxy}`,
  actual: (stats.proxies.find(({ name }) => name === proxy)?.servers ?? [])
    .map(({ name, status }) => `${name} ${status}`)
    .join('\n'),
  expected,
  shell: `{curl} {url}'/;csv' | awk -F, '$1 == "${proxy}" && $33 == 2 { print $2 " " $18 }'`,
});

/** Proxies that run, by name. */
export const proxiesEvidence = ({ proxies }: Stats, expected: Text): ShellEvidence => ({
  fact: 'haproxy.stats',
  at: 'proxies',
  actual: proxies
    .map(({ name }) => name)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('\n'),
  expected,
  shell: `{curl} {url}'/;csv' | grep -v '^#' | cut -d, -f1 | LC_ALL=C sort -u | grep .`,
});

/** Why services cannot be judged: nobody named any. Undefined when somebody did. */
export const withoutServices = (stats: Stats): Verdict | undefined =>
  servicesOf(stats).length > 0
    ? undefined
    : undecided(
        {
          en: 'no service is declared and no proxy is named after a role; declare the services of this HAProxy',
          zh: '未声明任何服务，且没有以角色命名的代理，无法判定，请在配置中声明服务',
        },
        proxiesEvidence(stats, { en: 'services by name', zh: '按名称识别的服务' }),
      );

/** The configuration of the node beside this HAProxy; a verdict where the node has none. */
export const configOrVerdict = (config: FactMap['node.haproxy-config']): Config | Verdict =>
  config ??
  undecided({
    en: 'the node has no haproxy.cfg at the declared path; name it with collect-node --paths (haproxyConfig)',
    zh: '节点的声明路径下没有 haproxy.cfg，无法判定，请用 collect-node --paths 指定 haproxyConfig',
  });

export const isVerdict = (value: Config | Verdict): value is Verdict => 'outcome' in value;

/** For checks about services that take writes, where there are none. */
export const noWriteService = (stats: Stats): Verdict =>
  notApplicable(
    { en: 'this HAProxy has no service for writes', zh: '该 HAProxy 没有写服务，本项不适用' },
    proxiesEvidence(stats, { en: 'no primary or default service', zh: '无主库或默认服务' }),
  );
