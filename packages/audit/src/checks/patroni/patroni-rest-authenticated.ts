import { defineCheck, fail, pass, undecided, type Evidence } from '../../check.ts';

export const patroniRestAuthenticated = defineCheck({
  id: 'patroni-rest-authenticated',
  scope: 'patroni',
  catalogue: ['HA-013'],
  title: { en: 'Patroni’s REST API changes nothing for strangers', zh: 'Patroni 控制接口要求身份鉴别' },
  severity: 'high',
  rationale: {
    en: 'Whoever reaches an open API can switch over, restart, reinitialise and change the configuration of the database, down to commands it runs; Patroni asks for nothing by default.',
    zh: '接口未鉴别时，任何可达者均可切换、重启、重建集群乃至修改数据库执行的命令；Patroni 默认不启用鉴别。',
  },
  remediation: {
    en: 'Set restapi.authentication (or verify_client with client certificates) and restapi.allowlist in patroni.yml on every member and reload.',
    zh: '在每个成员的 patroni.yml 中设置 restapi.authentication（或以 verify_client 要求客户端证书）及 restapi.allowlist，并重新加载。',
  },
  fix: [
    'restapi:\n  authentication:\n    username: {user}\n    password: {password}\n  allowlist: [{members and control hosts}]',
    'patronictl reload {cluster}',
  ],
  needs: ['patroni.exposure'],
  params: {},
  evaluate({ 'patroni.exposure': { status } }) {
    const code = status === null ? '000' : String(status);
    const evidence: Evidence = {
      fact: 'patroni.exposure',
      at: 'status of a change without login and content',
      actual: code,
      expected: { en: '401, 403 or no connection (000)', zh: '401、403 或拒绝连接（000）' },
      shell: `curl -sk -o /dev/null -w '%{http_code}\\n' -X PATCH {url}/config`,
    };
    if (status === null || status === 401 || status === 403) {
      return pass(
        {
          en:
            status === null
              ? 'strangers get no connection without a client certificate'
              : `a change without login is refused with ${code}`,
          zh:
            status === null
              ? '经核查，无客户端证书无法建立连接，符合要求'
              : `经核查，未鉴别的变更请求被拒绝（${code}），符合要求`,
        },
        evidence,
      );
    }
    // 411 and 400: it looked into the request, so it had let the stranger in. 2xx, 409: it went even further.
    if (status === 400 || status === 411 || status === 409 || (status >= 200 && status < 300)) {
      return fail(
        {
          en: `a change without login was let in (${code}): anybody who reaches the port controls the cluster`,
          zh: `经核查，未鉴别的变更请求未被拒绝（${code}），任何可达者均可控制集群`,
        },
        evidence,
      );
    }
    return undecided(
      {
        en: `the answer ${code} tells neither: is a proxy, or another program, in front of Patroni?`,
        zh: `返回状态 ${code} 无法说明是否要求鉴别（可能经过代理或为其他程序），无法判定`,
      },
      evidence,
    );
  },
});
