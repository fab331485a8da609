import { defineCheck, fail, notApplicable, pass, warn } from '../../check.ts';
import { patroniSecretEvidence } from '../patroni-secret-evidence.ts';
import { patroniYmlEvidence, patroniYmlValue } from '../patroni-yml-evidence.ts';

export const patroniEtcdLogin = defineCheck({
  id: 'patroni-etcd-login',
  scope: 'patroni',
  catalogue: ['ETCD-006', 'ETCD-005'],
  title: {
    en: 'Patroni logs in to etcd with a user and a password of its own',
    zh: 'Patroni 登录 etcd 的口令非默认且不可猜测',
  },
  severity: 'critical',
  rationale: {
    en: 'Pigsty’s password for it is the name of the cluster unless one is set: whoever holds any certificate then decides who leads. As root it decides over every cluster.',
    zh: '未显式设置时 Pigsty 以集群名作为该口令，任何证书持有者即可决定主库归属；使用 root 登录则可操纵所有集群。',
  },
  remediation: {
    en: 'Set pg_etcd_password (etcd3.password) to a random one, change it in etcd, and let Patroni use the cluster’s own user.',
    zh: '将 pg_etcd_password（etcd3.password）设为随机口令并在 etcd 中同步修改，Patroni 使用本集群专用用户。',
  },
  fix: [
    'etcdctl user passwd {cluster}',
    'etcd3:\n  username: {cluster}\n  password: {a random one}',
    'patronictl reload {cluster}',
  ],
  needs: ['node.patroni-yml'],
  params: {},
  evaluate({ 'node.patroni-yml': file }) {
    const section =
      file === null ? undefined : ['etcd3', 'etcd'].find((name) => patroniYmlValue(file, name) !== undefined);
    if (file === null || section === undefined) {
      return notApplicable({
        en: 'Patroni keeps its state elsewhere than in etcd',
        zh: 'Patroni 未使用 etcd，本项不适用',
      });
    }
    const user = patroniYmlValue(file, `${section}.username`);
    const name = typeof user === 'string' ? user : '';
    const secret = file.secrets.find(({ at }) => at === `${section}.password`);
    const evidence = [
      patroniYmlEvidence(file, `${section}.username`, { en: 'a user of this cluster', zh: '本集群专用用户' }),
      ...(secret === undefined ? [] : [patroniSecretEvidence(file, secret)]),
    ];
    if (secret !== undefined && (secret.published !== null || secret.isScope)) {
      const what = secret.published ?? 'the name of the cluster';
      return fail(
        {
          en: `the password of ${name} in etcd is ${what}`,
          zh: `经核查，etcd 用户 ${name} 的口令为${secret.isScope ? '集群名' : `公开或可猜测口令（${what}）`}`,
        },
        ...evidence,
      );
    }
    if (name === 'root') {
      return fail({ en: 'Patroni logs in to etcd as root', zh: '经核查，Patroni 以 root 登录 etcd' }, ...evidence);
    }
    if (secret === undefined) {
      return warn(
        {
          en: 'Patroni uses no login for etcd; its certificate alone must tell the cluster apart (etcd-access-control)',
          zh: '经核查，Patroni 未使用 etcd 登录，仅依赖证书区分集群（见 etcd-access-control）',
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `${name} has a password that is neither published nor a name`,
        zh: `经核查，etcd 用户 ${name} 的口令非公开口令且不同于用户名与集群名，符合要求`,
      },
      ...evidence,
    );
  },
});
