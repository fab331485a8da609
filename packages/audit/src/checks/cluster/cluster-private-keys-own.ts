import { defineClusterCheck, notApplicable, type Evidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { seenMembers, unseenMembers } from '../members.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

export const clusterPrivateKeysOwn = defineClusterCheck({
  id: 'cluster-private-keys-own',
  catalogue: ['TLS-009'],
  title: { en: 'Every host has private keys of its own', zh: '各节点使用各自的私钥' },
  severity: 'medium',
  rationale: {
    en: 'One key on all hosts means that the loss of one host is the loss of all, and replacing it stops all.',
    zh: '多台主机共用私钥时，一台失陷等于全部失陷，更换时也会影响全部主机。',
  },
  remediation: {
    en: 'Make a key on each host, have the authority sign it, and replace the shared one host by host.',
    zh: '在各主机分别生成私钥并由证书机构签发，逐台替换共用私钥。',
  },
  fix: ['openssl req -new -newkey rsa:3072 -noenc -keyout server.key -out server.csr -subj /CN={host}'],
  needs: ['node.private-keys'],
  members: 'partial',
  params: {},
  evaluate({ 'node.private-keys': nodes }) {
    const keys = seenMembers(nodes).flatMap(({ member, value }) =>
      value.keys.flatMap(({ path, publicKey = null }) => (publicKey === null ? [] : [{ member, path, publicKey }])),
    );
    const unread = seenMembers(nodes).flatMap(({ member, value }) =>
      value.keys.flatMap(({ path, publicKey = null }) => (publicKey === null ? [`${path} of ${member}`] : [])),
    );
    const unseen = unseenMembers(nodes);
    if (keys.length === 0 && unread.length === 0 && unseen.length === 0) {
      return notApplicable({ en: 'no host has a private key', zh: '各主机均未发现私钥，本项不适用' });
    }
    const groups = [...new Set(keys.map(({ publicKey }) => publicKey))].map((hash) =>
      keys.filter(({ publicKey }) => publicKey === hash),
    );
    return verdictOf({
      complaints: groups.flatMap((group) => {
        const hosts = [...new Set(group.map(({ member }) => member))];
        const [first] = group;
        return hosts.length < 2 || first === undefined
          ? []
          : [
              complaint(
                'warn',
                `${hosts.join(', ')} have one key (${first.path})`,
                `${hosts.join('、')} 共用私钥（${first.path}）`,
                ...group.map(hashEvidence),
              ),
            ];
      }),
      unknown: [...unseen, ...unread].map((name) => ({
        en: `${name} could not be compared`,
        zh: `${name} 未能核查`,
      })),
      good: { en: `${keys.length} keys, none on two hosts`, zh: `共 ${keys.length} 个私钥，均未跨主机共用` },
      evidence: keys.slice(0, 30).map(hashEvidence),
    });
  },
});

const hashEvidence = (key: { readonly member: string; readonly path: string; readonly publicKey: string }): Evidence =>
  nodeEvidence(
    'node.private-keys',
    `public half of ${key.path}`,
    `openssl pkey -in ${shellWord(key.path)} -pubout -outform DER | sha256sum | cut -d' ' -f1`,
    key.publicKey,
    { en: 'of this host alone', zh: '仅用于该主机' },
    key.member,
  );
