import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { statEvidence } from '../node-evidence.ts';
import { isWithoutServer, noServerHere } from '../host-without-server.ts';

const roles = ['server-config', 'config', 'secret', 'key', 'log-folder'];

export const nodeConfigFilesProtected = defineCheck({
  id: 'node-config-files-protected',
  scope: 'node',
  catalogue: ['OS-002'],
  title: {
    en: 'Configuration, key and password files and the folder of the log are closed to others',
    zh: '配置、密钥、口令文件及日志目录权限受控',
  },
  severity: 'high',
  rationale: {
    en: 'A configuration that others may write turns them into administrators; a password file that others may read gives the passwords away; who may write to the folder of the log can remove what he did.',
    zh: '他人可写的配置等同于授予管理权限，他人可读的口令文件将直接泄露口令；对日志目录有写权限者可删除自身操作记录。',
  },
  remediation: {
    en: 'Take write access from group and others everywhere, and read access from others on keys and files with passwords.',
    zh: '取消同组及其他用户的写权限；密钥和含口令的文件同时取消其他用户的读权限。',
  },
  fix: ['chmod 0600 {key or password file}', 'chmod 0640 {configuration file}'],
  needs: ['node.files'],
  params: {},
  evaluate({ 'node.files': { files } }, _params, context) {
    const among = files.filter(({ role }) => roles.includes(role));
    const present = among.filter(({ state }) => state === 'present');
    if (isWithoutServer(context) && among.every(({ state }) => state === 'absent')) return noServerHere(context);
    return verdictOf({
      complaints: present.flatMap((file) => {
        const bits = Number.parseInt(file.mode ?? '0777', 8);
        const holdsSecret = file.role === 'secret' || file.role === 'key';
        const shown = statEvidence('node.files', file, expected(holdsSecret));
        const { path, mode = '' } = file;
        if ((bits & 0o002) !== 0)
          return [complaint('fail', `anybody may write ${path} (${mode})`, `任何人可写 ${path}（${mode}）`, shown)];
        if (holdsSecret && (bits & 0o004) !== 0) {
          return [complaint('fail', `anybody may read ${path} (${mode})`, `任何人可读 ${path}（${mode}）`, shown)];
        }
        if ((bits & 0o020) !== 0)
          return [complaint('warn', `its group may write ${path} (${mode})`, `同组用户可写 ${path}（${mode}）`, shown)];
        if (file.role === 'key' && (bits & 0o040) !== 0 && file.owner !== 'root') {
          return [
            complaint(
              'warn',
              `its group may read the key ${path} (${mode})`,
              `同组用户可读密钥 ${path}（${mode}）`,
              shown,
            ),
          ];
        }
        return [];
      }),
      unknown: [
        ...among
          .filter(({ state }) => state === 'denied')
          .map(({ path }) => ({ en: `${path} may not be looked at`, zh: `无权查看 ${path}` })),
        ...(present.length === 0
          ? [
              {
                en: 'none of the known files is there; name them with --paths',
                zh: '未找到任何已知文件，请用 --paths 指定',
              },
            ]
          : []),
      ],
      good: { en: `${present.length} files are closed to others`, zh: `${present.length} 个文件权限受控` },
      evidence: present
        .slice(0, 20)
        .map((file) => statEvidence('node.files', file, expected(file.role === 'secret' || file.role === 'key'))),
    });
  },
});

const expected = (holdsSecret: boolean) =>
  holdsSecret
    ? { en: 'not readable by others', zh: '其他用户不可读' }
    : { en: 'not writable by others', zh: '其他用户不可写' };
