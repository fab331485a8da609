/** One privilege that sudoers gives. Arguments of commands are dropped: they may hold secrets. */
export interface SudoRule {
  readonly file: string;
  readonly line: number;
  /** `postgres`, `%wheel`, `ALL`. */
  readonly who: string;
  readonly isNoPasswd: boolean;
  /** Programs, `ALL` for every one. */
  readonly commands: readonly string[];
}

/** Rules of one sudoers file, continuation lines joined. Aliases and Defaults are no rules; includes are `includesOf`. */
export function parseSudoers(text: string, file: string): readonly SudoRule[] {
  const rules: SudoRule[] = [];
  let pending = '';
  let first = 0;
  for (const [index, raw] of text.split('\n').entries()) {
    if (pending === '') first = index + 1;
    pending += raw;
    if (pending.endsWith('\\')) {
      pending = pending.slice(0, -1);
      continue;
    }
    const rule = parseRule(pending.trim(), file, first);
    if (rule !== undefined) rules.push(rule);
    pending = '';
  }
  return rules;
}

function parseRule(line: string, file: string, number: number): SudoRule | undefined {
  if (line === '' || /^#(?!\d)/.test(line) || line.startsWith('@')) return undefined;
  if (/^(?:Defaults|User_Alias|Runas_Alias|Host_Alias|Cmnd_Alias|Cmd_Alias)\b/.test(line)) return undefined;
  const match = /^(?<who>\S+)\s+[^=]+=\s*(?:\([^)]*\)\s*)?(?<rest>.*)$/.exec(line);
  const { who, rest } = match?.groups ?? {};
  if (who === undefined || rest === undefined) return undefined;
  const commands = rest.split(',').map((part) => part.trim().replace(/^(?:[A-Z_]+:\s*)+/, ''));
  return {
    file,
    line: number,
    who,
    isNoPasswd: /\bNOPASSWD:/.test(rest),
    commands: commands.map((command) => command.split(/\s+/, 1)[0] ?? '').filter((command) => command !== ''),
  };
}

/** Files that an @includedir or #includedir names: everything in the folder but names with a dot or ending in ~. */
export const includedFolders = (text: string): readonly string[] =>
  [...text.matchAll(/^[@#]includedir\s+(?<folder>\S+)/gm)].map((match) => match.groups?.['folder'] ?? '');
