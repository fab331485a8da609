import { defineCheck, notApplicable, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

type PasswordFile = FactMap['node.shared-passwords'][number];

export const nodePasswordsNotShared = defineCheck({
  id: 'node-passwords-not-shared',
  scope: 'node',
  catalogue: ['AUTH-021'],
  title: { en: 'No two accounts in a password file have the same password', zh: '口令文件中的账号未共用口令' },
  severity: 'high',
  rationale: {
    en: 'One stolen password of the replication should not be that of the superuser or of the REST API. Compared on the host within each of .pgpass, userlist.txt and patroni.yml; passwords kept as verifiers cannot be compared.',
    zh: '复制账号的口令泄露不应危及超级用户或 REST API。在主机上分别比对 .pgpass、userlist.txt 与 patroni.yml 内的口令，以校验值保存的口令无法比对。',
  },
  remediation: {
    en: 'Give each account a password of its own.',
    zh: '为每个账号设置独立口令。',
  },
  fix: [String.raw`\password {role}`, 'patronictl reload {cluster}'],
  needs: ['node.shared-passwords'],
  params: {},
  evaluate({ 'node.shared-passwords': files }) {
    const kept = files.filter(({ state, accounts }) => state === 'denied' || accounts.length > 1);
    const evidence = kept.filter(({ state }) => state === 'present').map(countEvidence);
    if (kept.length === 0) {
      return notApplicable(
        {
          en: 'no file here holds passwords of several accounts in clear',
          zh: '没有保存多个账号明文口令的文件，本项不适用',
        },
        ...evidence,
      );
    }
    return verdictOf({
      complaints: kept.flatMap((file) =>
        file.shared.map((accounts) =>
          complaint(
            'fail',
            `${nameList(accounts).en} have the same password in ${file.path}`,
            `${file.path} 中 ${nameList(accounts).zh} 使用相同口令`,
            countEvidence(file),
          ),
        ),
      ),
      unknown: kept
        .filter(({ state }) => state === 'denied')
        .map(({ path }) => ({ en: `${path} may not be read`, zh: `无权读取 ${path}` })),
      good: {
        en: `accounts of ${evidence.length} files each have a password of their own`,
        zh: `${evidence.length} 个口令文件中的账号均使用独立口令`,
      },
      evidence,
    });
  },
});

/** How many passwords of the file serve more than one account; none of them is printed. */
const programs: Readonly<Record<PasswordFile['kind'], string>> = {
  pgpass: `awk -F: '!/^#/ && NF >= 5 && !(($4, $5) in seen) { seen[$4, $5] = 1; used[$5]++ } END { for (word in used) if (used[word] > 1) n++; print n + 0 }'`,
  userlist: `awk -F'"' 'NF >= 5 && $4 != "" && $4 !~ /^(SCRAM-SHA-256[$]|md5)/ && !(($2, $4) in seen) { seen[$2, $4] = 1; used[$4]++ } END { for (word in used) if (used[word] > 1) n++; print n + 0 }'`,
  patroni: `awk '$1 == "password:" { used[$2]++ } END { for (word in used) if (used[word] > 1) n++; print n + 0 }'`,
};

const countEvidence = ({ path, kind, shared }: PasswordFile): Evidence =>
  nodeEvidence(
    'node.shared-passwords',
    `passwords of ${path} that serve several accounts`,
    `${programs[kind]} ${shellWord(path)}`,
    String(shared.length),
    { en: '0', zh: '0' },
  );
