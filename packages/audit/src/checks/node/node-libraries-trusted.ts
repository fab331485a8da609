import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { nodeEvidence, shellWord, statMode } from '../node-evidence.ts';
import { isWithoutServer, noServerHere } from '../host-without-server.ts';

export const nodeLibrariesTrusted = defineCheck({
  id: 'node-libraries-trusted',
  scope: 'node',
  catalogue: ['VULN-008'],
  title: { en: 'Only trusted libraries can be loaded', zh: '仅可加载可信的共享库' },
  severity: 'high',
  rationale: {
    en: 'A library that the server loads is the server; one that the database account may replace makes every other control worthless.',
    zh: '数据库加载的库即数据库本身，若可被数据库账户替换，其他控制均失效。',
  },
  remediation: {
    en: 'Install libraries by package, give every file to root, and remove what no package brought.',
    zh: '通过软件包安装库文件，属主统一为 root，移除非软件包文件。',
  },
  fix: ['chown root:root {file}', 'chmod 0644 {file}', 'dpkg -S {file}'],
  needs: ['node.libraries'],
  params: {},
  evaluate({ 'node.libraries': { loose, unpackaged, files, libDir } }, _params, context) {
    if (isWithoutServer(context) && files === 0) return noServerHere(context);
    const count = nodeEvidence(
      'node.libraries',
      'libraries and extension files that others than root own or may write',
      libDir === null
        ? 'echo'
        : `find -L ${shellWord(libDir.path)} -maxdepth 1 -name '*.so' \\( ! -user root -o -perm /022 \\) | LC_ALL=C sort`,
      loose
        .map(({ path }) => path)
        .filter((path) => path.endsWith('.so'))
        .toSorted()
        .join('\n'),
      { en: 'none', zh: '无' },
    );
    const stray = unpackaged ?? [];
    return verdictOf({
      complaints: [
        ...loose.map(({ path, owner, mode }) =>
          complaint(
            'fail',
            `${path} is ${owner}'s with mode ${mode}`,
            `${path} 属主 ${owner}，权限 ${mode}`,
            nodeEvidence('node.libraries', path, `stat -Lc '%a %U' ${shellWord(path)}`, `${statMode(mode)} ${owner}`, {
              en: 'root, not writable by others',
              zh: 'root，其他用户不可写',
            }),
          ),
        ),
        ...(stray.length > 0
          ? [
              complaint(
                'warn',
                `no package brought ${nameList(stray).en}`,
                `非软件包安装：${nameList(stray).zh}`,
                nodeEvidence(
                  'node.libraries',
                  `package of ${stray[0] ?? ''}`,
                  `dpkg-query -S ${shellWord(stray[0] ?? '')} 2>/dev/null || rpm -qf ${shellWord(stray[0] ?? '')} 2>/dev/null | grep -v 'not owned' || true`,
                  '',
                  { en: 'a package', zh: '所属软件包' },
                ),
              ),
            ]
          : []),
      ],
      unknown:
        files === 0
          ? [
              {
                en: 'no libraries were found beside the programs of the server; set pgBin in --paths',
                zh: '未找到数据库库文件，请在 --paths 中设置 pgBin',
              },
            ]
          : [],
      good: { en: `${files} libraries and extension files are root's`, zh: `${files} 个库及扩展文件属主均为 root` },
      evidence: [count],
    });
  },
});
