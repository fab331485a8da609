import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { statEvidence } from '../node-evidence.ts';
import { isWithoutServer, noServerHere } from '../host-without-server.ts';

const roles = ['pgdata', 'wal', 'tablespace', 'etcd-data'];
const wanted = {
  en: '700, or 750 with group access, owned by the service',
  zh: '700（或启用组访问时 750），属主为服务账户',
};

export const nodeDataDirectoryProtected = defineCheck({
  id: 'node-data-directory-protected',
  scope: 'node',
  catalogue: ['OS-001'],
  title: { en: 'Data, WAL and tablespace folders are closed to others', zh: '数据目录、WAL 及表空间目录权限受控' },
  severity: 'critical',
  rationale: {
    en: 'Whoever may read the data folder reads every table and every password verifier past all access control.',
    zh: '可读取数据目录者可绕过全部访问控制读取所有表数据及口令校验值。',
  },
  remediation: {
    en: 'Give the folders to the account of the service and close them to everybody else.',
    zh: '将目录属主设为服务账户并取消其他用户权限。',
  },
  fix: ['chown postgres:postgres {folder}', 'chmod 0700 {folder}'],
  needs: ['node.files'],
  params: { allowGroupRead: true },
  evaluate({ 'node.files': { files, pgUser } }, { allowGroupRead }, context) {
    const among = files.filter(({ role }) => roles.includes(role));
    const present = among.filter(({ state }) => state === 'present');
    if (isWithoutServer(context) && among.every(({ state }) => state === 'absent')) return noServerHere(context);
    const evidence = present.slice(0, 20).map((file) => statEvidence('node.files', file, wanted));
    const data = among.find(({ role }) => role === 'pgdata');
    return verdictOf({
      complaints: present.flatMap((file) => {
        const bits = Number.parseInt(file.mode ?? '0777', 8);
        const isOpen = (bits & 0o007) !== 0 || (bits & (allowGroupRead ? 0o020 : 0o070)) !== 0;
        const isForeign = file.role !== 'etcd-data' && file.owner !== pgUser;
        const shown = statEvidence('node.files', file, wanted);
        return [
          ...(isOpen
            ? [
                complaint(
                  'fail',
                  `${file.path} has mode ${file.mode ?? ''}`,
                  `${file.path} 权限为 ${file.mode ?? ''}`,
                  shown,
                ),
              ]
            : []),
          ...(isForeign
            ? [
                complaint(
                  'fail',
                  `${file.path} belongs to ${file.owner ?? ''}`,
                  `${file.path} 属主为 ${file.owner ?? ''}`,
                  shown,
                ),
              ]
            : []),
        ];
      }),
      unknown: [
        ...among
          .filter(({ state }) => state === 'denied')
          .map(({ path }) => ({ en: `${path} may not be looked at`, zh: `无权查看 ${path}` })),
        ...(data?.state === 'absent' && !isWithoutServer(context)
          ? [
              {
                en: `there is no data folder ${data.path}; name it with --paths`,
                zh: `数据目录 ${data.path} 不存在，请用 --paths 指定`,
              },
            ]
          : []),
      ],
      good: { en: `${present.length} folders are closed to others`, zh: `${present.length} 个目录权限受控` },
      evidence,
    });
  },
});
