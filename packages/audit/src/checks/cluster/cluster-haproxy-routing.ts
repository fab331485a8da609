import { defineClusterCheck, notApplicable, undecided, type Evidence } from '../../check.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { isWriteService, serversEvidence, servicesOf } from '../haproxy-services.ts';
import { seenMembers, unseenMembers } from '../members.ts';

export const clusterHaproxyRouting = defineClusterCheck({
  id: 'cluster-haproxy-routing',
  catalogue: ['HAP-002'],
  title: {
    en: 'HAProxy sends writes to the primary alone, and reads to replicas',
    zh: 'HAProxy 仅将写请求发往主库、读请求发往备库',
  },
  severity: 'critical',
  rationale: {
    en: 'Writes that reach two members, or the wrong one, are lost or refused; reads that nobody serves fall on the primary.',
    zh: '写请求发往两个成员或错误成员会丢失或被拒绝；读请求无备库可用时会压到主库。',
  },
  remediation: {
    en: 'Compare the statistics with Patroni, mend the health checks and reload HAProxy; with two primaries fence the stale one first.',
    zh: '将统计信息与 Patroni 状态比对，修正健康检查并重新加载 HAProxy；存在双主时先隔离陈旧主库。',
  },
  fix: ['patronictl list {cluster}', 'systemctl reload haproxy'],
  needs: ['haproxy.stats', 'pg.server'],
  members: 'partial',
  params: {},
  evaluate({ 'haproxy.stats': stats, 'pg.server': servers }) {
    const members = seenMembers(servers);
    const primaries = members.filter(({ value }) => !value.inRecovery).map(({ member }) => member);
    const known = new Set(servers.keys());
    const proxies = seenMembers(stats);
    const judged = proxies.flatMap(({ member: proxy, value }) =>
      servicesOf(value).map((service) => {
        const listed = value.proxies.find(({ name }) => name === service.name)?.servers;
        const up = listed?.filter(({ isUp }) => isUp) ?? [];
        const strangers = (listed ?? []).filter(({ name }) => !known.has(name)).map(({ name }) => name);
        const evidence: Evidence = {
          ...serversEvidence(value, service.name, isWriteService(service) ? onlyPrimary : replicas),
          subject: proxy,
        };
        return { service, isListed: listed !== undefined, up, strangers, evidence };
      }),
    );
    const evidence = [
      ...judged.map((item) => item.evidence),
      ...members.map(({ member, value }) => roleEvidence(member, value.inRecovery)),
    ];
    if (judged.length === 0) {
      return proxies.length === 0
        ? undecided({ en: 'no HAProxy answered', zh: '没有 HAProxy 应答，无法判定' }, ...evidence)
        : notApplicable({ en: 'no service is declared', zh: '未声明任何服务，本项不适用' }, ...evidence);
    }
    const complaints = judged.flatMap(({ service, isListed, up }): readonly Complaint[] => {
      const names = up.map(({ name }) => name);
      if (!isListed) return [complaint('fail', `${service.name} does not run`, `服务 ${service.name} 未运行`)];
      if (isWriteService(service)) return judgeWrites(service.name, names, primaries, known);
      const onReplicas = up.filter(({ name }) => !primaries.includes(name));
      if (up.length === 0) return [complaint('fail', `${service.name} has no server`, `${service.name} 没有可用后端`)];
      return onReplicas.length === 0
        ? [complaint('warn', `${service.name} is served by the primary only`, `${service.name} 仅由主库提供服务`)]
        : [];
    });
    const strangers = [...new Set(judged.flatMap((item) => item.strangers))];
    const blind = [...unseenMembers(stats), ...unseenMembers(servers)];
    if (!complaints.some(({ level }) => level === 'fail') && (blind.length > 0 || strangers.length > 0)) {
      const list = [...blind, ...strangers].join(', ');
      return undecided(
        {
          en: `${list} cannot be compared: no answer, or a server of HAProxy that is no declared member`,
          zh: `${list} 无法比对：未应答，或 HAProxy 后端不是已声明成员，无法判定`,
        },
        ...evidence,
      );
    }
    return verdictOf({
      complaints,
      good: {
        en: `${judged.map(({ service }) => service.name).join(', ')} lead where they should; primary ${primaries.join(', ')}`,
        zh: `${judged.map(({ service }) => service.name).join('、')} 路由正确，主库为 ${primaries.join('、')}`,
      },
      evidence,
    });
  },
});

const onlyPrimary = { en: 'the primary alone is UP', zh: '仅主库为 UP' };
const replicas = { en: 'a replica is UP', zh: '至少一个备库为 UP' };

function judgeWrites(
  service: string,
  up: readonly string[],
  primaries: readonly string[],
  known: ReadonlySet<string>,
): readonly Complaint[] {
  const wrong = up.filter((name) => known.has(name) && !primaries.includes(name));
  if (up.length === 0) return [complaint('fail', `${service} has no server`, `${service} 没有可用后端`)];
  if (up.length > 1)
    return [
      complaint(
        'fail',
        `${service} sends writes to ${up.join(' and ')}`,
        `${service} 将写请求同时发往 ${up.join('、')}`,
      ),
    ];
  return wrong.length === 0
    ? []
    : [
        complaint(
          'fail',
          `${service} sends writes to ${wrong.join(', ')}, which is not the primary`,
          `${service} 将写请求发往非主库 ${wrong.join('、')}`,
        ),
      ];
}

const roleEvidence = (member: string, inRecovery: boolean): Evidence => ({
  fact: 'pg.server',
  subject: member,
  at: 'in recovery',
  actual: inRecovery ? 't' : 'f',
  expected: { en: 'f on the server that takes writes', zh: '接受写请求的成员为 f' },
  sql: 'SELECT pg_is_in_recovery()',
});
