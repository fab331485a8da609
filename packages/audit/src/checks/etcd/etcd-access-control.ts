import { defineCheck, fail, pass, undecided, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { nameList } from '../name-list.ts';

type Grant = FactMap['etcd.auth']['grants'][number];

export const etcdAccessControl = defineCheck({
  id: 'etcd-access-control',
  scope: 'etcd',
  catalogue: ['ETCD-005'],
  title: {
    en: 'Each user of etcd reaches the keys of its own cluster alone',
    zh: 'etcd 启用访问控制且各用户仅限本集群前缀',
  },
  severity: 'high',
  rationale: {
    en: 'Without access control any holder of a certificate decides over every cluster in the store; a user that reaches beyond its prefix does so for all of them.',
    zh: '未启用访问控制时，任何证书持有者均可操纵存储中的所有集群；权限超出前缀的用户同理。',
  },
  remediation: {
    en: 'Enable access control, give each cluster a user and a role limited to its prefix, and keep root for administration.',
    zh: '启用访问控制，为每个集群建立仅限其前缀的用户与角色，root 仅用于管理。',
  },
  fix: [
    'etcdctl role grant-permission {cluster} --prefix=true readwrite /pg/{cluster}/',
    'etcdctl user grant-role {cluster} {cluster}',
    'etcdctl auth enable',
  ],
  needs: ['etcd.auth'],
  /** Users beside root that may reach every key: administrators, exporters. */
  params: { administrators: ['root'] },
  evaluate({ 'etcd.auth': auth }, { administrators }) {
    const stranger: Evidence = {
      fact: 'etcd.auth',
      at: 'a read without a login',
      actual: auth.enabled ? 'refused' : 'answered',
      expected: { en: 'refused', zh: '拒绝' },
      shell: `{curl} -o /dev/null -w '%{http_code}' -X POST {url}/v3/kv/range -d '{"key":"AA==","range_end":"AA==","limit":"1","keys_only":true}' | grep -q '^200$' && echo answered || echo refused`,
    };
    if (!auth.enabled) {
      return fail(
        { en: 'keys are readable without a login', zh: '经核查，无需登录即可读取键，访问控制未启用' },
        stranger,
      );
    }
    if (auth.user === null) {
      return undecided(
        {
          en: 'access control is on, but the auditor has no user, so how far users reach is out of sight; give it one',
          zh: '访问控制已启用，但审计端未配置用户，无法核查各用户的权限范围',
        },
        stranger,
      );
    }
    const foreign: Evidence = {
      fact: 'etcd.auth',
      at: `${auth.user} reads a key outside of the prefix`,
      actual: auth.readsForeignKeys === true ? 'answered' : 'refused',
      expected: { en: 'refused', zh: '拒绝' },
      shell: `{etcdctl} get /pgattest-reads-no-key >/dev/null 2>&1 && echo answered || echo refused`,
    };
    const evidence = [stranger, foreign];
    const wide = auth.grants.filter((grant) => !administrators.includes(grant.user) && isWide(grant));
    if (wide.length > 0) {
      const list = nameList(
        wide.map(({ user, role, key }) => `${user} (${role} from ${key === '\0' ? 'the first key' : key})`),
      );
      return warn(
        {
          en: `users that reach more than one cluster: ${list.en}`,
          zh: `经核查，下列用户的权限超出单个集群前缀：${list.zh}`,
        },
        ...evidence,
      );
    }
    if (auth.readsForeignKeys === true && !administrators.includes(auth.user)) {
      return warn(
        {
          en: `${auth.user} reads keys outside of its cluster`,
          zh: `经核查，用户 ${auth.user} 可读取本集群以外的键`,
        },
        ...evidence,
      );
    }
    const scope = auth.sawAllUsers
      ? { en: `all ${auth.users.length} users`, zh: `全部 ${auth.users.length} 个用户` }
      : { en: `user ${auth.user}`, zh: `用户 ${auth.user}` };
    return pass(
      {
        en: `a read without a login is refused, and ${scope.en} reach no more than a prefix of their own`,
        zh: `经核查，未登录的读取被拒绝，${scope.zh}的权限均限于自身前缀，符合要求`,
      },
      ...evidence,
    );
  },
});

/** A range that is more than one cluster below a namespace: `/pg/` holds all of them, `/pg/pg-test/` one. */
function isWide({ key, rangeEnd }: Grant): boolean {
  if (rangeEnd === '') return false;
  if (rangeEnd === '\0' || key === '\0') return true;
  const isPrefix = rangeEnd === `${key.slice(0, -1)}${String.fromCharCode(key.charCodeAt(key.length - 1) + 1)}`;
  return !isPrefix || key.split('/').filter((part) => part !== '').length < 2 || !key.endsWith('/');
}
