/** One line of /etc/passwd. */
export interface PasswdEntry {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

/** Accounts in the order of the file; lines that are none, such as `+::::::` of NIS, are left out. */
export function parsePasswd(text: string): readonly PasswdEntry[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , uid = '', gid = '', , home = '', shell = ''] = line.split(':');
    return /^\d+$/.test(uid) && /^\d+$/.test(gid)
      ? [{ name, uid: Number(uid), gid: Number(gid), home, shell: shell.trim() }]
      : [];
  });
}

/** Group number -> name, of /etc/group. */
export function parseGroups(text: string): ReadonlyMap<number, string> {
  return new Map(
    text.split('\n').flatMap((line): readonly (readonly [number, string])[] => {
      const [name = '', , gid = ''] = line.split(':');
      return /^\d+$/.test(gid) ? [[Number(gid), name]] : [];
    }),
  );
}
