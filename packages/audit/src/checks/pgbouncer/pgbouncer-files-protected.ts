import { defineCheck, undecided } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { modeEvidence } from '../pgbouncer-evidence.ts';

export const pgbouncerFilesProtected = defineCheck({
  id: 'pgbouncer-files-protected',
  scope: 'pgbouncer',
  catalogue: ['PGB-006', 'OS-002'],
  title: { en: 'Files of PgBouncer are for its account', zh: 'PgBouncer 文件仅限其账号访问' },
  severity: 'high',
  rationale: {
    en: 'userlist.txt holds the secrets of every user in it; who writes pgbouncer.ini or the rules decides who may log in.',
    zh: 'userlist.txt 含有所列用户的口令；能修改 pgbouncer.ini 或规则者即可决定谁能登录。',
  },
  remediation: {
    en: 'Make userlist.txt mode 600, pgbouncer.ini and the rules 640 or less, owned by the account of PgBouncer.',
    zh: '将 userlist.txt 权限设为 600，pgbouncer.ini 与规则文件不高于 640，属主为 PgBouncer 运行账号。',
  },
  fix: ['chmod 600 {userlist.txt}', 'chmod 640 {pgbouncer.ini} {pgb_hba.conf}'],
  needs: ['pgbouncer.config', 'node.pgbouncer-ini', 'node.pgbouncer-userlist', 'node.pgbouncer-hba'],
  params: {},
  evaluate({ 'node.pgbouncer-ini': ini, 'node.pgbouncer-userlist': userlist, 'node.pgbouncer-hba': hba }) {
    if (ini === null) {
      return undecided({
        en: 'the node has no pgbouncer.ini at the declared path; name it with collect-node --paths (pgbouncerIni)',
        zh: '节点的声明路径下没有 pgbouncer.ini，无法判定，请用 collect-node --paths 指定 pgbouncerIni',
      });
    }
    const holdsPassword = [...ini.databases, ...ini.users].some(({ options }) => options['password'] !== undefined);
    const files = [
      { fact: 'node.pgbouncer-ini' as const, file: ini, isSecret: holdsPassword },
      ...(userlist === null ? [] : [{ fact: 'node.pgbouncer-userlist' as const, file: userlist, isSecret: true }]),
      ...(hba === null ? [] : [{ fact: 'node.pgbouncer-hba' as const, file: hba, isSecret: false }]),
    ];
    return verdictOf({
      complaints: files.flatMap(({ file: { path, mode, group }, isSecret }) => {
        const bits = Number.parseInt(mode, 8);
        if ((bits & 0o002) !== 0)
          return [complaint('fail', `${path} may be written by everybody`, `${path} 可被任何用户修改`)];
        if ((bits & 0o004) !== 0 && isSecret) {
          return [
            complaint(
              'fail',
              `${path} holds secrets and may be read by everybody`,
              `${path} 含有口令且可被任何用户读取`,
            ),
          ];
        }
        if ((bits & 0o004) !== 0)
          return [complaint('warn', `${path} may be read by everybody`, `${path} 可被任何用户读取`)];
        if ((bits & 0o020) !== 0 && group !== 'root') {
          return [complaint('warn', `${path} may be written by group ${group}`, `${path} 可被组 ${group} 修改`)];
        }
        return [];
      }),
      good: { en: 'files of PgBouncer are closed to others', zh: 'PgBouncer 文件均未对其他用户开放' },
      evidence: files.map(({ fact, file, isSecret }) =>
        modeEvidence(fact, file, isSecret ? { en: '600', zh: '600' } : { en: '640 or less', zh: '不高于 640' }),
      ),
    });
  },
});
