import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord, statMode } from '../node-evidence.ts';
import { isWithoutServer, noServerHere } from '../host-without-server.ts';

const wanted = { en: 'root, 755', zh: 'root，755' };

export const nodeExtensionFilesOwned = defineCheck({
  id: 'node-extension-files-owned',
  scope: 'node',
  catalogue: ['OS-018'],
  title: { en: 'The folders of libraries and extensions belong to root', zh: '扩展与库目录属主为 root' },
  severity: 'medium',
  rationale: {
    en: 'Scripts and libraries in these folders run with the rights of the server; who may put a file there owns the database.',
    zh: '这些目录中的脚本和库以数据库权限运行，可写入者即可控制数据库。',
  },
  remediation: {
    en: 'Give both folders to root and close them for writing; install extensions by package.',
    zh: '将目录属主设为 root 并禁止写入，扩展通过软件包安装。',
  },
  fix: ['chown -R root:root {folder}', 'chmod 0755 {folder}'],
  needs: ['node.libraries'],
  params: {},
  evaluate({ 'node.libraries': { libDir, extensionDir } }, _params, context) {
    if (isWithoutServer(context) && libDir === null && extensionDir === null) return noServerHere(context);
    const folders = [libDir, extensionDir].flatMap((folder) => (folder === null ? [] : [folder]));
    const shown = folders.map(({ path, mode, owner }) =>
      nodeEvidence('node.libraries', path, `stat -Lc '%a %U' ${shellWord(path)}`, `${statMode(mode)} ${owner}`, wanted),
    );
    return verdictOf({
      complaints: folders.flatMap(({ path, mode, owner }, index) => {
        const isOpen = (Number.parseInt(mode, 8) & 0o022) !== 0;
        return isOpen || owner !== 'root'
          ? [
              complaint(
                'fail',
                `${path} is ${owner}'s with mode ${mode}`,
                `${path} 属主为 ${owner}，权限 ${mode}`,
                ...shown.slice(index, index + 1),
              ),
            ]
          : [];
      }),
      unknown:
        folders.length < 2
          ? [
              {
                en: 'the folders of the server were not found beside its programs; set pgBin in --paths',
                zh: '未找到数据库库目录，请在 --paths 中设置 pgBin',
              },
            ]
          : [],
      good: { en: 'both folders belong to root', zh: '两个目录属主均为 root' },
      evidence: shown,
    });
  },
});
