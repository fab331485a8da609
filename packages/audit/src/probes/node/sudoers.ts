import { defineProbe } from '../../probe.ts';
import { attempt } from '../../node/attempt.ts';
import { includedFolders, parseSudoers, type SudoRule } from '../../node/sudoers.ts';

export interface Sudoers {
  readonly pgUser: string;
  readonly rules: readonly SudoRule[];
  /** Folders and files that were read. */
  readonly files: readonly string[];
}

/** Who may become root, and for which programs. */
export const nodeSudoers = defineProbe({
  id: 'node.sudoers',
  subject: 'node',
  title: 'Rules of /etc/sudoers and the files it includes, without arguments of commands',
  privilege: 'root: sudoers is readable to nobody else',
  grants: [],
  async collect({ node }): Promise<Sudoers> {
    const main = await node.readText('/etc/sudoers');
    if (main === undefined) {
      const folder = await attempt(node.list('/etc/sudoers.d'));
      if (folder.state === 'absent') return { pgUser: node.paths.pgUser, rules: [], files: [] };
    }
    const files: { readonly file: string; readonly text: string }[] = [{ file: '/etc/sudoers', text: main ?? '' }];
    const folders = main === undefined ? ['/etc/sudoers.d'] : includedFolders(main);
    for (const folder of folders) {
      for (const name of (await node.list(folder)) ?? []) {
        if (name.includes('.') || name.endsWith('~')) continue;
        const text = await node.readText(`${folder}/${name}`);
        if (text !== undefined) files.push({ file: `${folder}/${name}`, text });
      }
    }
    return {
      pgUser: node.paths.pgUser,
      rules: files.flatMap(({ file, text }) => parseSudoers(text, file)),
      files: files.map(({ file }) => file),
    };
  },
});
